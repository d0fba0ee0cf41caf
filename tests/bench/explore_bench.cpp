// poolscope_explore_bench: how fast every interleaving is walked, on fibers, with all checks.
//
//   poolscope_explore_bench [PROGRAM...]
//
// Without a name: every program of tests/core/script/explore_programs.h, at the breakpoints and at
// every shared access. Programs of two tasks are walked whole; at every access, those of three and
// more are pruned, and their interleavings are those that were walked. PutWithPut names one program
// of each pool that has it.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/script/script.h"
#include "tests/core/script/explore_on_fibers.h"
#include "tests/core/script/explore_programs.h"

namespace poolscope::script {
namespace {

const char* subject_of(const Program& program) {
  if (program.chain) return "chain";
  return program.variant == PoolKind::kModern ? "modern" : "classic";
}

/// Walks a program and prints its line; false: an invariant is broken.
bool bench(const Program& program, const ExploreOptions& options) {
  const auto script = parse_script(program.script(), program.name);
  if (!script || !check_explorable(*script)) {
    fmt::print(stderr, "{} is no program to explore\n", program.name);
    return false;
  }
  const auto begin = std::chrono::steady_clock::now();
  const Exploration found = explore_on_fibers(*script, options, program.chain);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fmt::print("{:<8}{:<31}{:<13}{:>13} {:>6} {:>9} {:>9.3f} {:>12.0f}{}\n", subject_of(program),
             program.name, options.every_access ? "every access" : "breakpoints", found.schedules,
             found.steps, found.outcomes.size(), took.count(),
             static_cast<double>(found.schedules) / took.count(), options.prune ? "  pruned" : "");
  std::fflush(stdout);
  if (found.violation.empty()) return true;
  fmt::print("violation: {}\n{}", found.violation, schedule_as_script(*script, found.violated_by));
  return false;
}

bool bench_programs(std::span<char*> names) {
  std::vector<Program> programs = classic_programs();
  for (const Program& program : modern_programs()) programs.push_back(program);
  for (const Program& program : chain_programs()) programs.push_back(program);
  programs.push_back(two_tasks_of_ten_steps());
  fmt::print("{:<8}{:<31}{:<13}{:>13} {:>6} {:>9} {:>9} {:>12}\n", "pool", "program", "stops at",
             "interleavings", "steps", "outcomes", "seconds", "a second");
  bool clean = true;
  for (const Program& program : programs) {
    const auto is_it = [&](const char* name) { return program.name == name; };
    if (!names.empty() && std::ranges::none_of(names, is_it)) continue;
    clean = bench(program, {}) && clean;
    clean = bench(program, {.every_access = true, .prune = program.walk == Walk::kPruned}) && clean;
  }
  return clean;
}

}  // namespace
}  // namespace poolscope::script

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  return poolscope::script::bench_programs(arguments.subspan(1)) ? EXIT_SUCCESS : EXIT_FAILURE;
}
