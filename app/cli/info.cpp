// `poolscope info`.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/cli/session_text.h"
#include "core/session/config_json.h"
#include "core/session/reader.h"

namespace poolscope::cli {
namespace {

/// One part of the session, and what happened in it.
struct Part {
  Position start;  // in the file's numbers and times
  SessionConfig config;
  std::uint32_t procs = 0;  // at its start
  std::uint64_t gc_cycles = 0;
  std::uint64_t resizes = 0;
};

Expected<std::vector<Part>> parts_of(Reader& reader) {
  std::vector<Part> parts;
  const std::vector<Segment>& segments = reader.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto first = reader.first_of(segments[i]);
    if (!first) return tl::make_unexpected(first.error());
    const auto end =
        reader.model_at(i + 1 < segments.size() ? segments[i + 1].seq - 1 : reader.last_seq());
    if (!end) return tl::make_unexpected(end.error());
    const Origin origin = reader.origin();
    parts.push_back({{first->seq - origin.seq, first->time_ns - origin.time_ns},
                     first->config,
                     first->procs,
                     end->gc_cycles - first->gc_cycles,
                     end->resizes - first->resizes});
  }
  return parts;
}

nlohmann::ordered_json configuration(const Part& part) {
  nlohmann::ordered_json workload;  // null where there is none
  if (part.config.workload) workload = part.config.workload->name;
  return {{"pool", pool_kind_name(part.config.pool)},
          {"padding", part.config.padding},
          {"procs", part.procs},
          {"workers", part.config.workers},
          {"workload", workload},
          {"seed", part.config.seed}};
}

nlohmann::ordered_json segments(const std::vector<Part>& parts) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Part& part : parts) {
    nlohmann::ordered_json& one = list.emplace_back(
        nlohmann::ordered_json{{"seq", part.start.seq}, {"time_ns", part.start.time_ns}});
    one.update(configuration(part));
    one["gc_cycles"] = part.gc_cycles;
    one["resizes"] = part.resizes;
  }
  return list;
}

std::uint64_t sum(const std::vector<Part>& parts, std::uint64_t Part::*count) {
  std::uint64_t all = 0;
  for (const Part& part : parts) all += part.*count;
  return all;
}

/// The facts of a recording under keys that scripts rely on, in their order. What is said of the
/// configuration is that of its first part.
nlohmann::ordered_json facts(const Reader& reader, const std::vector<Part>& parts) {
  nlohmann::ordered_json all = {{"format", reader.format()},
                                {"duration_ns", reader.duration_ns()},
                                {"events", reader.event_count()}};
  all.update(configuration(parts.front()));
  all.update({{"gc_cycles", sum(parts, &Part::gc_cycles)},
              {"resizes", sum(parts, &Part::resizes)},
              {"markers", reader.markers().size()},
              {"closed_cleanly", reader.closed_cleanly()},
              {"being_recorded", reader.recorded_by().has_value()},
              {"segments", segments(parts)}});
  return all;
}

/// How the recording ended, where that was not as it should be.
std::string ending(const Reader& reader) {
  if (const auto& by = reader.recorded_by()) {
    return fmt::format(", still being recorded by {}", by->text());
  }
  return reader.closed_cleanly() ? "" : ", not closed cleanly";
}

/// What has run there: a workload, a script, or a Go program.
std::string runs_text(const Part& part) {
  const SessionConfig& config = part.config;
  if (!config.details.pins) {
    return fmt::format("a Go program with {} Ps, {} goroutines, {} pools", part.procs,
                       config.workers, config.pools);
  }
  const std::string pool = fmt::format("pool {}, padding {}, {} Ps", pool_kind_name(config.pool),
                                       config.padding, part.procs);
  if (!config.workload) return pool + ", a script";
  return fmt::format("{}, {} goroutines, workload {}, seed {}", pool, config.workers,
                     config.workload->name, config.seed);
}

void print_text(const Reader& reader, const std::vector<Part>& parts) {
  fmt::print("{}: format {}, by {}{}\n", reader.path().string(), reader.format(), reader.program(),
             ending(reader));
  fmt::print("{} events in {}\n", reader.event_count(), seconds(reader.duration_ns()));
  for (const Part& part : parts) {
    if (parts.size() > 1)
      fmt::print("from #{} at {}: ", part.start.seq, seconds(part.start.time_ns));
    fmt::print("{}\n", runs_text(part));
  }
  const auto counted = [](std::uint64_t n, std::string_view what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  fmt::print("{}, {}, {}\n", counted(sum(parts, &Part::gc_cycles), "GC"),
             counted(sum(parts, &Part::resizes), "resize"),
             counted(reader.markers().size(), "marker"));
}

}  // namespace

int run_info(const InfoArgs& args) {
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const auto parts = parts_of(**reader);
  if (!parts) return report(parts.error());
  if (args.json) {
    fmt::print("{}\n", facts(**reader, *parts).dump(2));
  } else {
    print_text(**reader, *parts);
  }
  return 0;
}

}  // namespace poolscope::cli
