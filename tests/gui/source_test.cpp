// A click on a line of the source runs the followed goroutine to it.

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/pool/listing.h"
#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

const std::string kSources = POOLSCOPE_SOURCE_DIR;

/// The label of the line of Go's text, as it is shown in English, at which a goroutine stands at
/// `step`.
std::string go_line_of(Step step) {
  std::ifstream file(kSources + "/assets/source/classic.go");
  std::stringstream text;
  text << file.rdbuf();
  const Listing listing = go_listing(text.str(), "en");
  for (std::size_t i = 0; i < listing.size(); ++i) {
    if (listing[i].step == step) return "source." + std::to_string(i + 1);
  }
  return "";
}

/// The same of the C++ that runs. Its text begins with the file's name.
std::string cpp_line_of(Step step) {
  std::ifstream file(kSources + "/core/pool/classic_pool.h");
  std::stringstream text;
  text << file.rdbuf();
  const Listing listing = cpp_listing(text.str());
  for (std::size_t i = 0; i < listing.size(); ++i) {
    if (listing[i].step == step) return "source.cpp." + std::to_string(i + 2);
  }
  return "";
}

class SourceWindow : public EnglishWindow {
 protected:
  static bool has(const ClickedWindow& window, const std::string& label) {
    return window.ui().value("items", json::object()).contains(label);
  }
  /// A label of a line of Go's text that is on the screen; "" where none is.
  static std::string some_line(const ClickedWindow& window) {
    const json items = window.ui().value("items", json::object());
    for (const auto& [label, item] : items.items()) {
      if (label.starts_with("source.") && !label.starts_with("source.cpp.")) return label;
    }
    return "";
  }
  static int number_of(const std::string& label) {
    return std::stoi(label.substr(std::string("source.").size()));
  }
  /// Turns the wheel over Go's text until `label` is on the screen.
  static bool scroll_to(ClickedWindow& window, const std::string& label) {
    constexpr int kMost = 60;
    std::string shown = some_line(window);
    if (!window.point_at(shown)) return false;
    for (int i = 0; i < kMost && !has(window, label); ++i) {
      if (!window.turn_wheel_here(number_of(label) < number_of(shown) ? 1 : -1)) return false;
      // At the end of the text the wheel moves nothing.
      const std::string before = shown;
      const auto moved = [&](const json&) {
        const std::string now = some_line(window);
        if (!now.empty()) shown = now;
        return shown != before;
      };
      window.wait_for(moved, std::chrono::milliseconds(300));
    }
    // A click at its place of a moment ago would meet another line.
    return window.wait_until_in_place(label);
  }
};

TEST_F(SourceWindow, AClickOnALineRunsTheFollowedGoroutineToIt) {
  auto window = open({"--step-time", "50ms", "--workload", "pairs", "--layout", "workbench"});
  ASSERT_TRUE(window->click("tab.source"));
  ASSERT_TRUE(window->follow("G2")) << window->status();
  ASSERT_TRUE(window->click("hold"));
  ASSERT_TRUE(window->wait_for(is("held", json::array({"G2"})))) << window->status();
  ASSERT_TRUE(window->wait_until_still("followed_step"));

  for (const Step step : {Step::kGetDecided, Step::kGetPinned}) {
    const std::string line = go_line_of(step);
    ASSERT_TRUE(has(*window, line) || scroll_to(*window, line)) << line;
    ASSERT_TRUE(window->click(line));
    ASSERT_TRUE(window->wait_for(is("followed_step", std::string(step_info(step).name))))
        << window->status();
    EXPECT_TRUE(window->wait_until_still("followed_step")) << "it stands there";
    EXPECT_EQ(window->status().at("followed_step"), std::string(step_info(step).name));
    EXPECT_EQ(window->status().at("held"), json::array({"G2"}));
    EXPECT_EQ(window->status().at("followed"), "G2");
  }
  const std::string line = cpp_line_of(Step::kGetDecided);
  ASSERT_TRUE(has(*window, line)) << "beside Go's: " << line;
  ASSERT_TRUE(window->click(line));
  ASSERT_TRUE(window->wait_for(is("followed_step", "get.decided"))) << window->status();
}

TEST_F(SourceWindow, TheWheelReachesEveryLineInTheLectureLayout) {
  auto window = open({"--step-time", "50ms", "--workload", "pairs"});
  ASSERT_TRUE(window->click("tab.source"));
  ASSERT_TRUE(window->follow("G2")) << window->status();
  ASSERT_TRUE(window->click("hold"));
  ASSERT_TRUE(window->wait_for(is("held", json::array({"G2"})))) << window->status();
  ASSERT_TRUE(window->wait_until_still("followed_step"));
  const std::string line = go_line_of(Step::kGetDecided);
  const std::string seen =
      go_line_of(Step::kPutPinned);  // that is shown while it stands in no line
  ASSERT_TRUE(scroll_to(*window, line)) << window->ui().at("items");
  ASSERT_TRUE(window->click(line));
  EXPECT_TRUE(window->wait_for(is("followed_step", "get.decided"))) << window->status();
  EXPECT_TRUE(has(*window, line)) << "its line came back into sight";
}

TEST_F(SourceWindow, NobodyRunsWhereNobodyIsFollowedOrTheSessionIsAReplay) {
  // Of the lines that can be seen: how many can be clicked.
  const auto enabled_lines = [](const ClickedWindow& window) {
    json lines;
    EXPECT_TRUE(window.wait_for([&](const json&) {
      lines = json::array();
      const json items = window.ui().value("items", json::object());
      for (const auto& [label, item] : items.items()) {
        if (label.starts_with("source.")) lines.push_back(item.at("enabled"));
      }
      return lines.size() > 1;
    }));
    return std::ranges::count(lines, json(true));
  };
  const TemporaryFolder folder;
  const std::string file = folder / "session.poolscope";
  {
    auto window = open({"--step-time", "50ms", "--layout", "workbench", "--record", file});
    ASSERT_TRUE(window->click("tab.source"));
    ASSERT_TRUE(window->wait_for(is("tab", "source")));
    EXPECT_EQ(enabled_lines(*window), 0);
    ASSERT_TRUE(window->follow("G2")) << window->status();
    EXPECT_GT(enabled_lines(*window), 1);
    // A click on a line without a step is none on nothing: whoever is followed stays so. Beside the
    // tab's panel it is.
    const json tab = window->ui().at("items").at("tab.source");
    const int y = tab.at("y").get<int>() + 100;
    ASSERT_TRUE(window->move_to(tab.at("x").get<int>() + 20, y));
    ASSERT_TRUE(window->press_mouse());
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(window->status().at("followed"), "G2");
    ASSERT_EQ(window->interrupt(), kInterrupted);
  }
  auto replay = open({file, "--layout", "workbench"});
  ASSERT_TRUE(replay->click("tab.source"));
  ASSERT_TRUE(replay->wait_for(is("tab", "source")));
  EXPECT_EQ(enabled_lines(*replay), 0);
  auto lesson =
      open({kSources + "/assets/lessons/S11-put-unpin-gc-lost.ops", "--layout", "workbench"});
  ASSERT_TRUE(lesson->click("tab.source"));
  ASSERT_TRUE(lesson->wait_for(is("tab", "source")));
  EXPECT_EQ(enabled_lines(*lesson), 0);
}

}  // namespace
}  // namespace poolscope::testing
