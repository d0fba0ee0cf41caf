// The timeline by real clicks and drags: a span is followed and its end shown, the sign of a GC
// asks why the world waited, the map moves and zooms what is shown.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

/// A recording with GCs, its spans wide and close together.
class TimelineWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
    const auto recorded =
        run({kProgram, "record", "-o", file_.string(), "--for", "4s", "--gc-every", "900ms",
             "--rate", "30", "--step-time", "20ms", "--seed", "3"});
    ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  }
  void open(const std::string& layout) {
    window_ = std::make_unique<ClickedWindow>(
        kProgram, std::vector<std::string>{"--lang", "en", "--layout", layout, file_.string()});
    ASSERT_EQ(window_->problem(), "");
    ASSERT_TRUE(window_->wait_for(is("mode", "replay")));
    ASSERT_TRUE(window_->press("space"));
    ASSERT_TRUE(window_->wait_for(is("playing", false)));
    ASSERT_TRUE(window_->press("2"));
    ASSERT_TRUE(window_->wait_until_in_place("timeline"));
  }
  /// Clicks along the timeline until a goroutine and an object are followed.
  bool click_on_a_span() {
    for (double share = 0.3; share < 0.9; share += 0.013) {
      if (!window_->click_at("timeline", share)) return false;
      if (!window_->wait_until_still("seq")) return false;
      const bool followed = window_->status().value("followed", "").find(" #") != std::string::npos;
      if (followed) return true;
    }
    return false;
  }
  json event_at(std::uint64_t seq) const {
    const auto exported = run({kProgram, "export", file_.string(), "--to", "jsonl"});
    std::istringstream lines(exported.out);
    std::string line;
    while (std::getline(lines, line)) {
      json event = json::parse(line, nullptr, false);
      if (event.is_object() && event.value("seq", std::uint64_t{0}) == seq) return event;
    }
    return nullptr;
  }
  std::int64_t shown_ns() const {
    const json status = window_->status();
    return status.at("shown_to_ns").get<std::int64_t>() -
           status.at("shown_from_ns").get<std::int64_t>();
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "timeline.poolscope";
  std::unique_ptr<ClickedWindow> window_;
};

TEST_F(TimelineWindow, AClickOnASpanFollowsItAndGoesToTheEndOfItsOperation) {
  open("workbench");
  ASSERT_TRUE(click_on_a_span());
  ASSERT_TRUE(window_->wait_until_still("seq"));
  const json status = window_->status();
  EXPECT_EQ(status.at("tab"), "object") << "the answer stands beside the timeline";
  const json event = event_at(status.at("seq"));
  ASSERT_TRUE(event.is_object()) << status;
  const std::string kind = event.at("kind");
  EXPECT_TRUE(kind == "GetEnd" || kind == "PutEnd") << event;
  const std::string followed = status.at("followed");
  const std::string g = followed.substr(0, followed.find(' '));
  EXPECT_EQ("G" + std::to_string(event.at("g").get<int>()), g) << event;
  EXPECT_TRUE(window_->wait_until_in_place("life.0")) << "the object's life";
}

TEST_F(TimelineWindow, InTheLectureLayoutTheTimelineStaysAndAMissHasAButton) {
  open("lecture");
  ASSERT_TRUE(click_on_a_span());
  EXPECT_EQ(window_->status().at("tab"), "timeline");
}

TEST_F(TimelineWindow, ADragGoesThroughThePastAndFollowsNobody) {
  open("workbench");
  const json before = window_->status().at("seq");
  ASSERT_TRUE(window_->drag("timeline", 0.3, 300));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  EXPECT_NE(window_->status().at("seq"), before);
  EXPECT_EQ(window_->status().at("followed"), "");
}

TEST_F(TimelineWindow, TheSignOfAGcAsksWhyTheWorldWaited) {
  open("workbench");
  ASSERT_TRUE(window_->wait_until_in_place("gc.2"));
  ASSERT_TRUE(window_->click("gc.2"));
  ASSERT_TRUE(window_->wait_for(is("tab", "object"))) << window_->status();
  EXPECT_TRUE(window_->wait_for(is("gc_cycles", 2))) << window_->status();
}

TEST_F(TimelineWindow, TheMapZoomsByAnEdgeAndMovesByItsBox) {
  open("lecture");
  ASSERT_TRUE(window_->wait_until_in_place("timeline.map.end"));
  const std::int64_t whole_ns = shown_ns();
  ASSERT_TRUE(window_->drag("timeline.map.end", 0.5, -400));
  ASSERT_TRUE(window_->wait_until_still("shown_to_ns"));
  const std::int64_t zoomed_ns = shown_ns();
  EXPECT_LT(zoomed_ns, whole_ns * 9 / 10);
  EXPECT_EQ(window_->status().at("shown_from_ns"), 0);
  ASSERT_TRUE(window_->wait_until_in_place("timeline.map.box"));
  ASSERT_TRUE(window_->drag("timeline.map.box", 0.5, 200));
  ASSERT_TRUE(window_->wait_until_still("shown_to_ns"));
  EXPECT_GT(window_->status().at("shown_from_ns"), 0);
  EXPECT_NEAR(static_cast<double>(shown_ns()), static_cast<double>(zoomed_ns), 2);
  // Back to all of it, by both edges.
  ASSERT_TRUE(window_->drag("timeline.map.begin", 0.5, -300));
  ASSERT_TRUE(window_->drag("timeline.map.end", 0.5, 900));
  EXPECT_TRUE(window_->wait_for([&](const json&) { return shown_ns() == whole_ns; }))
      << window_->status();
}

TEST_F(TimelineWindow, AClickBesideTheBoxShowsThatPart) {
  open("lecture");
  ASSERT_TRUE(window_->drag("timeline.map.end", 0.5, -900));
  ASSERT_TRUE(window_->wait_until_still("shown_to_ns"));
  const std::int64_t to_ns = window_->status().at("shown_to_ns");
  ASSERT_TRUE(window_->click_at("timeline.map", 0.9));
  EXPECT_TRUE(window_->wait_for([&](const json& status) {
    return status.at("shown_from_ns").get<std::int64_t>() > to_ns;
  })) << window_->status();
}

}  // namespace
}  // namespace poolscope::testing
