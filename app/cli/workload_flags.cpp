#include "app/cli/workload_flags.h"

#include <string>

#include "app/cli/options.h"
#include "app/control/speeds.h"

namespace poolscope::cli {
namespace {

Expected<std::uint64_t> parse_padding(std::string_view text) {
  if (text == "0") return 0;
  if (text == "64") return 64;
  if (text == "128") return 128;
  return bad_input("'" + std::string(text) + "': write 0, 64 or 128 (bytes)");
}

Expected<PoolKind> parse_pool(std::string_view text) {
  if (text == "classic") return PoolKind::kClassic;
  if (text == "modern") return PoolKind::kModern;
  return bad_input("'" + std::string(text) + "': write classic or modern");
}

const CLI::Option* add_speed(CLI::App& app, SimulationOptions& session) {
  const auto choose = [&session](const std::string& word) {
    const LiveSpeed& chosen = live_speeds()[static_cast<std::size_t>(*live_speed_named(word))];
    session.config.pacing = chosen.speed.pacing;
    session.config.step_time_ns = chosen.speed.step_time_ns;
    session.starts_paused = chosen.step_by_step;
  };
  return app
      .add_option_function<std::string>("--speed", choose,
                                        "One goroutine at a time, or each waits so long, or none")
      ->check(CLI::Validator(
          [](const std::string& word) {
            return live_speed_named(word)
                       ? std::string{}
                       : "'" + word + "': write step, story, lecture, brisk or full";
          },
          "", ""))
      ->type_name("step|story|lecture|brisk|full")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

}  // namespace

SimulationOptions default_session() {
  SimulationOptions session;
  session.config.pool = PoolKind::kClassic;
  session.config.padding = 128;
  session.config.procs = 4;
  session.config.workers = 6;
  session.config.workload = WorkloadConfig{.name = "lecture"};
  session.ops_per_second = 50;
  return session;
}

void add_workload_flags(CLI::App& app, SimulationOptions& session) {
  SessionConfig& config = session.config;
  add_parsed(app, "--pool", config.pool, "The pool of Go <= 1.12 (classic) or >= 1.13 (modern)",
             "classic|modern", &parse_pool);
  add_parsed(app, "--padding", config.padding, "Bytes that a poolLocal is padded to; 0: none",
             "0|64|128", &parse_padding);
  add_number(app, "--pools", config.pools, 1, kMostPools, "Number of pools");
  add_number(app, "--procs", config.procs, 1, kMostProcs, "GOMAXPROCS at the start");
  add_number(app, "--workers", config.workers, 1, kMostWorkers, "Number of goroutines");
  add_choice(app, "--workload", config.workload->name, workload_names(), "What they do");
  add_parsed(app, "--rate", session.ops_per_second, "Operations a second of each worker",
             "OPS_PER_S|max", &parse_rate);
  const CLI::Option* speed = add_speed(app, session);
  add_duration(app, "--step-time", config.step_time_ns,
               "The wait at each pace point, e.g. 400ms; 0: none")
      ->each([speed, &config](const std::string& /*time*/) {
        if (speed->count() == 0) config.pacing = Pacing::kEachWaits;
      });
  add_number(app, "--held", config.workload->held, 1, kMostHeld,
             "Objects that a worker holds at most");
  app.add_flag("--race", config.race, "Race mode: one Put in four is dropped by the dice");
  add_number(app, "--seed", config.seed, 0, UINT64_MAX, "Fixes the workload, not the interleaving");
}

}  // namespace poolscope::cli
