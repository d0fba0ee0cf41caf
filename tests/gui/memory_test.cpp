// The memory strip in the real window: what it measures, what it explains, which Ps it shows.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/gui/wanted_status.h"

namespace poolscope {
namespace {

using nlohmann::json;
using testing::is;

class MemoryTest : public testing::EnglishWindow {};

TEST_F(MemoryTest, MeasureSaysWhatPaddingIsWorthOrWhyItCannotBeMeasured) {
  auto window = open();
  ASSERT_TRUE(window->click("tab.memory"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  ASSERT_TRUE(window->click("measure"));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.at("job").is_null() &&
           (status.at("measured").is_object() ||
            status.at("banner").get<std::string>().find(" core") != std::string::npos);
  })) << window->status();
  const json measured = window->status().at("measured");
  if (measured.is_object()) {
    EXPECT_GT(measured.at("ratio"), 0);
  }
}

TEST_F(MemoryTest, ExplainGoesStepByStepWithClicksAndKeysAndEscClosesIt) {
  auto window = open();
  ASSERT_TRUE(window->click("tab.memory"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  ASSERT_TRUE(window->wait_for(is("explained", nullptr)));
  ASSERT_TRUE(window->click("explain"));
  ASSERT_TRUE(window->wait_for(is("explained", 1)));
  ASSERT_TRUE(window->click("explain.next"));
  ASSERT_TRUE(window->wait_for(is("explained", 2)));
  ASSERT_TRUE(window->press("Right"));
  ASSERT_TRUE(window->wait_for(is("explained", 3)));
  EXPECT_EQ(window->status().at("mode"), "live") << "the session does not step";
  ASSERT_TRUE(window->press("Next"));
  ASSERT_TRUE(window->wait_for(is("explained", 4)));
  ASSERT_TRUE(window->press("Left"));
  ASSERT_TRUE(window->wait_for(is("explained", 3)));
  ASSERT_TRUE(window->click("explain.back"));
  ASSERT_TRUE(window->wait_for(is("explained", 2)));
  ASSERT_TRUE(window->press("Escape"));
  ASSERT_TRUE(window->wait_for(is("explained", nullptr)));
  ASSERT_TRUE(window->press("e"));
  ASSERT_TRUE(window->wait_for(is("explained", 1)));
  ASSERT_TRUE(window->click("explain.close"));
  ASSERT_TRUE(window->wait_for(is("explained", nullptr)));
}

TEST_F(MemoryTest, WithoutMotionTheStepsAreTheSame) {
  auto window = open();
  ASSERT_TRUE(window->click("motion"));
  ASSERT_TRUE(window->wait_for(is("motion", false)));
  ASSERT_TRUE(window->press("e"));
  for (int step = 2; step <= 7; ++step) {
    ASSERT_TRUE(window->press("Next"));
    ASSERT_TRUE(window->wait_for(is("explained", step)));
  }
}

TEST_F(MemoryTest, AnyOf256PsIsAClickAway) {
  auto window = open({"--procs", "256"});
  ASSERT_TRUE(window->click("tab.memory"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  ASSERT_TRUE(window->click("memory.place.128"));
  ASSERT_TRUE(window->wait_for(is("focus", 128))) << window->status().at("focus");
}

TEST_F(MemoryTest, FGivesItThePlaceOfTheStageAndTakesItBack) {
  auto window = open();
  ASSERT_TRUE(window->click("tab.memory"));
  ASSERT_TRUE(window->wait_for(is("tab", "memory")));
  const double y = window->ui().at("items").at("measure").at("y");
  ASSERT_TRUE(window->press("f"));
  ASSERT_TRUE(window->wait_for(is("enlarged", true)));
  ASSERT_TRUE(window->wait_until_in_place("measure"));
  EXPECT_LT(window->ui().at("items").at("measure").at("y"), y);
  EXPECT_FALSE(window->ui().at("items").contains("p.0")) << "no card is under it";
  ASSERT_TRUE(window->press("f"));
  ASSERT_TRUE(window->wait_for(is("enlarged", false)));
  ASSERT_TRUE(window->wait_until_in_place("p.0"));
}

}  // namespace
}  // namespace poolscope
