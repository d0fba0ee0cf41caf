// What padding is worth on this machine.

#include "core/sim/measure_padding.h"

#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace poolscope::testing {
namespace {

TEST(MeasurePadding, GivesTimesOfAPoolOrSaysThatItHasTooFewCores) {
  const auto cost = measure_padding([] { return true; });
  if (!cost) {
    // Other tests may take the cores meanwhile.
    const std::string& why = cost.error().message;
    EXPECT_NE(why.find(" core"), std::string::npos) << why;
    return;
  }
  EXPECT_GE(cost->threads, 2U);
  EXPECT_LE(cost->threads, 8U);
  // Whatever the machine: an operation takes more than a load, and less than a switch of threads.
  for (const double ns : {cost->unpadded_ns, cost->padded_ns}) {
    EXPECT_GT(ns, 0.5);
    EXPECT_LT(ns, 100'000);
  }
  EXPECT_GT(cost->ratio(), 0);
}

TEST(MeasurePadding, IsGivenUpBetweenTwoRounds) {
  if (std::thread::hardware_concurrency() < 2) return;
  int asked = 0;
  EXPECT_FALSE(measure_padding([&] { return ++asked < 3; }));
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace poolscope::testing
