#include "core/story/findings.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

using FindingKind = Finding::Kind;

class Found : public ::testing::Test {
 protected:
  void gets(std::uint16_t pool, std::uint16_t p, GetFrom from, std::uint64_t n) {
    for (Counts* counts : {&tally_.all, &tally_.by_pool[pool], &tally_.by_p[p]}) {
      counts->from[static_cast<std::size_t>(from)] += n;
    }
  }
  void puts(std::uint16_t pool, std::uint16_t p, std::uint64_t n) {
    for (Counts* counts : {&tally_.all, &tally_.by_pool[pool], &tally_.by_p[p]}) {
      counts->to[static_cast<std::size_t>(PutTo::kShared)] += n;
    }
  }
  [[nodiscard]] std::vector<FindingKind> kinds() const {
    std::vector<FindingKind> kinds;
    for (const Finding& finding : findings_of(tally_, 1'000'000'000)) {
      kinds.push_back(finding.kind);
    }
    return kinds;
  }
  Tally tally_;
};

TEST_F(Found, IsNothingInAPoolThatDoesWell) {
  gets(0, 0, GetFrom::kPrivate, 1000);
  gets(0, 0, GetFrom::kNew, 3);
  puts(0, 0, 1000);
  EXPECT_TRUE(kinds().empty());
}

TEST_F(Found, IsNothingInAFewOperations) {
  gets(0, 0, GetFrom::kNew, kLeastOperations - 1);
  EXPECT_TRUE(kinds().empty());
}

TEST_F(Found, AreTheMissesOfAPoolAndThoseAfterAGc) {
  gets(2, 0, GetFrom::kPrivate, 69);
  gets(2, 0, GetFrom::kNew, 31);
  puts(2, 0, 100);
  EXPECT_EQ(kinds(), std::vector{FindingKind::kNews});
  tally_.by_pool[2].new_soon_after_gc = 30;
  tally_.gc.count = 20;
  const std::vector<Finding> found = findings_of(tally_, 1'000'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kNewsAfterGc);
  EXPECT_EQ(found[0].pool, PoolId{2});
  EXPECT_EQ(found[0].count, 31U);
  EXPECT_EQ(found[0].of, 100U);
  EXPECT_EQ(found[0].more, 30U);
  EXPECT_EQ(found[0].ns, 50'000'000);
}

TEST_F(Found, IsThatNothingIsPutBack) {
  gets(0, 0, GetFrom::kNew, 100);
  EXPECT_EQ(kinds(), (std::vector{FindingKind::kNews, FindingKind::kNeverPutBack}));
}

TEST_F(Found, IsThatWhatIsPutComesFromOutside) {
  gets(0, 0, GetFrom::kPrivate, 10);
  puts(0, 0, 100);
  EXPECT_EQ(kinds(), std::vector{FindingKind::kFromOutside});
}

TEST_F(Found, AreTheStealsOfAPAndWhereThePutsAre) {
  gets(0, 3, GetFrom::kSteal, 88);
  gets(0, 3, GetFrom::kPrivate, 12);
  puts(0, 0, 90);
  puts(0, 1, 10);
  const std::vector<Finding> found = findings_of(tally_, 1'000'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kStealsFrom);
  EXPECT_EQ(found[0].p, PId{3});
  EXPECT_EQ(found[0].other, PId{0});
  EXPECT_EQ(found[0].more, 90U);
  EXPECT_EQ(found[0].all, 100U);
  puts(0, 3, 95);
  EXPECT_EQ(kinds(), std::vector{FindingKind::kStealsOn});
}

TEST_F(Found, AreLossesAndWaits) {
  tally_.all.dropped_by_gc = 7;
  tally_.gc.count = 2;
  tally_.all.dropped_by_grow = 3;
  tally_.all.to[static_cast<std::size_t>(PutTo::kDroppedArray)] = 1;
  tally_.all.lock_waits = 9;
  tally_.all.lock_wait_ns = 20'000'000;
  StopRecord stop;
  stop.wait_ns = 5'000'000;
  stop.waited_for = {PId{1}};
  tally_.gc.longest_wait = stop;
  EXPECT_EQ(kinds(),
            (std::vector{FindingKind::kGcDropped, FindingKind::kGrowDropped, FindingKind::kOrphaned,
                         FindingKind::kLockWaits, FindingKind::kStopWaited}));
}

}  // namespace
}  // namespace poolscope
