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

TEST(ViewTrack, AStretchThatIsDirectedOnceMoreStaysInTheFile) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  const TemporaryFolder folder;
  const std::filesystem::path file = folder / "talk.poolscope";
  std::filesystem::copy_file(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope",
                             file);
  const auto views = [&] {
    auto reader = Reader::open(file);
    EXPECT_TRUE(reader);
    return reader ? (*reader)->views() : std::vector<ViewChange>{};
  };
  const std::vector<ViewChange> before = views();
  ClickedWindow window(kProgram, {"--lang", "en", "--layout", "lecture", file.string()});
  ASSERT_EQ(window.problem(), "");
  ASSERT_TRUE(window.wait_for(is("mode", "replay")));
  ASSERT_TRUE(window.press("k"));
  ASSERT_TRUE(window.press("Home"));
  ASSERT_TRUE(window.wait_for(is("seq", 0))) << window.status();
  ASSERT_TRUE(window.press("shift+v"));
  ASSERT_TRUE(window.wait_for(is("retaking_view", true))) << window.status();
  ASSERT_TRUE(window.press("shift+Right"));
  ASSERT_TRUE(window.wait_for(more_than("seq", 0)));
  ASSERT_TRUE(window.wait_until_still("seq"));
  const std::uint64_t begin = window.status().at("seq");
  ASSERT_GT(begin, 0U);
  ASSERT_TRUE(window.press("1"));
  ASSERT_TRUE(window.wait_for(is("tab", "memory"))) << window.status();
  ASSERT_TRUE(window.press("shift+Right"));
  ASSERT_TRUE(window.wait_until_still("seq"));
  ASSERT_TRUE(window.press("shift+v"));
  ASSERT_TRUE(window.wait_for(is("retaking_view", false))) << window.status();
  ASSERT_TRUE(window.press("Home"));
  ASSERT_TRUE(window.wait_for([](const nlohmann::json& status) {
    return status.is_object() && status.at("tab") != "memory";
  })) << window.status();
  ASSERT_TRUE(window.press("shift+Right"));
  ASSERT_TRUE(window.wait_for(is("tab", "memory"))) << window.status();
  ASSERT_EQ(window.interrupt(), kInterrupted);
  // The file's numbers go on from those of the session that it is a part of.
  const std::vector<ViewChange> kept = views();
  ASSERT_FALSE(kept.empty());
  EXPECT_TRUE(std::ranges::any_of(kept, [&](const ViewChange& change) {
    return change.what == "tab" && change.value == "memory" &&
           change.seq == kept.front().seq + begin;
  }));
  EXPECT_NE(kept, before);
  EXPECT_EQ(run({kProgram, "verify", file.string()}).exit_code, 0);
}

}  // namespace
}  // namespace poolscope::testing
