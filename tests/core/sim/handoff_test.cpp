#include "core/sim/handoff.h"

#include <array>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

using namespace std::chrono_literals;

/// Longer than a test may take: who is not woken hangs until ctest ends it.
constexpr auto kForEver = 1h;

TEST(Handoff, GivesObjectsOnInTheOrderInWhichTheyCame) {
  Handoff handoff;
  std::array<TracedObject, 3> objects;
  EXPECT_EQ(handoff.try_take(), nullptr);
  for (TracedObject& object : objects) ASSERT_TRUE(handoff.try_give(&object));
  for (TracedObject& object : objects) EXPECT_EQ(handoff.take(0ms), &object);
  EXPECT_EQ(handoff.take(1ms), nullptr);
}

// Where who Gets is a little faster than who Puts, an hour would pile up objects without end.
TEST(Handoff, TakesNoMoreThanItsMostAndWakesWhoWaitsForRoom) {
  Handoff handoff;
  std::array<TracedObject, Handoff::kMost + 1> objects;
  for (std::size_t i = 0; i < Handoff::kMost; ++i) ASSERT_TRUE(handoff.try_give(&objects.at(i)));
  EXPECT_FALSE(handoff.try_give(&objects.back()));
  EXPECT_FALSE(handoff.give(&objects.back(), 1ms));
  std::jthread giver([&] { EXPECT_TRUE(handoff.give(&objects.back(), kForEver)); });
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(handoff.try_take(), objects.data());
  giver.join();
  for (std::size_t i = 1; i < objects.size(); ++i) EXPECT_EQ(handoff.try_take(), &objects.at(i));
}

TEST(Handoff, LetsWhoWaitsGoWhenItIsClosedAndKeepsWhatItWasGiven) {
  Handoff handoff;
  std::array<TracedObject, Handoff::kMost + 1> objects;
  for (std::size_t i = 0; i < Handoff::kMost; ++i) ASSERT_TRUE(handoff.try_give(&objects.at(i)));
  std::jthread giver([&] { EXPECT_TRUE(handoff.give(&objects.back(), kForEver)); });
  std::this_thread::sleep_for(5ms);
  handoff.close();
  giver.join();
  std::size_t taken = 0;
  while (handoff.take(kForEver) != nullptr) ++taken;
  EXPECT_EQ(taken, objects.size()) << "a take from a closed one does not wait";
}

}  // namespace
}  // namespace poolscope
