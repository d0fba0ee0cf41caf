// `poolscope info`.

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/session_text.h"
#include "core/session/config_json.h"
#include "core/session/reader.h"

namespace poolscope::cli {
namespace {

/// The facts of a recording under keys that scripts rely on, in their order.
nlohmann::ordered_json facts(const Reader& reader, const Model& end) {
  const SessionConfig& config = reader.config();
  return {{"format", reader.format()},
          {"duration_ns", reader.duration_ns()},
          {"events", reader.event_count()},
          {"pool", pool_kind_name(config.pool)},
          {"padding", config.padding},
          {"procs", reader.base().procs},
          {"workers", config.workers},
          {"workload", config.workload},
          {"seed", config.seed},
          {"gc_cycles", end.gc_cycles - reader.base().gc_cycles},
          {"resizes", end.resizes - reader.base().resizes},
          {"markers", reader.markers().size()},
          {"closed_cleanly", reader.closed_cleanly()},
          {"being_recorded", reader.recorded_by().has_value()}};
}

/// How the recording ended, where that was not as it should be.
std::string ending(const Reader& reader) {
  if (const auto& by = reader.recorded_by()) {
    return fmt::format(", still being recorded by {}", by->text());
  }
  return reader.closed_cleanly() ? "" : ", not closed cleanly";
}

void print_text(const Reader& reader, const Model& end) {
  const SessionConfig& config = reader.config();
  fmt::print("{}: format {}, by {}{}\n", reader.path().string(), reader.format(), reader.program(),
             ending(reader));
  fmt::print("{} events in {}\n", reader.event_count(), seconds(reader.duration_ns()));
  fmt::print("pool {}, padding {}, {} Ps, {} goroutines, workload {}, seed {}\n",
             pool_kind_name(config.pool), config.padding, reader.base().procs, config.workers,
             config.workload, config.seed);
  fmt::print("{} GCs, {} resizes, {} markers\n", end.gc_cycles - reader.base().gc_cycles,
             end.resizes - reader.base().resizes, reader.markers().size());
}

}  // namespace

int run_info(const InfoArgs& args) {
  auto reader = Reader::open(args.file);
  if (!reader) return report(reader.error());
  const auto end = (*reader)->model_at((*reader)->last_seq());
  if (!end) return report(end.error());
  if (args.json) {
    fmt::print("{}\n", facts(**reader, *end).dump(2));
  } else {
    print_text(**reader, *end);
  }
  return 0;
}

}  // namespace poolscope::cli
