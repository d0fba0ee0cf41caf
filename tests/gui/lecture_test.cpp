// What a lecturer has in front of a class: the black picture, the spot at the pointer, what a first
// start offers, and the window of their own.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <stb_image.h>

#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

const std::string kWithNote = kLessons + "S01-first-put-allocates.ops";

json items(const ClickedWindow& window) { return window.ui().value("items", json::object()); }

class LectureWindow : public EnglishWindow {};

TEST_F(LectureWindow, BMakesThePictureBlackAndBOrEscOrAClickBringsItBack) {
  auto window = open();
  ASSERT_TRUE(window->follow("G2")) << window->status();
  const std::array<std::function<bool()>, 3> back = {
      [&] { return window->press("b"); },
      [&] { return window->press("Escape"); },
      [&] { return window->press_mouse(); },
  };
  for (const auto& bring_back : back) {
    ASSERT_TRUE(window->press("b"));
    ASSERT_TRUE(window->wait_for(is("black", true))) << window->status();
    EXPECT_TRUE(items(*window).empty()) << "nothing is there to be clicked: " << items(*window);
    ASSERT_TRUE(bring_back());
    ASSERT_TRUE(window->wait_for(is("black", false))) << window->status();
    EXPECT_TRUE(items(*window).contains("play"));
    EXPECT_EQ(window->status().at("followed"), "G2") << "that was all it did";
  }
}

TEST_F(LectureWindow, ABlackPictureIsBlackInEveryPixel) {
  const TemporaryFolder folder;
  const std::string file = folder / "black.png";
  auto window = open({"--theme", "light", "--screenshot", file}, {.painted = true});
  ASSERT_TRUE(window->press("b"));
  ASSERT_TRUE(window->wait_for(is("black", true))) << window->status();
  ASSERT_EQ(window->interrupt(), kInterrupted);
  int w = 0;
  int h = 0;
  int channels = 0;
  stbi_uc* pixels = stbi_load(file.c_str(), &w, &h, &channels, 3);
  ASSERT_NE(pixels, nullptr) << file;
  const auto bytes = static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3;
  EXPECT_GT(bytes, 0U);
  EXPECT_TRUE(std::all_of(pixels, pixels + bytes, [](stbi_uc byte) { return byte == 0; }));
  stbi_image_free(pixels);
}

TEST_F(LectureWindow, XShowsASpotAtThePointerAsLongAsItIsHeld) {
  auto window = open();
  // A key may come to the window a frame before the pointer does.
  const auto spot_comes_to = [&](int x, int y) {
    return window->wait_for([&](const json&) {
      const json spot = items(*window).value("laser", json::object());
      return std::abs(spot.value("x", 0.0) + spot.value("w", 0.0) / 2 - x) <= 1 &&
             std::abs(spot.value("y", 0.0) + spot.value("h", 0.0) / 2 - y) <= 1;
    });
  };
  ASSERT_TRUE(window->move_to(500, 400));
  ASSERT_TRUE(window->hold_key("x", true));
  EXPECT_TRUE(spot_comes_to(500, 400)) << items(*window);
  ASSERT_TRUE(window->move_to(700, 300));
  EXPECT_TRUE(spot_comes_to(700, 300)) << items(*window);
  // Another key that goes down meanwhile does not keep it there.
  ASSERT_TRUE(window->hold_key("shift", true));
  ASSERT_TRUE(window->hold_key("x", false));
  ASSERT_TRUE(window->hold_key("shift", false));
  EXPECT_TRUE(window->wait_for([&](const json&) { return !items(*window).contains("laser"); }));
}

TEST_F(LectureWindow, FullScreenIsSaid) {
  auto window = open();
  EXPECT_EQ(window->status().at("maximised"), false);
  ASSERT_TRUE(window->press("F11"));
  EXPECT_TRUE(window->wait_for(is("maximised", true))) << window->status();
  ASSERT_TRUE(window->press("F11"));
  EXPECT_TRUE(window->wait_for(is("maximised", false))) << window->status();
}

/// Starts the program again over the folders of `before`.
bool starts_with_choices(const ClickedWindow& before) {
  const std::string dump = before.folder() / "again.json";
  const Outcome outcome =
      run({kProgram, "--exit-after", "1s", "--ui-dump", dump}, before.environment());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::ifstream file(dump);
  return json::parse(file).at("items").contains("first.1");
}

TEST_F(LectureWindow, AFirstStartOffersThreeThingsAndNothingOfTheStageIsUnderThem) {
  auto window = open({}, {.first_start = true});
  ASSERT_TRUE(window->wait_for([&](const json&) { return items(*window).contains("first.3"); }));
  const json stage = items(*window).at("p.0");
  for (const char* label : {"first.1", "first.2", "first.3", "first.close"}) {
    EXPECT_GT(items(*window).at(label).at("y"), stage.at("y").get<double>() + 300) << label;
  }
  ASSERT_TRUE(window->click("first.1"));
  ASSERT_TRUE(window->wait_for(
      [](const json& status) { return status.is_object() && status.at("followed") != ""; }));
  EXPECT_FALSE(items(*window).contains("first.1"));
  EXPECT_TRUE(items(*window).contains("timeline"));
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_FALSE(starts_with_choices(*window)) << "once";
}

TEST_F(LectureWindow, TheSecondChoiceOfAFirstStartRunsAGc) {
  auto gc = open({"--step-time", "50ms"}, {.first_start = true});
  ASSERT_TRUE(gc->click("first.2"));
  EXPECT_TRUE(gc->wait_for(is("gc_cycles", 1))) << gc->status();
}

TEST_F(LectureWindow, TheThirdChoiceOfAFirstStartOpensALesson) {
  auto lesson = open({}, {.first_start = true});
  ASSERT_TRUE(lesson->click("first.3"));
  EXPECT_TRUE(lesson->wait_for(is("lesson", "S02"))) << lesson->status();
  EXPECT_FALSE(items(*lesson).contains("first.3"));
}

TEST_F(LectureWindow, EscClosesWhatAFirstStartOffersAndOnlyThat) {
  auto window = open({}, {.first_start = true});
  ASSERT_TRUE(window->follow("G2")) << window->status();
  ASSERT_TRUE(window->press("Escape"));
  ASSERT_TRUE(window->wait_for([&](const json&) { return !items(*window).contains("first.1"); }));
  EXPECT_EQ(window->status().at("followed"), "G2");
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_FALSE(starts_with_choices(*window));
}

TEST_F(LectureWindow, ATabClosesWhatAFirstStartOffers) {
  auto by_tab = open({}, {.first_start = true});
  ASSERT_TRUE(by_tab->click("tab.memory"));
  EXPECT_TRUE(by_tab->wait_for([&](const json&) { return !items(*by_tab).contains("first.1"); }));
}

TEST_F(LectureWindow, AWindowThatIsClosedWithoutAChoiceOffersThemAgain) {
  auto window = open({}, {.first_start = true});
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_TRUE(starts_with_choices(*window));
}

TEST_F(LectureWindow, AFileIsNoFirstStart) {
  auto window = open({kWithNote}, {.first_start = true});
  EXPECT_EQ(window->status().at("lesson"), "S01");
  EXPECT_FALSE(items(*window).contains("first.1"));
}

/// What the lecturer's window says under `key`.
auto presents(const char* key, const std::string& text) {
  return [key, text](const json& status) {
    return status.is_object() && status.at("presenter").is_object() &&
           status.at("presenter").at(key).get<std::string>().find(text) != std::string::npos;
  };
}

TEST_F(LectureWindow, ThePresenterHasTheCaptionTheNextOneTheNoteAndTheKeys) {
  auto window = open({kWithNote, "--presenter"});
  ASSERT_TRUE(window->wait_for(presents("now", "A new Pool costs nothing"))) << window->status();
  EXPECT_TRUE(window->has_presenter());
  EXPECT_TRUE(presents("next", "A is declared")(window->status())) << window->status();
  EXPECT_EQ(window->status().at("presenter").at("note"), "");
  ASSERT_TRUE(window->press_in_presenter("Next"));
  ASSERT_TRUE(window->wait_for(is("line", 1))) << window->status();
  ASSERT_TRUE(window->wait_for(presents("now", "A is declared"))) << window->status();
  EXPECT_EQ(window->status().at("caption"), window->status().at("presenter").at("now"));
  ASSERT_TRUE(window->press_in_presenter("Next"));
  ASSERT_TRUE(window->wait_for(presents("note", "Ask why it unpins"))) << window->status();
  ASSERT_TRUE(window->press_in_presenter("Prior"));
  ASSERT_TRUE(window->wait_for(is("line", 1))) << window->status();
  ASSERT_TRUE(window->press_in_presenter("b"));
  ASSERT_TRUE(window->wait_for(is("black", true))) << window->status();
  EXPECT_TRUE(window->wait_for([](const json& status) {
    return status.at("presenter").at("black") == true;
  })) << "and says so to the lecturer";
  ASSERT_TRUE(window->press_in_presenter("b"));
  ASSERT_TRUE(window->press_in_presenter("Home"));
  EXPECT_TRUE(window->wait_for(is("line", 0))) << window->status();
  EXPECT_EQ(window->status().at("black"), false);
  // The clock runs on while nothing else happens.
  const std::string elapsed = window->status().at("presenter").at("elapsed");
  EXPECT_TRUE(window->wait_for(
      [&](const json& status) { return status.at("presenter").at("elapsed") != elapsed; }));
}

TEST_F(LectureWindow, ThePresenterIsClosedAndOpenedWhileTheSessionGoesOn) {
  auto window = open({"--step-time", "50ms", "--presenter"});
  ASSERT_TRUE(window->wait_for(
      [](const json& status) { return status.is_object() && status.at("presenter").is_object(); }));
  EXPECT_EQ(window->status().at("layout"), "lecture");
  ASSERT_TRUE(window->has_presenter());
  ASSERT_TRUE(window->press_in_presenter("ctrl+p"));
  ASSERT_TRUE(window->wait_for(is("presenter", nullptr))) << window->status();
  EXPECT_FALSE(window->has_presenter());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(window->click("presenter"));
    ASSERT_TRUE(
        window->wait_for([](const json& status) { return status.at("presenter").is_object(); }));
    // Live it says the sentence, and has no note.
    ASSERT_TRUE(window->wait_for([](const json& status) {
      return status.at("presenter").at("now") == status.at("sentence") &&
             status.at("sentence") != "";
    })) << window->status();
    EXPECT_EQ(window->status().at("presenter").at("note"), "");
    // Clicks still go to the first window.
    ASSERT_TRUE(window->click("presenter"));
    ASSERT_TRUE(window->wait_for(is("presenter", nullptr))) << window->status();
  }
  EXPECT_EQ(window->status().at("divergences"), 0);
  EXPECT_EQ(window->interrupt(), kInterrupted);
}

}  // namespace
}  // namespace poolscope::testing
