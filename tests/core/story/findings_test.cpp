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

TEST_F(Found, IsThatManyObjectsAreNotPutBack) {
  gets(0, 0, GetFrom::kPrivate, 90);
  gets(0, 0, GetFrom::kNil, 10);
  puts(0, 0, 60);
  GivenOut& out = tally_.by_pool[0].out;
  out.now = 30;
  out.most = 40;
  const std::vector<Finding> found = findings_of(tally_, 1'000'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kNotPutBack);
  EXPECT_EQ(found[0].count, 30U);
  EXPECT_EQ(found[0].of, 90U);
  EXPECT_TRUE(findings_of(tally_, 1'000'000'000, {}, false).empty()) << "of a part nobody knows";
  out.least = -1;
  EXPECT_TRUE(kinds().empty()) << "one was put that no Get gave out";
  out = {.now = 19, .most = 40, .least = 0};
  EXPECT_TRUE(kinds().empty()) << "they may be in use";
}

TEST_F(Found, IsThatWhatIsPutComesFromOutside) {
  gets(0, 0, GetFrom::kPrivate, 10);
  puts(0, 0, 100);
  EXPECT_EQ(kinds(), std::vector{FindingKind::kFromOutside});
}

TEST_F(Found, IsThatOneGoroutineAloneUsesAPool) {
  gets(0, 0, GetFrom::kPrivate, 100);
  puts(0, 0, 100);
  Counts& counts = tally_.by_pool[0];
  counts.getters.add(GId{7});
  counts.putters.add(GId{7});
  const std::vector<Finding> found = findings_of(tally_, 1'000'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kOneUser);
  EXPECT_EQ(found[0].g, GId{7});
  EXPECT_EQ(found[0].of, 100U);
  EXPECT_EQ(found[0].count, 100U);
  counts.putters.add(GId{8});
  EXPECT_EQ(kinds(), std::vector{FindingKind::kOneGetter});
  counts.getters.add(GId{8});
  EXPECT_TRUE(kinds().empty()) << "several get, several put";
}

TEST_F(Found, IsThatTheObjectsOfAPoolWereInUseOneAfterTheOther) {
  gets(0, 0, GetFrom::kPrivate, 100);
  puts(0, 0, 100);
  Counts& counts = tally_.by_pool[0];
  for (const std::uint32_t g : {7U, 8U}) {
    counts.getters.add(GId{g});
    counts.putters.add(GId{g});
    counts.out.give();
    counts.out.take_back();
  }
  const std::vector<Finding> found = findings_of(tally_, 1'000'000'000);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kOneAtATime);
  EXPECT_EQ(found[0].of, 100U);
  const GivenOut before = counts.out;
  counts.out.give();
  counts.out.give();
  EXPECT_TRUE(kinds().empty()) << "two at once";
  counts.out = before;
  counts.out.take_back();
  EXPECT_TRUE(kinds().empty()) << "one was out before that nobody has seen";
}

TEST_F(Found, WhatWasOutInTwoStretchesIsWhatWasOutInBoth) {
  GivenOut first;
  first.give();
  first.give();
  first.take_back();
  GivenOut second = first;
  second.take_back();
  second.take_back();
  GivenOut both = first;
  both += second;
  EXPECT_EQ(both, (GivenOut{.now = 0, .most = 3, .least = 0}));
  GivenOut turned = second;
  turned += first;
  EXPECT_EQ(turned, (GivenOut{.now = 0, .most = 2, .least = -1}));
}

TEST_F(Found, UsersOfTwoStretchesAreThoseOfBoth) {
  Users none;
  Users one;
  one.add(GId{7});
  Users other;
  other.add(GId{8});
  EXPECT_TRUE((Users(one) += none).only(GId{7}));
  EXPECT_TRUE((Users(none) += one).only(GId{7}));
  EXPECT_TRUE((Users(one) += one).only(GId{7}));
  EXPECT_TRUE((Users(one) += other).several);
  EXPECT_FALSE(none.only(GId())) << "nobody is not a goroutine";
  EXPECT_TRUE((Users(none) += (Users(one) += other)).several);
}

TEST_F(Found, IsForWhomNewWasCalled) {
  gets(4, 0, GetFrom::kNew, 100);
  puts(4, 0, 100);
  PoolSample sample;
  sample.news = 100;
  sample.callers = {
      {"often.Got", 90, 0}, {"a.F", 0, 20}, {"b.F", 0, 70}, {"c.F", 0, 6}, {"d.F", 0, 4}};
  const auto found = findings_of(tally_, 1'000'000'000, {{4, sample}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].kind, FindingKind::kNewCallers);
  EXPECT_EQ(found[1].pool, PoolId{4});
  EXPECT_EQ(found[1].of, 100U);
  ASSERT_EQ(found[1].callers.size(), 3U) << "the first three";
  EXPECT_EQ(found[1].callers[0].function, "b.F");
  EXPECT_EQ(found[1].callers[2].function, "c.F");
  EXPECT_EQ(findings_of(tally_, 1'000'000'000, {{3, sample}}).size(), 1U) << "another pool's";
}

TEST_F(Found, AreLargeBuffersAmongSmallOnes) {
  gets(0, 0, GetFrom::kPrivate, 100);
  puts(0, 0, 100);
  PoolSample sample;
  sample.capacities = {{7, 20}, {10, 60}, {15, 15}, {19, 5}};  // up to 1 KiB, and 256 KiB
  const auto found = findings_of(tally_, 1'000'000'000, {{0, sample}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, FindingKind::kLargeBuffers);
  EXPECT_EQ(found[0].usual_bytes, 1024U);
  EXPECT_EQ(found[0].large_bytes, 32U * 1024U);
  EXPECT_EQ(found[0].count, 5U) << "those of 2^15 and more; 16 to 32 KiB are not yet large";
  EXPECT_EQ(found[0].of, 100U);
  sample.capacities.pop_back();
  EXPECT_TRUE(findings_of(tally_, 1'000'000'000, {{0, sample}}).empty());
  EXPECT_TRUE(findings_of(tally_, 1'000'000'000, {{0, PoolSample()}}).empty());
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
