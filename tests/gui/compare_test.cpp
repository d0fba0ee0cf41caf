// Two sessions side by side in the window: opened, stepped through, scrubbed, left.

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

const std::string kSawtooth = kLessons + "S33-sawtooth-classic.ops";
const std::string kVictim = kLessons + "S34-sawtooth-modern.ops";
constexpr std::size_t kCalls = 17;

using Wanted = std::function<bool(const json& comparison)>;

/// At rest in a comparison of which that holds.
auto compares(const Wanted& wanted) {
  return [wanted](const json& status) {
    if (!status.is_object() || status.value("playing", true)) return false;
    const json comparison = status.value("comparison", json());
    return comparison.is_object() && wanted(comparison);
  };
}
auto at_call(std::size_t call) {
  return compares([call](const json& comparison) { return comparison.at("call") == call; });
}

using CompareWindow = EnglishWindow;

TEST_F(CompareWindow, TheSawtoothAndTheVictimAreSteppedThroughSideBySide) {
  auto window = open({"compare", kSawtooth});
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  EXPECT_EQ(window->title(), "classic | modern - poolscope");
  ASSERT_TRUE(window->click("step"));
  ASSERT_TRUE(window->wait_for(at_call(1))) << window->status();
  ASSERT_TRUE(window->press("Right"));
  ASSERT_TRUE(window->wait_for(at_call(2))) << window->status();
  ASSERT_TRUE(window->click("back"));
  ASSERT_TRUE(window->wait_for(at_call(1))) << window->status();
  EXPECT_NE(window->status().at("sentence").get<std::string>().find("New"), std::string::npos);

  // To the GC, which is the first call to go another way, and to the Get after it.
  ASSERT_TRUE(window->press("Next"));
  ASSERT_TRUE(window->wait_for(at_call(7))) << window->status();
  json comparison = window->status().at("comparison");
  EXPECT_EQ(comparison.at("by"), "operation");
  EXPECT_EQ(comparison.at("calls"), kCalls);
  EXPECT_EQ(comparison.at("a").at("cleared"), 3);
  EXPECT_EQ(comparison.at("b").at("cleared"), 0);
  ASSERT_TRUE(window->press("Next"));
  ASSERT_TRUE(window->wait_for(at_call(8))) << window->status();
  comparison = window->status().at("comparison");
  EXPECT_EQ(comparison.at("a").at("where"), "new");
  EXPECT_EQ(comparison.at("b").at("where"), "vprivate");
}

TEST_F(CompareWindow, ThePlayheadOfBothIsScrubbedAndPlayed) {
  auto window = open({"compare", kSawtooth});
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  ASSERT_TRUE(window->press("End"));
  ASSERT_TRUE(window->wait_for(at_call(kCalls))) << window->status();
  json comparison = window->status().at("comparison");
  EXPECT_EQ(comparison.at("a").at("news"), 9);
  EXPECT_EQ(comparison.at("b").at("news"), 3);
  EXPECT_EQ(comparison.at("a").at("divergences"), 0);
  EXPECT_EQ(comparison.at("b").at("divergences"), 0);
  // A click in the middle of the calls, and to the start.
  ASSERT_TRUE(window->click_at("timeline", 0.5));
  ASSERT_TRUE(window->wait_for(compares([](const json& at) {
    return at.at("call") == kCalls / 2 || at.at("call") == kCalls / 2 + 1;
  }))) << window->status();
  ASSERT_TRUE(window->press("Home"));
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(window->press("equal"));
  ASSERT_TRUE(window->press("space"));
  ASSERT_TRUE(window->wait_for(at_call(kCalls))) << "played to the end" << window->status();
}

TEST_F(CompareWindow, ALiveWindowComparesBothPoolsByAClickAndComesBack) {
  auto window = open({"--seed", "7"});
  ASSERT_TRUE(window->wait_for(is("mode", "live")));
  ASSERT_TRUE(window->click("compare"));
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  const json comparison = window->status().at("comparison");
  EXPECT_EQ(comparison.at("by"), "operation");
  EXPECT_GE(comparison.at("calls"), 400);
  EXPECT_EQ(comparison.at("a").at("pool"), "classic");
  EXPECT_EQ(comparison.at("b").at("pool"), "modern");

  ASSERT_TRUE(window->press("End"));
  ASSERT_TRUE(window->wait_for(at_call(comparison.at("calls")))) << window->status();
  const json end = window->status().at("comparison");
  EXPECT_GT(end.at("a").at("news"), end.at("b").at("news"));

  // Who is followed is of one side: the other's P 0 is another control.
  const json items = window->ui().at("items");
  EXPECT_TRUE(items.contains("p.0"));
  EXPECT_TRUE(items.contains("b.p.0"));
  EXPECT_LT(items.at("p.0").at("x"), items.at("b.p.0").at("x"));

  ASSERT_TRUE(window->click("compare"));
  ASSERT_TRUE(window->wait_for(is("mode", "live"))) << window->status();
  EXPECT_TRUE(window->status().at("comparison").is_null());
}

TEST_F(CompareWindow, ALessonsOwnCallsAreComparedWhereTheyAreWhole) {
  auto window = open({kVictim});
  ASSERT_TRUE(window->wait_for(is("line", 0)));
  ASSERT_TRUE(window->click("compare"));
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  EXPECT_EQ(window->status().at("comparison").at("calls"), kCalls);
}

TEST_F(CompareWindow, AReplaysOwnCallsAreComparedAndCLeadsBackToIt) {
  const TemporaryFolder folder;
  const std::string file = folder / "talk.poolscope";
  const Outcome recorded = run({kProgram, "record", "-o", file, "--events", "2000", "--rate", "200",
                                "--pool", "classic", "--gc-every", "100ms"});
  ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  auto window = open({file});
  ASSERT_TRUE(window->wait_for(is("mode", "replay")));
  // From a place of its own, at a speed of its own.
  ASSERT_TRUE(window->press("k"));
  ASSERT_TRUE(window->wait_for(is("playing", false)));
  ASSERT_TRUE(window->press("Home"));
  ASSERT_TRUE(window->wait_until_still("seq"));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(window->press("shift+Right"));
  ASSERT_TRUE(window->press("minus"));
  ASSERT_TRUE(window->wait_until_still("seq"));
  const json left = window->status();
  ASSERT_GT(left.at("seq"), 0);
  ASSERT_TRUE(window->press("c"));
  ASSERT_TRUE(window->wait_for(at_call(0))) << window->status();
  EXPECT_EQ(window->status().at("comparison").at("a").at("name"), "talk.poolscope");
  ASSERT_TRUE(window->press("c"));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.at("comparison").is_null();
  })) << window->status();
  EXPECT_EQ(window->status().at("mode"), "replay");
  EXPECT_EQ(window->title(), "talk.poolscope - poolscope");
  EXPECT_TRUE(window->wait_for(is("seq", left.at("seq")))) << window->status();
  EXPECT_EQ(window->status().at("speed"), left.at("speed"));
  EXPECT_EQ(window->status().at("playing"), false);
}

TEST_F(CompareWindow, RecordingsOfOtherCallsAreComparedByTime) {
  const TemporaryFolder folder;
  std::vector<std::string> files;
  for (const char* pool : {"classic", "modern"}) {
    files.push_back(folder / (std::string(pool) + ".poolscope"));
    const Outcome recorded = run({kProgram, "record", "-o", files.back(), "--events", "3000",
                                  "--rate", "200", "--pool", pool, "--gc-every", "100ms"});
    ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  }
  auto window = open({"compare", files[0], files[1]});
  ASSERT_TRUE(window->wait_for(compares([](const json& comparison) {
    return comparison.at("by") == "time";
  }))) << window->status();
  ASSERT_TRUE(window->press("Right"));
  ASSERT_TRUE(window->wait_for(compares([](const json& comparison) {
    return comparison.at("time_ns") > 0;
  }))) << window->status();
  ASSERT_TRUE(window->press("End"));
  ASSERT_TRUE(window->wait_for(compares([](const json& comparison) {
    return comparison.at("time_ns") == comparison.at("length_ns");
  }))) << window->status();
  EXPECT_GT(window->status().at("comparison").at("b").at("news"), 0);
}

TEST(CompareProblems, BadInputIsOneLineAndNoWindowOpens) {
  const TemporaryFolder folder;
  const Environment none = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}};
  const std::string lost_put = kLessons + "S11-put-unpin-gc-lost.ops";
  std::ofstream(folder / "bad.ops") << "variant classic\nprocs 1\nput p0\n";
  std::ofstream(folder / "not.poolscope") << "no session";
  const std::vector<std::vector<std::string>> wrong = {
      {lost_put},
      {folder / "bad.ops"},
      {folder / "none.ops"},
      {kSawtooth, folder / "none.poolscope"},
      {kSawtooth, folder / "not.poolscope"},
      {folder / "not.poolscope"},
      {kSawtooth, kVictim, kVictim},
      {kSawtooth, "--seed", "7"},
      {"--workload", "idle"},
      {"--calls", "0"},
      {kSawtooth, "--record", folder / "x.poolscope"},
  };
  for (std::vector<std::string> arguments : wrong) {
    arguments.insert(arguments.begin(), {kProgram, "compare"});
    const Outcome outcome = run(arguments, none);
    EXPECT_EQ(outcome.exit_code, 2) << arguments[2] << ": " << outcome.err;
    EXPECT_EQ(outcome.err.find('\n') + 1, outcome.err.size()) << outcome.err;
    EXPECT_TRUE(outcome.out.empty()) << outcome.out;
  }
  const Outcome outcome = run({kProgram, "compare", lost_put}, none);
  EXPECT_EQ(outcome.err.find(lost_put + ":"), 0U) << outcome.err;
}

}  // namespace
}  // namespace poolscope::testing
