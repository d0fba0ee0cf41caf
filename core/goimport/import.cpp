#include "core/goimport/import.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/goimport/import_events.h"
#include "core/goimport/replay.h"
#include "core/goimport/survey.h"
#include "core/model/reduce.h"
#include "core/session/pool_sample_json.h"
#include "core/session/recorder.h"
#include "core/session/unfinished_file.h"

namespace poolscope::goimport {
namespace {

/// The names of so many goroutines stand in the file; the others have their numbers.
constexpr std::size_t kMostNamedGoroutines = 10'000;

SessionConfig config_of(const LogFile& log, const Survey& found) {
  constexpr std::uint32_t kPrivate_bytes = 16;
  constexpr std::uint32_t kShared_bytes = 16;
  constexpr std::uint32_t kFields_bytes = kPrivate_bytes + kShared_bytes;
  SessionConfig config;
  config.pool = PoolKind::kModern;
  config.pools = static_cast<std::uint32_t>(found.pools.size());
  config.procs = log.header().procs;
  config.workers = static_cast<std::uint32_t>(found.goroutines.size());
  config.seed = 0;
  config.details = {.pins = false, .steps = false, .locks = false, .hands = false};
  config.fields = {{"private", 0, kPrivate_bytes},
                   {"shared", kPrivate_bytes, kShared_bytes},
                   {"pad", kFields_bytes, config.padded_stride - kFields_bytes}};
  config.stride = config.padded_stride;
  config.unpadded_stride = kFields_bytes;
  return config;
}

/// "server (go1.19.8)"; of a damaged log only what can be shown.
std::string program_of(const FileHeader& header) {
  const auto text = [](const auto& bytes) {
    std::string all(bytes.data(), strnlen(bytes.data(), bytes.size()));
    std::ranges::replace_if(
        all, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
    return all;
  };
  const std::string name = std::filesystem::path(text(header.program)).filename().string();
  return fmt::format("{} ({})", name.empty() ? "a program" : name, text(header.go_version));
}

std::string name_of(const SurveyedPool& pool, const Survey& found, const ImportOptions& options) {
  std::string name = options.symbol ? options.symbol(pool.address) : std::string();
  if (name.empty() && !pool.caller.empty()) name = fmt::format("in {}", pool.caller);
  if (name.empty()) name = fmt::format("at {:#x}", pool.address);
  const auto type = found.types.find(pool.type);
  return type == found.types.end() ? name : fmt::format("{} ({})", name, type->second);
}

void add_names(Recorder& recorder, const Survey& found, const ImportOptions& options) {
  for (const SurveyedPool& pool : found.pools) {
    recorder.add_name({Name::Of::kPool, pool.number, name_of(pool, found, options)});
    const PoolSample sample = sample_of(pool.number, found);
    if (!sample.empty()) {
      recorder.add_name({Name::Of::kSampleOfPool, pool.number, to_json_text(sample)});
    }
  }
  const std::size_t named = std::min(found.goroutines.size(), kMostNamedGoroutines);
  for (std::size_t i = 0; i < named; ++i) {
    recorder.add_name(
        {Name::Of::kGoroutine, i, fmt::format("goroutine {}", found.goroutines[i].go_number)});
  }
}

void add_stop(Recorder& recorder, const ImportEvents& events, const ImportSummary& summary) {
  if (summary.stopped == StopReason::kNone) return;
  recorder.add_marker({.seq = events.count(),
                       .time_ns = summary.stopped_ns,
                       .title = "The recording ends here, the program went on"});
}

}  // namespace

Expected<ImportSummary> import_log(LogFile& log, const std::filesystem::path& output,
                                   const ImportOptions& options) {
  ImportSummary summary;
  summary.records = log.records();
  if (summary.records == 0) {
    return bad_input(
        "nothing is in the log: the program has used no sync.Pool while it was recorded");
  }
  const Survey found = survey(log);
  if (found.pools.size() > PoolId::none().value - std::size_t{1}) {
    return bad_input(fmt::format("the program has {} pools, a session holds {} at most",
                                 found.pools.size(), PoolId::none().value - 1));
  }
  summary.pools = found.pools.size();
  summary.goroutines = found.goroutines.size();
  RecorderOptions recording;
  recording.session.program = fmt::format("{}, of {}", options.program, program_of(log.header()));
  auto recorder =
      Recorder::create(output, false, initial_model(config_of(log, found)), std::move(recording));
  if (!recorder) return tl::make_unexpected(recorder.error());
  ImportEvents events(**recorder);
  auto replayed = Replay(log, found, events, summary).run(options.goes_on);
  events.flush();
  summary.stopped = static_cast<StopReason>(log.header().stop_reason);
  summary.stopped_ns = log.to_ns(log.header().stop_ticks);
  add_names(**recorder, found, options);
  add_stop(**recorder, events, summary);
  const auto closed = (*recorder)->close();
  if (!replayed || !closed) {
    remove_with_companions(output);
    return tl::make_unexpected(replayed ? closed.error() : replayed.error());
  }
  summary.events = closed->events;
  summary.bytes = closed->bytes;
  summary.duration_ns = closed->duration_ns;
  return summary;
}

}  // namespace poolscope::goimport
