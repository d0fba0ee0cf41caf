#include "tests/core/session/recorded_session.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "core/base/check.h"
#include "core/model/reduce.h"
#include "core/sim/simulation.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

RealSession run_real_session(std::size_t count, PoolKind pool) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 8;
  options.config.workers = 16;
  options.config.pools = 2;
  // Fast, but not so fast that all the events come before the first stop.
  options.ops_per_second = 2000;
  options.gc_every_ns = 10'000'000;
  options.resize_every_ns = 15'000'000;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "the options are good");
  CollectingSink sink;
  (*simulation)->start(sink);
  // Early: on a slow machine a GC is due again whenever a resize would be.
  (*simulation)->request_procs(6);
  sink.wait_for(count);
  (*simulation)->stop();
  RealSession session{(*simulation)->config(), sink.take()};
  session.events.resize(count);
  return session;
}

/// What the tests look for at the beginning of every real session, which on a slow machine may lack
/// it.
constexpr auto kLookedFor = std::to_array({EventKind::kPutBegin, EventKind::kGoPark,
                                           EventKind::kSlowLoaded, EventKind::kCheckpointCells,
                                           EventKind::kCheckpointHeap, EventKind::kAllPoolsCleared,
                                           EventKind::kProcsChanged, EventKind::kWorldStarted});

RealSession run_session_with_stops(std::size_t count, PoolKind pool) {
  for (;;) {
    RealSession session = run_real_session(count, pool);
    constexpr std::size_t kBeginning = 40'000;  // the shortest part that a test takes of it
    const auto beginning =
        std::span<const Event>(session.events).first(std::min(count, kBeginning));
    if (std::ranges::all_of(kLookedFor, [&](EventKind kind) {
          return std::ranges::find(beginning, kind, &Event::kind) != beginning.end();
        })) {
      return session;
    }
  }
}

}  // namespace

const RealSession& real_session(std::size_t count) {
  static const RealSession session = run_session_with_stops(count, PoolKind::kClassic);
  check(session.events.size() == count, "one length a test program");
  return session;
}

const RealSession& real_modern_session() {
  constexpr std::size_t kCount = 150'000;
  static const RealSession session = run_session_with_stops(kCount, PoolKind::kModern);
  return session;
}

Model reduced(Model model, std::span<const Event> events) {
  for (const Event& event : events) reduce(model, event);
  return model;
}

Recorder::Summary record(const std::filesystem::path& path, const Model& base,
                         std::span<const Event> events, RecorderOptions options) {
  auto recorder = Recorder::create(path, false, base, std::move(options));
  if (!recorder) {
    ADD_FAILURE() << recorder.error().message;
    return {};
  }
  constexpr std::size_t kBatch = 1000;
  for (; !events.empty(); events = events.subspan(std::min(kBatch, events.size()))) {
    (*recorder)->append(events.first(std::min(kBatch, events.size())));
  }
  auto summary = (*recorder)->close();
  if (!summary) {
    ADD_FAILURE() << summary.error().message;
    return {};
  }
  return *summary;
}

std::unique_ptr<Reader> opened(const std::filesystem::path& path) {
  auto reader = Reader::open(path);
  check(reader.has_value(), reader ? "" : reader.error().message.c_str());
  return std::move(*reader);
}

std::vector<Event> all_events(Reader& reader) {
  std::vector<Event> events;
  const auto done = reader.each_run(
      0, std::numeric_limits<std::uint64_t>::max(),
      [&](std::span<const Event> run) { events.insert(events.end(), run.begin(), run.end()); });
  if (!done) ADD_FAILURE() << done.error().message;
  return events;
}

void change_with_sql(const std::filesystem::path& path, const std::string& sql) {
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(sql);
}

}  // namespace poolscope::testing
