// The controls with fixed labels, clicked in a real window, and what each comes to in the status.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/status_changes.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

void click_all(ClickedWindow& window, const std::vector<Act>& clicks) {
  do_all(window, clicks, [&](const char* label) {
    return window.wait_until_in_place(label) && window.click(label);
  });
}

/// Esc closes it at once, from its text field too.
bool closed_by_escape(const ClickedWindow& window) {
  return window.press("Escape") && window.wait_for(is("dialog", ""));
}

class LabelsOfAWindow : public EnglishWindow {
 protected:
  static std::unique_ptr<ClickedWindow> open_live(const std::string& layout) {
    auto window = open({"--step-time", "50ms", "--seed", "7", "--procs", "4", "--layout", layout});
    EXPECT_TRUE(window->wait_for(more_than("events", 100)));
    return window;
  }
};

TEST_F(LabelsOfAWindow, ThatChangeTheSession) {
  const auto window = open_live("lecture");
  click_all(*window, {{"speed.slower", changes("speed")},
                      {"speed.faster", changes("speed")},
                      {"gc", grows("gc_cycles")},
                      {"procs.plus", becomes("procs", 5)},
                      {"procs.minus", becomes("procs", 4)},
                      {"record", becomes("recording", true)},
                      {"marker", grows("markers")},
                      {"record", becomes("recording", false)},
                      {"save.last", banner_says("Saved to")}});
}

TEST_F(LabelsOfAWindow, OfTheLowerPanel) {
  const auto window = open_live("lecture");
  click_all(*window, {{"tab.memory", becomes("tab", "memory")},
                      {"tab.timeline", becomes("tab", "timeline")},
                      {"axis", changes("axis")},
                      {"axis", changes("axis")},
                      {"tab.source", becomes("tab", "source")},
                      {"tab.object", becomes("tab", "object")},
                      {"tab.stats", becomes("tab", "stats")},
                      {"p.1", becomes("focus", 1)},
                      {"p.1", becomes("focus", nullptr)}});
}

TEST_F(LabelsOfAWindow, OfWhatAViewerChooses) {
  const auto window = open_live("lecture");
  click_all(*window, {{"theme", becomes("theme", "light")},
                      {"theme", becomes("theme", "contrast")},
                      {"theme", becomes("theme", "dark")},
                      {"lang", becomes("lang", "zh")},
                      {"lang", becomes("lang", "en")},
                      {"motion", becomes("motion", false)},
                      {"motion", becomes("motion", true)},
                      {"presenter", is_there("presenter")},
                      {"presenter", is_gone("presenter")},
                      {"layout", becomes("layout", "workbench")}});
}

TEST_F(LabelsOfAWindow, AgainGoesBackAndReturns) {
  const auto window = open_live("lecture");
  click_all(*window, {{"gc", grows("gc_cycles")},
                      {"tab.timeline", becomes("tab", "timeline")},
                      {"again", becomes("mode", "past")}});
  // It comes back by itself.
  ASSERT_TRUE(window->wait_for(is("mode", "live")));
}

TEST_F(LabelsOfAWindow, ThatMoveTime) {
  const auto window = open_live("lecture");
  click_all(*window, {{"play", becomes("mode", "paused")},
                      {"step", grows("seq")},
                      {"back", becomes("mode", "past")},
                      {"now", becomes("mode", "paused")},
                      {"part.in_use", becomes("lit", "in_use")},
                      {"part.in_use", becomes("lit", "")},
                      {"g.1", becomes("followed", "G1")}});
}

TEST_F(LabelsOfAWindow, ThatOpenWhatLiesOverTheStage) {
  const auto window = open_live("lecture");
  const auto opens_and_closes = [&](const char* label, const char* dialog) {
    click_all(*window, {{label, opens(dialog)}});
    ASSERT_TRUE(closed_by_escape(*window)) << label;
  };
  opens_and_closes("help", "help");
  opens_and_closes("lessons", "lessons");
  opens_and_closes("open", "open");
  click_all(*window, {{"open", opens("open")}, {"open.path", opens("open")}});
  EXPECT_TRUE(window->ui().at("items").contains("open.ok"));
  ASSERT_TRUE(closed_by_escape(*window));
  click_all(*window, {{"lessons", opens("lessons")}, {"search", opens("lessons")}});
  ASSERT_TRUE(closed_by_escape(*window));
}

TEST_F(LabelsOfAWindow, OfTheWorkload) {
  const auto window = open_live("lecture");
  click_all(*window, {{"preset", opens("workload")},
                      {"rate.plus", changes("rate")},
                      {"rate.minus", changes("rate")},
                      {"held.plus", grows("kept")},
                      {"held.minus", shrinks("kept")},
                      {"workers.plus", grows("workers")},
                      {"workers.minus", shrinks("workers")},
                      {"race", becomes("race", true)},
                      {"race", becomes("race", false)},
                      {"padding", changes("padding")},
                      {"workload", changes("workload")}});
}

TEST_F(LabelsOfAWindow, InTheWorkbench) {
  const auto window = open_live("workbench");
  click_all(*window, {{"explain", opens("explain")}});
  ASSERT_TRUE(window->press("Escape"));
  click_all(*window, {{"pool.modern", becomes("pool", "modern")},
                      {"pool.classic", becomes("pool", "classic")},
                      {"tab.stats", becomes("tab", "stats")},
                      {"tab.object", becomes("tab", "object")},
                      {"compare", is_there("comparison")},
                      {"compare", is_gone("comparison")}});
}

TEST_F(LabelsOfAWindow, OfAReplay) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "walked.poolscope";
  std::filesystem::copy_file(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope",
                             file);
  const auto window = open({"--layout", "workbench", file.string()});
  ASSERT_TRUE(window->wait_for(is("mode", "replay")));
  ASSERT_TRUE(window->press("k"));
  const auto has_loop = [](const json& /*before*/, const json& now) {
    return now.at("loop").is_object();
  };
  click_all(*window, {{"marker.1", is_there("marker")},
                      {"loop.in", has_loop},
                      {"save.as", opens("save.as")},
                      {"save.mp4", opens("save.as")}});
  EXPECT_TRUE(window->wait_until_in_place("render"));
  click_all(*window, {{"save.csv", opens("save.as")}});
  EXPECT_TRUE(window->wait_until_in_place("export"));
  ASSERT_TRUE(closed_by_escape(*window));
}

}  // namespace
}  // namespace poolscope::testing
