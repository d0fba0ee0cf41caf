// A lesson in the real window, played with a clicker's keys.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/lesson_window.h"
#include "tests/gui/program.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope {
namespace {

using nlohmann::json;
using testing::at_line;
using testing::ClickedWindow;
using testing::contents;
using testing::kInterrupted;
using testing::kLessons;
using testing::kProgram;

const std::string kLostPut = kLessons + "S11-put-unpin-gc-lost.ops";
constexpr int kLines = 9;           // of that lesson
constexpr int kLineOfQuestion = 6;  // its question stands before it

bool has(const ClickedWindow& window, const std::string& label) {
  return window.wait_for(
      [&](const json&) { return window.ui().value("items", json::object()).contains(label); });
}

using LessonWindow = testing::LessonWindow;

TEST_F(LessonWindow, PgDnPlaysItThroughAndPgUpLeadsBackThroughTheSameStates) {
  const testing::TemporaryFolder folder;
  const std::string transcript = folder / "transcript.txt";
  auto window = open_quickly({kLostPut, "--transcript", transcript});
  EXPECT_EQ(window->status().at("mode"), "stepping");
  EXPECT_EQ(window->status().at("lesson"), "S11");
  EXPECT_EQ(window->title(), "S11-put-unpin-gc-lost.ops - poolscope");
  const std::vector<json> played = play_forth_and_back(*window);
  ASSERT_EQ(played.size(), kLines + 1U);
  for (std::size_t line = 1; line < played.size(); ++line) {
    EXPECT_NE(played[line].at("caption"), played[line - 1].at("caption"));
    EXPECT_EQ(played[line].at("sentence"), played[line].at("caption"));
  }
  EXPECT_NE(played.back().at("banner").get<std::string>().find("a GC may drop the array"),
            std::string::npos)
      << "what to take home: " << played.back().at("banner");
  ASSERT_TRUE(window->press("Home"));
  ASSERT_TRUE(window->wait_for(at_line(0)));
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_EQ(contents(transcript), testing::run({kProgram, "run", kLostPut}).out);
}

TEST_F(LessonWindow, AGcThatIsClickedInBetweenLeavesThePathAndShiftHomeBringsItBack) {
  auto window = open({kLostPut});
  ASSERT_TRUE(window->press("Next"));
  ASSERT_TRUE(window->wait_for(at_line(1))) << window->status();
  ASSERT_TRUE(window->click("gc"));
  ASSERT_TRUE(window->wait_for([&](const json& status) {
    return at_line(1)(status) && status.at("gc_cycles") == 1;
  })) << window->status();
  EXPECT_EQ(window->status().at("answer"), "ok");
  EXPECT_NE(window->status().at("banner").get<std::string>().find("left its path"),
            std::string::npos);
  ASSERT_TRUE(window->press("shift+Home"));
  ASSERT_TRUE(window->wait_for(at_line(0))) << window->status();
  EXPECT_EQ(window->status().at("gc_cycles"), 0);
  EXPECT_EQ(window->status().at("banner").get<std::string>().find("left its path"),
            std::string::npos);
}

TEST_F(LessonWindow, AQuestionIsAnsweredByTheRealThreads) {
  auto window = open_quickly({kLostPut});
  for (int line = 1; line < kLineOfQuestion; ++line) {
    ASSERT_TRUE(window->press("Next"));
    ASSERT_TRUE(window->wait_for(at_line(line))) << window->status();
  }
  ASSERT_TRUE(has(*window, "predict.3"));
  EXPECT_FALSE(window->ui().at("items").contains("predict.4"));
  ASSERT_TRUE(window->press("alt+1"));
  ASSERT_TRUE(window->wait_for(at_line(kLineOfQuestion))) << window->status();
  EXPECT_EQ(window->status().at("answer"), "ok | orphan:0 pinslow=0");
  EXPECT_EQ(window->status().at("verdict"), "wrong");
  // Once more, by a click on the right one.
  ASSERT_TRUE(window->press("shift+Home"));
  for (int line = 1; line < kLineOfQuestion; ++line) {
    ASSERT_TRUE(window->press("Next"));
    ASSERT_TRUE(window->wait_for(at_line(line))) << window->status();
  }
  ASSERT_TRUE(has(*window, "predict.3"));
  ASSERT_TRUE(window->click("predict.3"));
  ASSERT_TRUE(window->wait_for(at_line(kLineOfQuestion))) << window->status();
  EXPECT_EQ(window->status().at("verdict"), "right");
}

TEST_F(LessonWindow, TheListOpensALessonAndItsInterleavingsAreFoundAndPlayed) {
  auto window = open({});
  ASSERT_TRUE(window->click("lessons"));
  ASSERT_TRUE(has(*window, "lesson.S41"));
  ASSERT_TRUE(window->click("search"));
  for (const char* key : {"l", "o", "s", "t"}) ASSERT_TRUE(window->press(key));
  ASSERT_TRUE(window->wait_for(
      [&](const json&) { return !window->ui().at("items").contains("lesson.S41"); }));
  ASSERT_TRUE(window->click("lesson.S11"));
  ASSERT_TRUE(window->wait_for(at_line(0))) << window->status();
  EXPECT_EQ(window->status().at("lesson"), "S11");
  EXPECT_EQ(window->status().at("tab"), "lesson");

  ASSERT_TRUE(window->click("explore"));
  ASSERT_TRUE(has(*window, "outcome.1"));
  ASSERT_TRUE(window->click("outcome.2"));
  ASSERT_TRUE(window->wait_for(at_line(0))) << window->status();
  ASSERT_TRUE(window->press("Next"));
  ASSERT_TRUE(window->wait_for(at_line(1))) << window->status();
  EXPECT_EQ(window->status().at("divergences"), 0);
  // The other ends of the window still work.
  ASSERT_TRUE(window->click("tab.source"));
  EXPECT_TRUE(window->wait_for(
      [](const json& status) { return status.is_object() && status.at("tab") == "source"; }));

  // And there is a way back.
  ASSERT_TRUE(window->click("lessons"));
  ASSERT_TRUE(has(*window, "live"));
  ASSERT_TRUE(window->click("live"));
  EXPECT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.at("mode") == "live" && status.at("lesson").is_null() &&
           status.at("dialog") == "";
  })) << window->status();
}

TEST(LessonProblems, ABadScriptIsNamedWithItsLineAndNoWindowOpens) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "talk.ops";
  std::ofstream(file) << "variant classic\nprocs 1\npool A new\nput p0\n";
  const testing::Environment none = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}};
  const testing::Outcome outcome = testing::run({kProgram, file}, none);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err.find(file + ":4: "), 0U) << outcome.err;
  EXPECT_EQ(outcome.err.find('\n') + 1, outcome.err.size()) << outcome.err;
}

TEST(LessonProblems, OnlyAScriptHasATranscriptAndItIsNotRecorded) {
  const testing::TemporaryFolder folder;
  const testing::Environment none = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}};
  EXPECT_EQ(testing::run({kProgram, "--transcript", folder / "x"}, none).exit_code, 2);
  EXPECT_EQ(testing::run({kProgram, kLostPut, "--record", folder / "x"}, none).exit_code, 2);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace poolscope
