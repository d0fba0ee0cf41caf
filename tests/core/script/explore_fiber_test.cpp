// Every interleaving of small programs, on fibers: at the breakpoints, and at every shared access.

#include <chrono>
#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/script/explorer.h"
#include "core/script/run.h"
#include "tests/core/script/fiber_gate.h"

namespace poolscope::script {
namespace {

using Env = GateEnv<true>;

/// How a program is walked at every shared access.
enum class Walk {
  kWhole,
  kWholeOnDemand,  // millions of schedules: pruned but where POOLSCOPE_EXPLORE_ALL is set
  kPruned,         // three tasks and more, or a hundred million schedules
};

struct Program {
  std::string name;
  std::string text;  // after the variant
  Walk walk = Walk::kWhole;
};

bool prunes(const Program& program) {
  return program.walk == Walk::kPruned ||
         (program.walk == Walk::kWholeOnDemand && std::getenv("POOLSCOPE_EXPLORE_ALL") == nullptr);
}

Script script_of(const std::string& variant, const Program& program) {
  auto script = parse_script("variant " + variant + "\n" + program.text, program.name);
  if (!script) ADD_FAILURE() << script.error().message;
  EXPECT_TRUE(check_explorable(*script));
  return *script;
}

Exploration explore(const Script& script, ExploreOptions options) {
  if (script.variant == Variant::kModern) {
    return Explorer<ModernPool<Env, 128>, FiberGate>(script, options).explore();
  }
  return Explorer<ClassicPool<Env, 128>, FiberGate>(script, options).explore();
}

void expect_clean(const std::string& variant, const Program& program, ExploreOptions options) {
  const Script script = script_of(variant, program);
  const auto begin = std::chrono::steady_clock::now();
  const Exploration found = explore(script, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  fmt::print("{} {}, {}{}: {} schedules of up to {} steps, {} outcomes, {:.2f} s\n", variant,
             program.name, options.every_access ? "every access" : "breakpoints",
             options.prune ? ", pruned" : "", found.schedules, found.steps, found.outcomes.size(),
             took.count());
  EXPECT_EQ(found.violation, "") << schedule_as_script(script, found.violated_by);
  EXPECT_TRUE(found.complete);
  EXPECT_GE(found.outcomes.size(), 1U);
}

const std::string kTwoPs = "procs 2\npool A new\n";

class ClassicProgram : public ::testing::TestWithParam<Program> {};
class ModernProgram : public ::testing::TestWithParam<Program> {};

TEST_P(ClassicProgram, KeepsTheInvariantsAtEveryBreakpoint) {
  expect_clean("classic", GetParam(), {});
}
TEST_P(ClassicProgram, KeepsTheInvariantsAtEverySharedAccess) {
  expect_clean("classic", GetParam(), {.every_access = true, .prune = prunes(GetParam())});
}
TEST_P(ModernProgram, KeepsTheInvariantsAtEveryBreakpoint) {
  expect_clean("modern", GetParam(), {});
}
TEST_P(ModernProgram, KeepsTheInvariantsAtEverySharedAccess) {
  expect_clean("modern", GetParam(), {.every_access = true, .prune = prunes(GetParam())});
}

INSTANTIATE_TEST_SUITE_P(
    Programs, ClassicProgram,
    ::testing::Values(
        Program{"PutWithPut",
                kTwoPs + "put p0 A a\nput p1 A b\ntogether\nput p0 A c\nput p1 A d\n"},
        Program{"PutWithPutOnOneP", kTwoPs + "put p0 A a\ntogether\nput p0 A c\nput p0 A d\n"},
        Program{"PutWithGc", kTwoPs + "put p0 A a\ntogether\nput p0 A b\ngc\n"},
        Program{"GetWithGc", kTwoPs + "put p0 A a\nput p0 A b\ntogether\nget p1 A\ngc\n"},
        Program{"GetWithPutAndSteal",
                kTwoPs + "put p0 A a\nget p1 A\ntogether\nget p1 A\nput p0 A b\n"},
        Program{"GetWithGrow",
                kTwoPs + "put p0 A a\nput p0 A b\nresize 3\ntogether\nget p1 A\nput p2 A c\n",
                Walk::kWholeOnDemand},
        Program{"GetWithGrowAndAThirdPsPut",
                kTwoPs + "put p0 A a\nput p0 A b\nresize 3\ntogether\nget p1 A\nput p2 A c\n"
                         "put p0 A d\n",
                Walk::kPruned},
        Program{"TwoPutsWithTwoGets",
                kTwoPs + "put p0 A x\ntogether\nput p0 A a\nput p1 A b\nget p0 A\nget p1 A\n",
                Walk::kPruned}),
    [](const auto& given) { return given.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Programs, ModernProgram,
    ::testing::Values(
        Program{"PushWithTwoThieves",
                "procs 3\npool A new\nput p0 A p\nput p0 A a\nget p1 A\nput p0 A b\ntogether\n"
                "put p0 A c\nget p1 A\nget p2 A\n",
                Walk::kPruned},
        Program{"PopWithAThiefOnTheLastElement",
                kTwoPs + "put p0 A p\nput p0 A a\nput p1 A q\nget p1 A\nget p0 A\ntogether\n"
                         "get p0 A\nget p1 A\n",
                Walk::kWholeOnDemand},
        Program{"GrowOfTheChainUnderAThief",
                kTwoPs + "put p0 A p\nput p0 A a\nput p0 A b\nput p0 A c\nput p0 A d\nput p0 A e\n"
                         "put p0 A f\nput p0 A g\nput p0 A h\nget p1 A\nput p0 A i\ntogether\n"
                         "put p0 A j\nget p1 A\n",
                Walk::kPruned},
        Program{"GetWithGc", kTwoPs + "put p0 A a\nput p0 A b\ntogether\nget p1 A\ngc\n"}),
    [](const auto& given) { return given.param.name; });

TEST(Explorer, FindsTheObjectThatIsLostBetweenUnpinAndLock) {
  const Script script =
      script_of("classic", {"", kTwoPs + "put p0 A a\ntogether\nput p0 A b\ngc\n"});
  const Exploration found = explore(script, {});
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

TEST(Explorer, CountsTheInterleavingsOfTwoTasks) {
  // Two Puts into private with nothing in the way: one step each.
  const Script script =
      script_of("classic", {"", kTwoPs + "put p0 A a\nput p1 A b\nget p0 A\n"
                                         "get p1 A\ntogether\nput p0 A c\nput p1 A d\n"});
  EXPECT_EQ(explore(script, {}).schedules, 2U);
}

TEST(Explorer, StopsAtTheMostSchedulesThatItMayWalk) {
  const Script script =
      script_of("classic", {"", kTwoPs + "put p0 A a\ntogether\nput p0 A b\nget p1 A\n"});
  const Exploration found = explore(script, {.most = 3});
  EXPECT_EQ(found.schedules, 3U);
  EXPECT_FALSE(found.complete);
}

}  // namespace
}  // namespace poolscope::script
