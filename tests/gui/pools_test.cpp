// The list of pools: opened, searched, one of them shown, by real clicks and keys.

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

class PoolsWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
    window_ = std::make_unique<ClickedWindow>(
        kProgram, std::vector<std::string>{"--lang", "en", "--pools", "12", "--speed", "brisk"});
    ASSERT_EQ(window_->problem(), "");
    ASSERT_TRUE(window_->wait_for(more_than("events", 2'000)));
  }
  bool has(const std::string& label) const {
    const json ui = window_->ui();
    return ui.is_object() && ui.contains("items") && ui.at("items").contains(label);
  }
  /// As a frame of the window will have it.
  bool wait_for_item(const std::string& label, bool there = true) const {
    return window_->wait_for([&](const json&) { return has(label) == there; });
  }

  std::unique_ptr<ClickedWindow> window_;
};

TEST_F(PoolsWindow, AClickOnARowShowsThatPool) {
  ASSERT_TRUE(window_->wait_for(is("shown_pool", 0)));
  ASSERT_TRUE(window_->click("pools"));
  ASSERT_TRUE(window_->wait_until_in_place("pool.5"));
  ASSERT_TRUE(window_->click("pool.5"));
  ASSERT_TRUE(window_->wait_for(is("shown_pool", 5))) << window_->status();
  EXPECT_TRUE(wait_for_item("pools.search", false)) << "the stage is to be seen";
}

TEST_F(PoolsWindow, TypingFiltersAndEnterShowsTheMarkedOne) {
  ASSERT_TRUE(window_->press("p"));
  ASSERT_TRUE(window_->wait_until_in_place("pools.search"));
  const json procs = window_->status().at("procs");
  // The field has the keys: g is no GC, Down changes no GOMAXPROCS.
  const json gcs = window_->status().at("gc_cycles");
  ASSERT_TRUE(window_->press_fast({"g"}));
  ASSERT_TRUE(wait_for_item("pool.6"));
  ASSERT_TRUE(wait_for_item("pool.0", false)) << "only pool G has a g";
  ASSERT_TRUE(window_->press("BackSpace"));
  ASSERT_TRUE(wait_for_item("pool.0"));
  ASSERT_TRUE(window_->press("Down"));
  ASSERT_TRUE(window_->press("Up"));
  EXPECT_EQ(window_->status().at("procs"), procs);
  EXPECT_EQ(window_->status().at("gc_cycles"), gcs);
  ASSERT_TRUE(window_->press_fast({"g"}));
  ASSERT_TRUE(wait_for_item("pool.0", false));
  ASSERT_TRUE(window_->press("Return"));
  ASSERT_TRUE(window_->wait_for(is("shown_pool", 6))) << window_->status();
}

TEST_F(PoolsWindow, OfAllPoolsThereIsNoneAfterAGcOfTheClassicPool) {
  // At the next step a goroutine pins, and a pool comes in again: so it stands still meanwhile.
  ASSERT_TRUE(window_->press("space"));
  ASSERT_TRUE(window_->wait_for(is("mode", "paused")));
  ASSERT_TRUE(window_->press("g"));
  ASSERT_TRUE(window_->wait_for(more_than("gc_cycles", 0)));
  ASSERT_TRUE(window_->click("pools"));
  ASSERT_TRUE(window_->wait_until_in_place("pools.all_pools"));
  ASSERT_TRUE(wait_for_item("pool.0"));
  ASSERT_TRUE(window_->click("pools.all_pools"));
  EXPECT_TRUE(wait_for_item("pool.0", false));
  ASSERT_TRUE(window_->click("pools.all"));
  EXPECT_TRUE(wait_for_item("pool.0"));
  ASSERT_TRUE(window_->press("Escape"));
  EXPECT_TRUE(wait_for_item("pools.search", false));
}

}  // namespace
}  // namespace poolscope::testing
