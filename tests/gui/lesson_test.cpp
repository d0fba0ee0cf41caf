// A lesson in the real window, played with a clicker's keys.

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope {
namespace {

using nlohmann::json;
using testing::ClickedWindow;
using testing::kInterrupted;
using testing::kLessons;
using testing::kProgram;

const std::string kLostPut = kLessons + "S11-put-unpin-gc-lost.ops";
constexpr int kLines = 9;           // of that lesson
constexpr int kLineOfQuestion = 6;  // its question stands before it

std::string contents(const std::string& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// At rest with that many lines of the lesson shown.
auto at_line(int line) {
  return [line](const json& status) {
    return status.is_object() && status.value("line", json()) == line &&
           status.value("playing", true) == false;
  };
}

bool has(const ClickedWindow& window, const std::string& label) {
  return window.wait_for(
      [&](const json&) { return window.ui().value("items", json::object()).contains(label); });
}

class LessonWindow : public testing::EnglishWindow {
 protected:
  /// A lesson that is played four times as fast as at Lecture speed, at its beginning.
  static std::unique_ptr<ClickedWindow> open_quickly(std::vector<std::string> arguments) {
    auto window = open(std::move(arguments));
    EXPECT_TRUE(window->wait_for(at_line(0))) << window->status();
    for (const char* speed : {"x2", "x4"}) {
      EXPECT_TRUE(window->press("equal"));
      EXPECT_TRUE(window->wait_for([&](const json& status) { return status.at("speed") == speed; }))
          << window->status();
    }
    return window;
  }
};

TEST_F(LessonWindow, PgDnPlaysItThroughAndPgUpLeadsBackThroughTheSameStates) {
  const testing::TemporaryFolder folder;
  const std::string transcript = folder / "transcript.txt";
  auto window = open_quickly({kLostPut, "--transcript", transcript});
  EXPECT_EQ(window->status().at("mode"), "stepping");
  EXPECT_EQ(window->status().at("lesson"), "S11");
  EXPECT_EQ(window->title(), "S11-put-unpin-gc-lost.ops - poolscope");
  std::vector<json> hashes = {window->status().at("state_hash")};
  std::vector<json> captions = {window->status().at("caption")};
  for (int line = 1; line <= kLines; ++line) {
    ASSERT_TRUE(window->press("Next"));
    ASSERT_TRUE(window->wait_for(at_line(line))) << window->status();
    hashes.push_back(window->status().at("state_hash"));
    captions.push_back(window->status().at("caption"));
    EXPECT_NE(captions.back(), captions[captions.size() - 2]);
    EXPECT_EQ(window->status().at("sentence"), captions.back());
  }
  EXPECT_EQ(window->status().at("divergences"), 0);
  EXPECT_NE(window->status().at("banner").get<std::string>().find("a GC may drop the array"),
            std::string::npos)
      << "what to take home: " << window->status().at("banner");
  for (int line = kLines - 1; line >= 0; --line) {
    ASSERT_TRUE(window->press("Prior"));
    ASSERT_TRUE(window->wait_for(at_line(line))) << window->status();
    EXPECT_EQ(window->status().at("state_hash"), hashes[static_cast<std::size_t>(line)]);
    EXPECT_EQ(window->status().at("caption"), captions[static_cast<std::size_t>(line)]);
  }
  for (int line = 1; line <= kLines; ++line) {
    ASSERT_TRUE(window->press("Next"));
    ASSERT_TRUE(window->wait_for(at_line(line))) << window->status();
    EXPECT_EQ(window->status().at("state_hash"), hashes[static_cast<std::size_t>(line)]);
  }
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
