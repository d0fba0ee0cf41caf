// A lecturer's hand on a live session: stopped and stepped, looked back at, resized, followed.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

class Stepping : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
    window_ = std::make_unique<ClickedWindow>(
        kProgram, std::vector<std::string>{"--lang", "en", "--speed", "story", "--step-time",
                                           "150ms", "--seed", "3"});
    ASSERT_EQ(window_->problem(), "");
  }
  /// Stopped, with something in its past, and at rest.
  void pause_after(std::uint64_t events) {
    ASSERT_TRUE(window_->wait_for(more_than("events", events)));
    ASSERT_TRUE(window_->press("space"));
    ASSERT_TRUE(window_->wait_for(is("mode", "paused"))) << window_->status();
    ASSERT_TRUE(window_->wait_until_still("events"));
  }
  /// Presses a key that moves the playhead, and waits until it has moved and stands. What flies may
  /// still be on its way.
  void move_by(const std::string& key) {
    const json before = window_->status().at("seq");
    ASSERT_TRUE(window_->press(key));
    json last = before;
    int same = 0;  // looks in a row: a dump stays for some of them
    ASSERT_TRUE(window_->wait_for([&](const json& status) {
      if (!status.is_object()) return false;
      same = status.at("seq") != before && status.at("seq") == last ? same + 1 : 0;
      last = status.at("seq");
      return same == 6;
    })) << key
        << " at " << before << ": " << window_->status();
  }
  [[nodiscard]] std::string sentence() const { return window_->status().at("sentence"); }

  std::unique_ptr<ClickedWindow> window_;
};

TEST_F(Stepping, EachStepHasItsSentenceAndBackwardsTheyAreTheSame) {
  constexpr int kSteps = 20;
  pause_after(60);
  std::vector<std::string> sentences{sentence()};
  int changes = 0;
  for (int i = 0; i < kSteps; ++i) {
    move_by("Right");
    EXPECT_EQ(window_->status().at("mode"), "paused");
    sentences.push_back(sentence());
    changes += sentences.back() == sentences[sentences.size() - 2] ? 0 : 1;
  }
  // An object that has come to its place and the end of its operation are told alike.
  EXPECT_GT(changes, kSteps * 2 / 3);
  for (int i = kSteps - 1; i >= 0; --i) {
    move_by("Left");
    EXPECT_EQ(window_->status().at("mode"), "past");
    EXPECT_EQ(sentence(), sentences[static_cast<std::size_t>(i)]) << i << " steps after the pause";
  }
  EXPECT_EQ(window_->status().at("divergences"), 0);
}

TEST_F(Stepping, FourQuickPressesMakeFourPsMore) {
  pause_after(30);
  ASSERT_TRUE(window_->press("space"));
  // Pressed without any pause they would be one key that is held down.
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(window_->press("Up"));
  EXPECT_TRUE(window_->wait_for(is("procs", 8))) << window_->status();

  // Again: back to before the resize, and through it to now.
  ASSERT_TRUE(window_->press("shift+g"));
  // Before the last stop, if there were two of them.
  EXPECT_TRUE(window_->wait_for([](const json& status) {
    return status.is_object() && status.at("mode") == "past" && status.at("procs") < 8;
  })) << window_->status();
  EXPECT_TRUE(window_->wait_for([](const json& status) {
    return status.is_object() && status.at("mode") == "past" && status.at("procs") == 8;
  })) << "what came of it: "
      << window_->status();
  EXPECT_TRUE(window_->wait_for(is("mode", "live"))) << window_->status();
  EXPECT_EQ(window_->status().at("procs"), 8);
}

TEST_F(Stepping, AFollowedGoroutineHasTheSentenceUntilItIsLetGo) {
  pause_after(60);
  ASSERT_TRUE(window_->click("g.2"));
  ASSERT_TRUE(window_->wait_for(is("followed", "G2"))) << window_->status();
  EXPECT_EQ(sentence().substr(0, 2), "G2") << sentence();
  ASSERT_TRUE(window_->press("Escape"));
  EXPECT_TRUE(window_->wait_for(is("followed", ""))) << window_->status();
  ASSERT_TRUE(window_->click("g.1"));
  ASSERT_TRUE(window_->wait_for(is("followed", "G1"))) << window_->status();
  EXPECT_EQ(sentence().substr(0, 2), "G1") << sentence();
}

}  // namespace
}  // namespace poolscope::testing
