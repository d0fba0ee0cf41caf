// Another session in the window's place: chosen from the list, or by its path.

#include <chrono>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

TEST(Open, TakesAFileByItsPathWhichTabCompletesAndOffersItTheNextTime) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "talk.poolscope";
  std::filesystem::copy_file(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope",
                             file);
  ClickedWindow window(kProgram, {"--lang", "en", "--speed", "story"});
  ASSERT_EQ(window.problem(), "");
  ASSERT_TRUE(window.wait_for(is("mode", "live")));

  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.path"));
  const std::string begin = (folder / "ta").string();
  // The names of temporary folders may have capital letters.
  ASSERT_TRUE(window.type(begin));
  ASSERT_TRUE(window.wait_until_in_place("open.path.1"));
  // Tab does nothing before what was found is about the whole text.
  ASSERT_TRUE(window.repeat(
      [&] { return window.click("open.path") && window.press("Tab") && window.click("open.ok"); },
      is("mode", "replay")))
      << window.status();
  EXPECT_NE(window.title().find("talk.poolscope"), std::string::npos) << window.title();

  // By a click, after a session of its own.
  ASSERT_TRUE(window.click("open"));
  ASSERT_TRUE(window.wait_until_in_place("open.file.1"));
  ASSERT_TRUE(window.press("Escape"));
  ASSERT_TRUE(window.repeat([&] { return window.press("End"); }, is("playing", false)));
  ASSERT_TRUE(window.click("open"));
  ASSERT_TRUE(window.wait_until_in_place("open.file.1"));
  ASSERT_TRUE(window.click("open.file.1"));
  ASSERT_TRUE(window.wait_for(is("playing", true))) << window.status();
  EXPECT_EQ(window.status().at("mode"), "replay");
}

TEST(Open, EnterOpensTheNewestAndDownLeadsToTheOthers) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  const TemporaryFolder folder;
  const std::filesystem::path golden =
      std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope";
  for (const char* name : {"older.poolscope", "newer.poolscope"}) {
    std::filesystem::copy_file(golden, folder / name);
  }
  ClickedWindow window(kProgram, {"--lang", "en", (folder / "older.poolscope").string()});
  ASSERT_EQ(window.problem(), "");
  const auto opened = [&](const std::string& name) {
    return [&window, name](const json&) { return window.title().starts_with(name); };
  };
  // Both have been opened, the newer one last.
  ASSERT_TRUE(window.wait_for(is("mode", "replay")));
  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.path"));
  ASSERT_TRUE(window.type((folder / "older.poolscope").string()));
  ASSERT_TRUE(window.press("Return"));
  ASSERT_TRUE(window.wait_for(is("dialog", ""))) << window.status();
  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.path"));
  ASSERT_TRUE(window.type((folder / "newer.poolscope").string()));
  ASSERT_TRUE(window.press("Return"));
  ASSERT_TRUE(window.wait_for(opened("newer"))) << window.title();

  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.file.2"));
  ASSERT_TRUE(window.press("Down"));
  ASSERT_TRUE(window.press("Return"));
  ASSERT_TRUE(window.wait_for(opened("older"))) << window.title();
  // It is the newest now.
  ASSERT_TRUE(window.press("End"));
  ASSERT_TRUE(window.wait_for(is("playing", false))) << window.status();
  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.file.2"));
  ASSERT_TRUE(window.press("Return"));
  ASSERT_TRUE(window.wait_for(is("playing", true))) << window.status();
  EXPECT_TRUE(opened("older")({})) << window.title();
}

TEST(Open, DownLeadsToTheLastOfEightFilesWhereTheyNeedMoreRoomThanThereIs) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  ClickedWindow window(kProgram, {"--lang", "en", "--speed", "story", "--scale", "2"});
  ASSERT_EQ(window.problem(), "");
  ASSERT_TRUE(window.wait_for(is("mode", "live")));
  const std::filesystem::path recordings = window.folder() / "XDG_DATA_HOME/poolscope";
  std::filesystem::create_directories(recordings);
  constexpr int kFiles = 8;
  for (int i = 0; i < kFiles; ++i) {
    std::filesystem::copy_file(
        std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope",
        recordings / ("talk-" + std::to_string(i) + ".poolscope"));
  }
  const auto seen = [&](const char* label) {
    return [&window, label](const json&) {
      return window.ui().value("items", json::object()).contains(label);
    };
  };
  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.file.1"));
  EXPECT_FALSE(seen("open.file.8")({}));
  // Two presses within a frame are one.
  const auto press_until_seen = [&](const char* key, const char* label) {
    for (int i = 0; i < 5 * kFiles && !seen(label)({}); ++i) {
      if (!window.press(key)) return false;
    }
    return window.wait_for(seen(label), std::chrono::seconds(5));
  };
  EXPECT_TRUE(press_until_seen("Down", "open.file.8")) << window.status();
  EXPECT_TRUE(press_until_seen("Up", "open.file.1")) << window.status();
  ASSERT_TRUE(window.press("Return"));
  EXPECT_TRUE(window.wait_for(is("mode", "replay"))) << window.status();
}

TEST(Open, SaysWhatIsWrongWithAPath) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  ClickedWindow window(kProgram, {"--lang", "en", "--speed", "story"});
  ASSERT_EQ(window.problem(), "");
  ASSERT_TRUE(window.press("ctrl+o"));
  ASSERT_TRUE(window.wait_until_in_place("open.path"));
  ASSERT_TRUE(window.type("/nowhere.poolscope"));
  ASSERT_TRUE(window.click("open.ok"));
  ASSERT_TRUE(window.wait_for([](const json& status) {
    return status.is_object() &&
           status.at("banner").get<std::string>().find("/nowhere.poolscope") != std::string::npos;
  })) << window.status();
  EXPECT_EQ(window.status().at("mode"), "live");
}

}  // namespace
}  // namespace poolscope::testing
