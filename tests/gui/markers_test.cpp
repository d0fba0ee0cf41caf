// A lecture from marker to marker: set, named, walked through, by real clicks and keys.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

class Markers : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
    std::filesystem::copy_file(
        std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope", file_);
    open();
  }
  void open() {
    window_.reset();
    window_ = std::make_unique<ClickedWindow>(
        kProgram, std::vector<std::string>{"--lang", "en", file_.string()});
    ASSERT_EQ(window_->problem(), "");
    ASSERT_TRUE(window_->wait_for(is("mode", "replay")));
  }
  bool wait_for_markers(std::size_t count) { return window_->wait_for(is("markers", count)); }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "walked.poolscope";
  std::unique_ptr<ClickedWindow> window_;
};

/// The playhead stands at that marker, counted from 1.
auto at_marker(std::size_t number) {
  return [number](const json& status) {
    return status.is_object() && status.at("marker").is_object() &&
           status.at("marker").at("number") == number;
  };
}

TEST_F(Markers, AreSetNamedAndWalkedThrough) {
  const std::size_t had = window_->status().at("markers");
  ASSERT_TRUE(window_->press("End"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(window_->press("shift+Left"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(window_->press("m"));
  ASSERT_TRUE(wait_for_markers(had + 1)) << window_->status();
  const json second = window_->status().at("seq");
  // One more stands before it in the end.
  const std::size_t second_number =
      window_->status().at("marker").at("number").get<std::size_t>() + 1;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(window_->press("shift+Left"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(window_->click("tab.source"));
  ASSERT_TRUE(window_->click("marker"));
  ASSERT_TRUE(wait_for_markers(had + 2)) << window_->status();
  const json first = window_->status().at("seq");
  ASSERT_LT(first, second);
  const std::size_t number = window_->status().at("marker").at("number");
  const std::string shown = std::to_string(number);

  ASSERT_TRUE(window_->press("shift+m"));
  ASSERT_TRUE(window_->wait_until_in_place("markers.note." + shown));
  ASSERT_TRUE(window_->click("markers.note." + shown));
  ASSERT_TRUE(window_->press_fast({"w", "h", "y", "m"}));
  ASSERT_TRUE(window_->wait_for([&](const json& status) {
    return status.is_object() && status.at("marker").is_object() &&
           status.at("marker").at("note") == "whym";
  })) << window_->status();
  EXPECT_EQ(window_->status().at("markers"), had + 2) << "a key of the text has set a marker";
  // Esc lets go of the field, then closes the list.
  ASSERT_TRUE(window_->press("Escape"));
  ASSERT_TRUE(window_->press("Escape"));
  ASSERT_TRUE(window_->wait_for(is("sentence", "whym"))) << window_->status();

  ASSERT_TRUE(window_->click("tab.timeline"));
  ASSERT_TRUE(window_->wait_until_in_place("marker." + std::to_string(second_number)));
  ASSERT_TRUE(window_->click("marker." + std::to_string(second_number)));
  ASSERT_TRUE(window_->wait_for(is("seq", second))) << window_->status();
  for (std::size_t i = number; i < second_number; ++i) ASSERT_TRUE(window_->press("Prior"));
  ASSERT_TRUE(window_->wait_for(is("seq", first))) << window_->status();
  EXPECT_TRUE(window_->wait_for(is("tab", "source"))) << "what was shown there is shown again";
  ASSERT_EQ(window_->interrupt(), 130);

  open();
  ASSERT_TRUE(wait_for_markers(had + 2));
  ASSERT_TRUE(window_->press("k"));
  ASSERT_TRUE(window_->wait_for(is("playing", false)));
  ASSERT_TRUE(window_->press("Home"));
  // One of the file's own markers stands at its beginning.
  ASSERT_TRUE(window_->wait_for(at_marker(1))) << window_->status();
  for (std::size_t i = 2; i <= number; ++i) {
    ASSERT_TRUE(window_->press("bracketright"));
    ASSERT_TRUE(window_->wait_for(at_marker(i))) << window_->status();
  }
  ASSERT_TRUE(window_->wait_for(is("sentence", "whym"))) << window_->status();
  EXPECT_EQ(window_->status().at("seq"), first);
  // PgDn plays, and stops by itself; faster than two steps a second.
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(window_->press("equal"));
  ASSERT_TRUE(window_->press("Next"));
  ASSERT_TRUE(window_->wait_for(at_marker(number + 1))) << window_->status();
  EXPECT_EQ(window_->status().at("playing"), false);
}

TEST_F(Markers, TabLeadsFromTheTitleToTheNoteAndOutOfTheFields) {
  const auto marker_has = [](const char* what, const std::string& text) {
    return [what, text](const json& status) {
      return status.is_object() && status.at("marker").is_object() &&
             status.at("marker").at(what) == text;
    };
  };
  ASSERT_TRUE(window_->press("End"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(window_->press("m"));
  ASSERT_TRUE(window_->wait_for(marker_has("title", ""))) << window_->status();
  const std::string number = window_->status().at("marker").at("number").dump();
  ASSERT_TRUE(window_->press("shift+m"));
  ASSERT_TRUE(window_->wait_until_in_place("markers.title." + number));
  ASSERT_TRUE(window_->click("markers.title." + number));
  ASSERT_TRUE(window_->press("a"));
  ASSERT_TRUE(window_->wait_for(marker_has("title", "a"))) << window_->status();
  ASSERT_TRUE(window_->press("Tab"));
  ASSERT_TRUE(window_->wait_for(is("control", "markers.note." + number))) << window_->status();
  ASSERT_TRUE(window_->press("b"));
  ASSERT_TRUE(window_->wait_for(marker_has("note", "b"))) << window_->status();
  ASSERT_TRUE(window_->press("Tab"));
  ASSERT_TRUE(window_->wait_for(is("control", "markers.remove." + number))) << window_->status();
  // It is no text field: its key is a command again.
  ASSERT_TRUE(window_->press("shift+m"));
  EXPECT_TRUE(window_->wait_for(is("dialog", ""))) << window_->status();
  EXPECT_TRUE(marker_has("note", "b")(window_->status())) << window_->status();
}

class LiveMarkers : public EnglishWindow {};

TEST_F(LiveMarkers, WhatAMarkerShowsIsGoneWhenOneReturnsToNow) {
  const auto window = open({"--speed", "brisk"});
  ASSERT_TRUE(window->wait_for(more_than("events", 20)));
  ASSERT_TRUE(window->press("4"));
  ASSERT_TRUE(window->wait_for(is("tab", "source")));
  ASSERT_TRUE(window->press("m"));
  ASSERT_TRUE(window->wait_for(is("markers", 1)));
  ASSERT_TRUE(window->press("1"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  ASSERT_TRUE(window->press("bracketleft"));
  ASSERT_TRUE(window->wait_for(is("tab", "source"))) << window->status();
  ASSERT_TRUE(window->press("End"));
  EXPECT_TRUE(window->wait_for(is("tab", "memory"))) << window->status();
  // What the viewer has chosen since stays.
  ASSERT_TRUE(window->press("bracketleft"));
  ASSERT_TRUE(window->wait_for(is("tab", "source"))) << window->status();
  ASSERT_TRUE(window->press("2"));
  ASSERT_TRUE(window->wait_for(is("tab", "timeline"))) << window->status();
  ASSERT_TRUE(window->press("End"));
  ASSERT_TRUE(window->wait_for(is("mode", "live"))) << window->status();
  EXPECT_EQ(window->status().at("tab"), "timeline");
}

TEST_F(LiveMarkers, WhatTheViewerChoosesBetweenTwoMarkersIsTheirOwn) {
  const auto window = open({"--speed", "brisk"});
  ASSERT_TRUE(window->wait_for(more_than("events", 20)));
  ASSERT_TRUE(window->press("4"));
  ASSERT_TRUE(window->wait_for(is("tab", "source")));
  for (std::size_t markers = 1; markers <= 2; ++markers) {
    ASSERT_TRUE(window->press("m"));
    ASSERT_TRUE(window->wait_for(is("markers", markers)));
    const std::uint64_t events = window->status().at("events");
    ASSERT_TRUE(window->wait_for(more_than("events", events + 20)));
  }
  ASSERT_TRUE(window->press("1"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  ASSERT_TRUE(window->press("bracketleft"));
  ASSERT_TRUE(window->wait_for(is("tab", "source"))) << window->status();
  ASSERT_TRUE(window->press("2"));
  ASSERT_TRUE(window->wait_for(is("tab", "timeline"))) << window->status();
  ASSERT_TRUE(window->press("bracketleft"));
  ASSERT_TRUE(window->wait_for(at_marker(1))) << window->status();
  ASSERT_TRUE(window->wait_for(is("tab", "source"))) << window->status();
  ASSERT_TRUE(window->press("End"));
  ASSERT_TRUE(window->wait_for(is("mode", "live"))) << window->status();
  EXPECT_TRUE(window->wait_for(is("tab", "timeline"), std::chrono::seconds(5))) << window->status();
}

}  // namespace
}  // namespace poolscope::testing
