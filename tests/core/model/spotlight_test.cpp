// The one sentence's choice, and the traffic on cache lines.

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/model/virtual_pool.h"

namespace poolscope::testing {
namespace {

using Rarity = Spotlight::Rarity;

TEST(SpotlightChoice, ShowsTheFirstFactAtOnceAndHoldsItForTwoSeconds) {
  VirtualPool v(2, 2);
  v.tick_ns = 1'000'000;
  v.put(0, v.make(0), 0);
  EXPECT_EQ(v.model().spotlight.rarity, Rarity::kPrivate);
  const std::int64_t since_ns = v.model().spotlight.since_ns;
  v.put(0, v.make(0), 0);
  v.gc();
  EXPECT_EQ(v.model().spotlight.rarity, Rarity::kPrivate);
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kGc);
  while (v.model().time_ns < since_ns + kSpotlightHold_ns) {
    EXPECT_EQ(v.model().spotlight.rarity, Rarity::kPrivate);
    v.make(1);
  }
  EXPECT_EQ(v.model().spotlight.rarity, Rarity::kGc) << "the rarest of these two seconds";
  EXPECT_EQ(v.model().spotlight.stop.dropped, 2U);
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kNothing);
}

TEST(SpotlightChoice, OfEquallyRareFactsTellsTheNewer) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kShared);
  EXPECT_EQ(v.model().spotlight_next.op.object, ObjectId{3});
  v.put(1, v.make(1), 1);
  EXPECT_EQ(v.model().spotlight_next.op.object, ObjectId{3}) << "a private hit is less rare";
}

TEST(SpotlightChoice, AStealIsRarerThanANewAndALossTheRarest) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.get(1, 1);
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kNew);
  v.put(0, v.make(0), 0);
  v.get(1, 1);
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kSteal);
  v.drop(1, v.hand(1).back());
  EXPECT_EQ(v.model().spotlight_next.rarity, Rarity::kLost);
  EXPECT_EQ(v.model().spotlight_next.lost.cause, LostCause::kRaceDrop);
  EXPECT_EQ(v.model().spotlight_next.g, GId{1});
}

std::uint64_t writes(const std::vector<LineState>& lines) {
  std::uint64_t sum = 0;
  for (const LineState& line : lines) sum += line.writes;
  return sum;
}

TEST(CacheLines, UnpaddedNeighboursShareALineAndPaddedOnesDoNot) {
  VirtualPool v(4, 4);
  v.put(0, v.make(0), 3);
  ASSERT_EQ(v.model().lines_unpadded.size(), 3U) << "4 places of 48 bytes";
  ASSERT_EQ(v.model().lines_padded.size(), 8U) << "4 places of 128 bytes";
  EXPECT_EQ(v.model().lines_unpadded[2].last_writer, PId{3}) << "private at 144";
  EXPECT_EQ(v.model().lines_padded[6].last_writer, PId{3}) << "private at 384";
  v.put(1, v.make(1), 0);
  v.put(1, v.make(1), 1);
  EXPECT_EQ(v.model().lines_unpadded[0].last_writer, PId{1}) << "private of P1 at 48";
  EXPECT_EQ(v.model().lines_unpadded[0].writer_before, PId{0});
  EXPECT_EQ(v.model().lines_unpadded[0].changes, 1U);
  for (const LineState& line : v.model().lines_padded) EXPECT_EQ(line.changes, 0U);
}

TEST(CacheLines, AMissWritesNilAndALockIsWrittenTwice) {
  VirtualPool v(1, 1);
  v.get(0, 0);  // private empty; lock, unlock; getSlow: lock, unlock of the same place
  EXPECT_EQ(writes(v.model().lines_padded), 5U);
  // shared spans bytes 16 .. 39, all in line 0.
  EXPECT_EQ(v.model().lines_padded[0].writes, 5U);
}

TEST(CacheLines, CountsChangesOfTheLastWholeSecond) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 1);  // the array; private of P1 lies in the unpadded line 0
  v.tick_ns = 1;
  while (v.model().time_ns < 1'000'000'000) {
    v.tick_ns = 10'000'000;
    v.make(0);
  }
  v.tick_ns = 1;
  const std::uint64_t before = v.model().lines_unpadded[0].changes;
  v.put(0, v.make(0), 0);
  v.get(1, 1);
  v.get(0, 0);
  const std::uint64_t changes = v.model().lines_unpadded[0].changes - before;
  EXPECT_EQ(changes, 3U);
  EXPECT_EQ(v.model().lines_unpadded[0].changes_this_second, changes);
  v.tick_ns = 1'000'000'000;
  v.put(1, v.hand(1).back(), 1);
  EXPECT_EQ(v.model().lines_unpadded[0].changes_last_second,
            v.model().lines_unpadded[0].second == 2 ? changes : 0U);
}

TEST(CacheLines, StartAnewWithTheNextArray) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  ASSERT_GT(writes(v.model().lines_unpadded), 0U);
  v.gc();
  EXPECT_TRUE(v.model().lines_unpadded.empty());
  v.put(0, v.make(0), 0);
  EXPECT_EQ(writes(v.model().lines_unpadded), 1U);
}

TEST(Moves, KeepTheNewestOldestFirst) {
  VirtualPool v(1, 1);
  for (std::uint32_t i = 0; i < 100; ++i) v.make(0);
  ASSERT_EQ(v.model().moves.size(), kMovesKept);
  EXPECT_EQ(v.model().moves.back().object, ObjectId{100});
  EXPECT_EQ(v.model().moves.front().object, ObjectId{100 - kMovesKept + 1});
  v.put(0, v.hand(0).back(), 0);
  const Move& stored = v.model().moves.back();
  EXPECT_EQ(stored.from.kind, Place::Kind::kFlight);
  EXPECT_EQ(stored.to, (Place{Place::Kind::kPrivate, ArrayId{1}, 0, 0}));
}

}  // namespace
}  // namespace poolscope::testing
