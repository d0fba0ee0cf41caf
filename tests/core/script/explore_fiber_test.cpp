// Every interleaving of small programs, on fibers: at the breakpoints, and at every shared access.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/script/gate_env.h"
#include "core/script/run.h"
#include "core/script/runner.h"
#include "tests/core/script/chain_pool.h"
#include "tests/core/script/crossing_pool.h"
#include "tests/core/script/explore_on_fibers.h"
#include "tests/core/script/explore_programs.h"
#include "tests/core/script/fiber_gate.h"

namespace poolscope::script {
namespace {

/// With POOLSCOPE_EXPLORE_ALL set, two tasks are walked whole however long it takes.
bool prunes(const Program& program) {
#if defined(__SANITIZE_ADDRESS__)
  constexpr Walk kMost = Walk::kWhole;
#else
  constexpr Walk kMost = Walk::kSeconds;
#endif
  if (program.walk == Walk::kPruned) return true;
  return program.walk > kMost && std::getenv("POOLSCOPE_EXPLORE_ALL") == nullptr;
}

Script explorable(const std::string& text, const std::string& name = "f") {
  auto script = parse_script(text, name);
  if (!script) ADD_FAILURE() << script.error().message;
  EXPECT_TRUE(check_explorable(*script));
  return *script;
}

void expect_clean(const Program& program, const ExploreOptions& options) {
  const Script script = explorable(program.script(), program.name);
  const auto begin = std::chrono::steady_clock::now();
  const Exploration found = explore_on_fibers(script, options, program.chain);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fmt::print("{}, {}{}: {} schedules of up to {} steps, {} outcomes, {:.2f} s\n", program.name,
             options.every_access ? "every access" : "breakpoints", options.prune ? ", pruned" : "",
             found.schedules, found.steps, found.outcomes.size(), took.count());
  EXPECT_EQ(found.violation, "") << schedule_as_script(script, found.violated_by);
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.outcomes.size(), program.outcomes);
}

class AProgram : public ::testing::TestWithParam<Program> {};

TEST_P(AProgram, KeepsTheInvariantsAtEveryBreakpoint) { expect_clean(GetParam(), {}); }
TEST_P(AProgram, KeepsTheInvariantsAtEverySharedAccess) {
  expect_clean(GetParam(), {.every_access = true, .prune = prunes(GetParam())});
}

std::string transcript_of(const Program& program, const Script& script) {
  using Env = GateEnv<false>;
  const auto transcript =
      program.chain ? Runner<ChainPool<Env>>(script, {}).run() : run_script(script, {});
  return transcript ? *transcript : transcript.error().message;
}

/// What a transcript says last of a goroutine, up to "pinslow".
std::string result_in(const std::string& transcript, const std::string& goroutine) {
  std::istringstream lines(transcript);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("begin " + goroutine + " ") &&
        !line.starts_with("cont " + goroutine + " "))
      continue;
    const std::size_t begin = line.find(" -> ") + 4;
    result = line.substr(begin, line.find(" pinslow") - begin);
  }
  return result;
}

TEST_P(AProgram, IsPlayedBackByRunToEachOfItsOutcomes) {
  const Program& program = GetParam();
  const Script script = explorable(program.script(), program.name);
  const Exploration found = explore_on_fibers(script, {}, program.chain);
  ASSERT_FALSE(found.outcomes.empty());
  for (const Exploration::Outcome& outcome : found.outcomes) {
    const std::string text = schedule_as_script(script, outcome.first);
    const auto sample = parse_script(text, "sample");
    ASSERT_TRUE(sample) << sample.error().message;
    const std::string transcript = transcript_of(program, *sample);
    SCOPED_TRACE(transcript);
    for (std::size_t i = 0; i < outcome.results.size(); ++i) {
      if (outcome.results[i] == "ok") continue;  // it stopped the world
      EXPECT_EQ(result_in(transcript, fmt::format("task{}", i + 1)), outcome.results[i]);
    }
    std::string dump = transcript.substr(std::min(transcript.find("\ndump\n"), transcript.size()));
    const std::size_t tasks = dump.find("  tasks=[]\n");
    ASSERT_NE(tasks, std::string::npos) << "somebody is left over";
    dump.erase(tasks, std::string_view("  tasks=[]\n").size());
    EXPECT_EQ(dump.substr(0, dump.find("stats ")), "\ndump\n" + outcome.dump + "end\n");
  }
}

std::string name_of(const ::testing::TestParamInfo<Program>& given) { return given.param.name; }
INSTANTIATE_TEST_SUITE_P(Classic, AProgram, ::testing::ValuesIn(classic_programs()), name_of);
INSTANTIATE_TEST_SUITE_P(Modern, AProgram, ::testing::ValuesIn(modern_programs()), name_of);
INSTANTIATE_TEST_SUITE_P(Chain, AProgram, ::testing::ValuesIn(chain_programs()), name_of);

const std::string kTwoPs = "variant classic\nprocs 2\npool A new\n";

TEST(Explorer, FindsTheObjectThatIsLostBetweenUnpinAndLock) {
  const Script script = explorable(kTwoPs + "put p0 A a\ntogether\nput p0 A b\ngc\n");
  const Exploration found = explore_on_fibers(script, {});
  bool lost = false;
  for (const Exploration::Outcome& outcome : found.outcomes) {
    const auto sample = parse_script(schedule_as_script(script, outcome.first), "sample");
    ASSERT_TRUE(sample) << sample.error().message;
    const auto transcript = run_script(*sample, {});
    ASSERT_TRUE(transcript);
    lost = lost || transcript->find("lost=[a:gc b:orphan]") != std::string::npos;
  }
  EXPECT_TRUE(lost);
  EXPECT_EQ(found.outcomes.size(), 3U);  // before it, after it, between
}

TEST(Explorer, ShowsADeadlockByTheScheduleThatLedToIt) {
  const Script script = explorable(kCrossing);
  using OnFibers = Explorer<CrossingPool<GateEnv<true>>, FiberGate>;
  const Exploration found = OnFibers(script, {}).explore();
  EXPECT_EQ(found.violation, "nobody can go on: a deadlock");
  EXPECT_EQ(schedule_as_script(script, found.violated_by), kDeadlock);
  EXPECT_EQ(OnFibers(script, {.every_access = true}).explore().violation, found.violation);
}

template <ChainFault kFault>
void expect_found(const std::string& violation) {
  const Script script = explorable(
      "variant modern\nprocs 2\npool A nonew\nput p0 A a\ntogether\nput p0 A b\nget p1 A\n");
  using Faulty = Explorer<ChainPool<GateEnv<true>, kFault>, FiberGate>;
  for (const bool every_access : {false, true}) {
    const Exploration found = Faulty(script, {.every_access = every_access}).explore();
    EXPECT_EQ(found.violation, violation);
    EXPECT_FALSE(found.violated_by.empty());
  }
}

TEST(Explorer, ShowsAnObjectThatIsLostForNoCause) {
  expect_found<ChainFault::kLoses>("a is lost, and no array was dropped");
}

TEST(Explorer, ShowsAPlaceThatCountsAsFilledAndIsEmpty) {
  expect_found<ChainFault::kHollow>("a place that counts as filled is empty");
}

TEST(Explorer, KnowsAnObjectThatTwoPutAtOnce) {
  const Script script = explorable(kTwoPs + "put p0 A x\ntogether\nput p0 A a\nput p1 A a\n");
  EXPECT_EQ(explore_on_fibers(script, {.every_access = true}).violation, "");
}

TEST(Explorer, LetsGoroutinesOfAPThatIsNoMoreShareOne) {
  const Script script = explorable(
      "variant classic\nprocs 3\npool A new\nput p2 A a\nput p2 A b\ntogether\nget p2 A\n"
      "put p2 A c\nresize 2\ngc\n");
  const Exploration at_breakpoints = explore_on_fibers(script, {});
  const Exploration at_accesses = explore_on_fibers(script, {.every_access = true});
  EXPECT_EQ(at_accesses.violation, "");
  // A P is given back at breakpoints only: nobody else can come between.
  EXPECT_EQ(at_accesses.schedules, at_breakpoints.schedules);
  EXPECT_EQ(at_accesses.outcomes.size(), at_breakpoints.outcomes.size());
}

TEST(Explorer, CountsTheInterleavingsOfTwoTasks) {
  // Two Puts into private with nothing in the way: one step each.
  const Script script = explorable(
      kTwoPs + "put p0 A a\nput p1 A b\nget p0 A\nget p1 A\ntogether\nput p0 A c\nput p1 A d\n");
  EXPECT_EQ(explore_on_fibers(script, {}).schedules, 2U);
}

TEST(Explorer, StopsAtTheMostSchedulesThatItMayWalk) {
  const Script script = explorable(kTwoPs + "put p0 A a\ntogether\nput p0 A b\nget p1 A\n");
  const Exploration found = explore_on_fibers(script, {.most = 3});
  EXPECT_EQ(found.schedules, 3U);
  EXPECT_FALSE(found.complete);
}

}  // namespace
}  // namespace poolscope::script
