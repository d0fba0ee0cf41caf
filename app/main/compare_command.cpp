#include "app/main/compare_command.h"

#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/cli/options.h"
#include "app/cli/workload_flags.h"
#include "app/main/comparisons.h"
#include "core/sim/workload.h"

namespace poolscope::app {
namespace {

// The world can be stopped after each call, and need not be.
constexpr std::uint64_t kMostBetween = kMostSeededCalls;

Expected<std::uint64_t> parse_workload(std::string_view word) {
  const auto workload = workload_of(word);
  if (workload && *workload != Workload::kIdle) return static_cast<std::uint64_t>(*workload);
  std::string names;
  for (const WorkloadName& entry : kWorkloads) {
    if (entry.workload == Workload::kIdle) continue;
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  return bad_input("'" + std::string(word) + "': write one of " + names);
}

}  // namespace

void add_compare_command(CLI::App& app, CompareArgs& args, WindowFlags& flags,
                         std::function<int()>& chosen, std::function<int()> run) {
  CLI::App* compare = app.add_subcommand(
      "compare", "Two sessions side by side, or the same calls on the classic and modern pool");
  compare
      ->add_option("FILE", args.files,
                   "Two sessions (.poolscope or .ops); or one, whose calls are made on both pools; "
                   "none: the calls of a workload, by a seed")
      ->expected(0, 2)
      ->type_name("");
  SeededCalls& seeded = args.seeded;
  cli::add_number(*compare, "--seed", seeded.seed, 0, UINT64_MAX, "Chooses the calls");
  cli::add_parsed(*compare, "--workload", seeded.workload, "What the goroutines do", "NAME",
                  &parse_workload);
  cli::add_number(*compare, "--calls", seeded.calls, 1, kMostSeededCalls,
                  "Number of Puts and Gets");
  cli::add_number(*compare, "--procs", seeded.procs, 1, kMostProcs, "GOMAXPROCS at the start");
  cli::add_number(*compare, "--workers", seeded.workers, 1, kMostWorkers, "Number of goroutines");
  cli::add_number(*compare, "--held", seeded.held, 1, kMostHeld,
                  "Objects that a goroutine holds at most");
  cli::add_number(*compare, "--pools", seeded.pools, 1, kMostPools, "Number of pools");
  cli::add_number(*compare, "--gc-every", seeded.gc_every, 0, kMostBetween,
                  "A GC after each N Puts and Gets; 0: none");
  cli::add_number(*compare, "--resize-every", seeded.resize_every, 0, kMostBetween,
                  "Another GOMAXPROCS after each N Puts and Gets; 0: none");
  for (CLI::Option* option : compare->get_options()) {
    if (option->get_name() == "FILE" || option->get_name() == "--help") continue;
    option->each([&args](const std::string& /*word*/) { args.seeded_given = true; });
  }
  add_window_flags(*compare, flags);
  compare->callback([&chosen, run = std::move(run)] { chosen = run; });
}

Expected<std::unique_ptr<SessionSource>> open_comparison(const CompareArgs& args) {
  if (args.files.empty()) return compare_pools(args.seeded);
  if (args.seeded_given) {
    return bad_input("compare: a FILE has its own calls; leave out the flags of a workload, or it");
  }
  return compare_files(args.files);
}

}  // namespace poolscope::app
