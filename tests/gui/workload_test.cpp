// The panel that changes the workload, by real clicks.

#include <memory>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/wanted_status.h"

namespace poolscope::testing {
namespace {

class WorkloadWindow : public EnglishWindow {
 protected:
  static bool wait_until_shown(const ClickedWindow& window, const char* label, bool shown = true) {
    return window.wait_for([&](const nlohmann::json& /*status*/) {
      return window.ui().value("items", nlohmann::json()).contains(label) == shown;
    });
  }
};

TEST_F(WorkloadWindow, ChangesRateAndHeldWithoutAnEndOfTheSession) {
  const auto window = open({"--speed", "brisk"});
  ASSERT_TRUE(window->wait_for(more_than("events", 20)));
  ASSERT_TRUE(window->click("preset"));
  ASSERT_TRUE(wait_until_shown(*window, "preset.web-server"));
  const auto before = window->status();
  ASSERT_TRUE(window->click("rate.plus"));
  EXPECT_TRUE(window->wait_for(is("rate", 100.0))) << window->status();
  ASSERT_TRUE(window->click("held.minus"));
  EXPECT_TRUE(window->wait_for(is("kept", 1))) << window->status();
  EXPECT_GE(window->status().at("events"), before.at("events"));
  // Esc closes the panel.
  ASSERT_TRUE(window->press("Escape"));
  EXPECT_TRUE(wait_until_shown(*window, "rate.plus", false));
}

TEST_F(WorkloadWindow, StartsTheSessionAgainWithWhatWasClicked) {
  const auto window = open({"--speed", "brisk"});
  ASSERT_TRUE(window->press("w"));
  ASSERT_TRUE(wait_until_shown(*window, "workers.plus"));
  ASSERT_TRUE(window->click("workers.plus"));
  EXPECT_TRUE(window->wait_for(is("workers", 7))) << window->status();
  ASSERT_TRUE(window->click("workload"));
  EXPECT_TRUE(window->wait_for(is("workload", "pairs"))) << window->status();
  ASSERT_TRUE(window->click("padding"));
  EXPECT_TRUE(window->wait_for(is("padding", 0))) << window->status();
  ASSERT_TRUE(window->click("race"));
  EXPECT_TRUE(window->wait_for(is("race", true))) << window->status();
  ASSERT_TRUE(window->click("pools.plus"));
  EXPECT_TRUE(window->wait_for(is("pools", 2))) << window->status();
  const auto status = window->status();
  EXPECT_EQ(status.at("workers"), 7);
  EXPECT_EQ(status.at("workload"), "pairs");
  EXPECT_EQ(status.at("speed"), "Brisk");
  EXPECT_EQ(status.at("divergences"), 0);
}

TEST_F(WorkloadWindow, StartsAPreset) {
  const auto window = open();
  ASSERT_TRUE(window->click("preset"));
  ASSERT_TRUE(wait_until_shown(*window, "preset.web-server"));
  ASSERT_TRUE(window->click("preset.web-server"));
  EXPECT_TRUE(window->wait_for(is("pool", "modern"))) << window->status();
  EXPECT_TRUE(window->wait_for(more_than("events", 10)));
  EXPECT_EQ(window->status().at("workload"), "pairs");
  EXPECT_EQ(window->status().at("workers"), 4);
  EXPECT_TRUE(wait_until_shown(*window, "preset.web-server", false));
}

}  // namespace
}  // namespace poolscope::testing
