// What the lecturer has looked at is recorded beside the events, and a replay shows it again.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/session/reader.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(ViewTrack, OfARecordingIsShownAgainByTheReplayAndByRender) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  const TemporaryFolder folder;
  const std::string file = (folder / "directed.poolscope").string();
  {
    ClickedWindow window(
        kProgram, {"--lang", "en", "--layout", "lecture", "--step-time", "50ms", "--record", file});
    ASSERT_EQ(window.problem(), "");
    ASSERT_TRUE(window.wait_for(more_than("events", 60)));
    ASSERT_TRUE(window.press("l"));
    ASSERT_TRUE(window.wait_for(is("layout", "workbench")));
    ASSERT_TRUE(window.follow("G1")) << window.status();
    const std::uint64_t then = window.status().at("events");
    ASSERT_TRUE(window.wait_for(more_than("events", then + 30)));
    ASSERT_EQ(window.interrupt(), kInterrupted);
  }
  {
    auto reader = Reader::open(file);
    ASSERT_TRUE(reader) << reader.error().message;
    const auto& views = (*reader)->views();
    const auto has = [&](const std::string& what, const std::string& value) {
      return std::ranges::any_of(views, [&](const ViewChange& change) {
        return change.what == what && change.value == value;
      });
    };
    EXPECT_TRUE(has("layout", "lecture"));
    EXPECT_TRUE(has("layout", "workbench"));
    EXPECT_TRUE(has("follow", "G1"));
    EXPECT_TRUE(has("zoom", "100"));
  }
  const auto picture = [&](const std::string& name, const std::string& view) {
    const std::string drawn = (folder / name).string();
    const Outcome outcome = run({kProgram, "render", file, "-o", drawn, "--lang", "en", "--size",
                                 "1280x720", "--view", view});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return bytes_of(drawn);
  };
  EXPECT_NE(picture("recorded.png", "recorded"), picture("default.png", "default"));

  ClickedWindow window(kProgram, {"--lang", "en", "--layout", "lecture", file});
  ASSERT_EQ(window.problem(), "");
  ASSERT_TRUE(window.wait_for(is("mode", "replay")));
  ASSERT_TRUE(window.press("End"));
  ASSERT_TRUE(window.wait_for(is("layout", "workbench"))) << window.status();
  ASSERT_TRUE(window.wait_for(is("followed", "G1"))) << window.status();
  ASSERT_TRUE(window.press("Home"));
  ASSERT_TRUE(window.wait_for(is("layout", "lecture"))) << window.status();
  ASSERT_TRUE(window.wait_for(is("followed", ""))) << window.status();
  // V: the view is the viewer's own, until it is pressed once more.
  ASSERT_TRUE(window.press("v"));
  ASSERT_TRUE(window.wait_for(is("view", "default")));
  ASSERT_TRUE(window.press("End"));
  ASSERT_TRUE(window.wait_until_still("seq"));
  EXPECT_EQ(window.status().at("layout"), "lecture");
  ASSERT_TRUE(window.press("v"));
  ASSERT_TRUE(window.wait_for(is("layout", "workbench"))) << window.status();
  ASSERT_TRUE(window.wait_for(is("followed", "G1"))) << window.status();
  ASSERT_TRUE(window.press("v"));
  EXPECT_TRUE(window.wait_for(is("layout", "lecture"))) << "as the viewer had it";
  EXPECT_TRUE(window.wait_for(is("followed", ""))) << window.status();
}

}  // namespace
}  // namespace poolscope::testing
