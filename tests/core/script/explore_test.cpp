// `poolscope explore`: on real threads, with schedules that run plays back.

#include "core/script/explore.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/script/explorer.h"
#include "core/script/gate_env.h"
#include "core/script/run.h"
#include "core/script/thread_gate.h"
#include "tests/core/script/crossing_pool.h"
#include "tests/core/script/samples.h"

namespace poolscope::script {
namespace {

const std::string kLost =
    "variant classic\nprocs 2\npool A new\nput p0 A a\ntogether\nput p0 A b\ngc\n";

std::string transcript_of(const std::string& text) {
  const auto script = parse_script(text, "sample");
  if (!script) return script.error().message;
  return run_script(*script, {}).value_or("");
}

TEST(Explore, ShowsEachOutcomeByAScriptThatRunPlaysBack) {
  const auto script = parse_script(kLost, "f");
  ASSERT_TRUE(script);
  const auto report = explore_script(*script);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_FALSE(report->violated);
  const auto samples = samples_of(report->text);
  ASSERT_EQ(samples.size(), 3U);
  EXPECT_NE(transcript_of(samples[0]).find("lost=[a:gc]"), std::string::npos) << "the GC first";
  EXPECT_NE(transcript_of(samples[1]).find("lost=[a:gc b:orphan]"), std::string::npos);
  EXPECT_NE(samples[1].find("until put.unpinned\ngc\n"), std::string::npos)
      << "between unpin and Lock";
  EXPECT_NE(transcript_of(samples[2]).find("lost=[a:gc b:gc]"), std::string::npos);
  EXPECT_NE(report->text.find("% schedules 4, outcomes 3, violations 0"), std::string::npos);
}

TEST(Explore, RemembersAResultThatAGcHasFreedMeanwhile) {
  const auto script = parse_script(
      "variant classic\nprocs 2\npool A new\nput p0 A a\ntogether\nget p0 A\nput p1 A a\ngc\n",
      "f");
  ASSERT_TRUE(script);
  const auto report = explore_script(*script);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->violated) << report->text;
}

TEST(Explore, ShowsADeadlockOfThreadsAndEndsThem) {
  const auto script = parse_script(kCrossing, "f");
  ASSERT_TRUE(script);
  const Exploration found =
      Explorer<CrossingPool<GateEnv<false>>, ThreadGate>(*script, {}).explore();
  EXPECT_EQ(found.violation, "nobody can go on: a deadlock");
  EXPECT_EQ(schedule_as_script(*script, found.violated_by), kDeadlock);
}

TEST(Explore, SaysThatItCountsTheExploredOnesWhereItIsEndedEarly) {
  const auto script = parse_script(kLost, "f");
  ASSERT_TRUE(script);
  const auto bounded = explore_script(*script, {.most = 2});
  ASSERT_TRUE(bounded);
  EXPECT_FALSE(bounded->complete);
  EXPECT_NE(bounded->text.find("% schedules 2, outcomes 2, violations 0"), std::string::npos);
  EXPECT_TRUE(bounded->text.ends_with(
      "% there are more: only the 2 schedules that were explored are counted; --most was "
      "reached\n"));
  int asked = 0;
  const auto interrupted = explore_script(*script, {.ends = [&] { return ++asked == 3; }});
  ASSERT_TRUE(interrupted);
  EXPECT_FALSE(interrupted->complete);
  EXPECT_TRUE(interrupted->text.ends_with(
      "% there are more: only the 3 schedules that were explored are counted; it was "
      "interrupted\n"));
  const auto all = explore_script(*script, {.most = 4});
  ASSERT_TRUE(all);
  EXPECT_TRUE(all->complete);
  EXPECT_EQ(all->text.find("there are more"), std::string::npos);
}

TEST(Explore, RefusesWhatItCannotExplore) {
  const auto refusal = [](const std::string& commands) {
    const auto script = parse_script("variant classic\nprocs 2\npool A new\n" + commands, "f");
    if (!script) return script.error().message;
    const auto report = explore_script(*script);
    return report ? std::string("explored") : report.error().message;
  };
  EXPECT_EQ(refusal("put p0 A a\n"), "f:1: explore wants a line `together` before the tasks");
  EXPECT_EQ(refusal("together\n"), "f:1: explore takes 1 to 8 tasks after together, not 0");
  EXPECT_EQ(refusal("together\nput p7 A a\n"), "f:5: there is no such P");
  EXPECT_EQ(refusal("begin g1 p0 get A\ntogether\ngc\n"),
            "f:4: only what ends can stand before together");
  EXPECT_EQ(refusal("together\nbegin g1 p0 get A\nbegin g1 p1 get A\n"),
            "f:6: each goroutine needs a name of its own; task1, ... are taken");
  EXPECT_EQ(refusal("together\nbegin g1 p0 get A until get.slow\n"),
            "f:5: explore stops everywhere: until is not for it");
}

}  // namespace
}  // namespace poolscope::script
