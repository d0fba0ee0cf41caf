#include "tests/support/sessions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "core/base/check.h"

namespace poolscope::testing {
namespace {

constexpr int kFaster = 10;

RecordedEvents play(const FastLecture& lecture, PoolKind pool) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 4;
  options.config.workers = 6;
  options.config.workload->name = "lecture";
  options.config.seed = 5;
  options.config.pacing = lecture.pacing;
  options.config.step_time_ns = lecture.step_time_ns / kFaster;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "options of a test's session");
  CollectingSink sink;
  const auto begin = std::chrono::steady_clock::now();
  const auto wait_until = [begin](std::int64_t time_ns) {
    std::this_thread::sleep_until(begin + std::chrono::nanoseconds(time_ns / kFaster));
  };
  (*simulation)->start(sink);
  for (const FastLecture::Wish& wish : lecture.wishes) {
    wait_until(wish.at_ns);
    wish.ask(**simulation);
  }
  wait_until(lecture.length_ns);
  (*simulation)->stop();
  RecordedEvents recorded{(*simulation)->config(), sink.take()};
  for (Event& event : recorded.events) event.time_ns *= kFaster;
  return recorded;
}

}  // namespace

void CollectingSink::on_events(std::span<const Event> events) {
  const std::scoped_lock lock(mutex_);
  events_.insert(events_.end(), events.begin(), events.end());
}

std::size_t CollectingSink::size() const {
  const std::scoped_lock lock(mutex_);
  return events_.size();
}

void CollectingSink::wait_for(std::size_t count) const {
  while (size() < count) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

RecordedEvents run_session(SimulationOptions options, std::uint64_t events,
                           std::int64_t stretched_ns) {
  options.stop_after_events = events;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "options of a test's session");
  CollectingSink collected;
  (*simulation)->start(collected);
  collected.wait_for(events);
  (*simulation)->stop();
  RecordedEvents recorded{(*simulation)->config(), collected.take()};
  if (stretched_ns != 0 && !recorded.events.empty()) {
    const double factor =
        static_cast<double>(stretched_ns) /
        static_cast<double>(std::max<std::int64_t>(recorded.events.back().time_ns, 1));
    for (Event& event : recorded.events) {
      event.time_ns = static_cast<std::int64_t>(static_cast<double>(event.time_ns) * factor);
    }
  }
  return recorded;
}

std::vector<RecordedEvents> play_in_both_pools(const FastLecture& lecture) {
  constexpr std::array kPools = {PoolKind::kClassic, PoolKind::kModern};
  std::vector<RecordedEvents> played(kPools.size());
  std::vector<std::jthread> players;
  for (std::size_t i = 0; i < kPools.size(); ++i) {
    players.emplace_back([&, i] { played[i] = play(lecture, kPools[i]); });
  }
  for (std::jthread& player : players) player.join();
  return played;
}

SimulationOptions busy_session(PoolKind pool, std::uint64_t seed) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 4;
  options.config.workers = 6;
  options.config.workload->name = "bursts";
  options.config.seed = seed;
  options.ops_per_second = 0;
  options.gc_every_ns = 2'000'000;
  options.resize_every_ns = 3'000'000;
  return options;
}

SimulationOptions session_with_stops(PoolKind pool, std::uint64_t seed) {
  SimulationOptions options = busy_session(pool, seed);
  options.ops_per_second = 3000;
  options.gc_every_ns = 8'000'000;
  options.resize_every_ns = 13'000'000;
  return options;
}

RecordedEvents run_session_with_stops(PoolKind pool, std::uint64_t seed, std::uint64_t events) {
  constexpr std::array kLookedFor = {EventKind::kAllPoolsCleared, EventKind::kProcsChanged,
                                     EventKind::kArrayFreed};
  for (;; ++seed) {
    RecordedEvents session = run_session(session_with_stops(pool, seed), events);
    if (std::ranges::all_of(kLookedFor, [&](EventKind kind) {
          return std::ranges::find(session.events, kind, &Event::kind) != session.events.end();
        })) {
      return session;
    }
  }
}

}  // namespace poolscope::testing
