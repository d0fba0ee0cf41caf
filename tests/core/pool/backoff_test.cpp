#include "tests/bench/backoff.h"

#include <gtest/gtest.h>

namespace poolscope::bench {
namespace {

/// How many occasions it lets pass now.
std::uint32_t passed_by(Backoff& backoff) {
  std::uint32_t count = 0;
  while (backoff.lets_pass()) ++count;
  return count;
}

TEST(Backoff, LetsTwiceAsManyPassEachTimeThatItMeetsOthersUpToItsMost) {
  Backoff backoff;
  EXPECT_EQ(passed_by(backoff), 0U);
  for (std::uint32_t expected = 1; expected < Backoff::kMost; expected *= 2) {
    backoff.met_others();
    EXPECT_EQ(passed_by(backoff), expected);
  }
  for (int i = 0; i < 2; ++i) {
    backoff.met_others();
    EXPECT_EQ(passed_by(backoff), Backoff::kMost);
  }
}

TEST(Backoff, BeginsAtOneAgainWhenItHasMetNobody) {
  Backoff backoff;
  for (int i = 0; i < 5; ++i) backoff.met_others();
  passed_by(backoff);
  backoff.met_nobody();
  EXPECT_EQ(passed_by(backoff), 0U);
  backoff.met_others();
  EXPECT_EQ(passed_by(backoff), 1U);
}

TEST(Backoff, CountsOnceAnOccasionHoweverManyItMeets) {
  Backoff backoff;
  EXPECT_FALSE(backoff.lets_pass());
  for (int i = 0; i < 3; ++i) backoff.met_others();
  backoff.met_nobody();
  EXPECT_EQ(passed_by(backoff), 1U);
  backoff.met_others();
  EXPECT_EQ(passed_by(backoff), 2U);
}

}  // namespace
}  // namespace poolscope::bench
