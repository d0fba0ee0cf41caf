// What becomes of the records of a log: operations, identities, GCs, and the contradictions that
// the audit is to see.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/goimport/log_builder.h"

namespace poolscope::goimport::testing {
namespace {

using ::testing::ElementsAre;

/// P0 puts A and B; P1 steals B's elder. 0: array, 1: A to private, 2: dequeue, 3: B, 4: C, 5:
/// steal.
LogBuilder steal() {
  LogBuilder log;
  log.array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kDequeueMade, kDequeue, local(0), 8);
  log.add(0, 7, Kind::kPush, kDequeue, kB, 64).add(0, 7, Kind::kPush, kDequeue, kC, 64);
  log.add(1, 8, Kind::kPopTail, kDequeue, kB, 0);
  return log;
}

/// What steal() leaves behind, as a checkpoint reports it.
std::vector<Record> contents_after_steal() {
  return {check(Kind::kCheckPool, kPool, kArray, 2), check(Kind::kCheckLocal, local(0), kA),
          check(Kind::kCheckDequeue, kDequeue, 1U << 1U, 1),
          check(Kind::kCheckItem, kDequeue, kC, 1), check(Kind::kCheckLocal, local(1))};
}

TEST(Import, CountsGetsByWhereTheyFoundTheirObject) {
  LogBuilder log = steal();
  log.add(0, 7, Kind::kTake, local(0), kA).add(0, 7, Kind::kPopHead, kDequeue, kC, 1);
  log.add(1, 8, Kind::kMiss, kPool).add(1, 8, Kind::kMadeNew, kPool, 0xc000'0400, 64);
  log.add(1, 8, Kind::kMiss, kPool, 0, kMissWithoutNew);
  const Session session = sound(log);
  ASSERT_EQ(session.end.pools.size(), 1U);
  const PoolState& pool = session.end.pools.front();
  EXPECT_EQ(pool.hits.from_private, 1U);
  EXPECT_EQ(pool.hits.from_shared, 1U);
  EXPECT_EQ(pool.hits.from_steal, 1U);
  EXPECT_EQ(pool.hits.from_new, 1U);
  EXPECT_EQ(pool.hits.nil, 1U);
  EXPECT_EQ(pool.puts, 3U);
  EXPECT_EQ(session.summary.goroutines, 2U);
  EXPECT_EQ(session.end.totals.created, 4U);
}

TEST(Import, HoldsTheCheckpointAgainstWhatTheRecordsLeadTo) {
  LogBuilder log = steal();
  log.gc(0, 7, contents_after_steal(), {}, {{kPool, kArray}});
  const Session session = sound(log);
  EXPECT_EQ(session.verification.checkpoints, 1U);
  EXPECT_EQ(session.count(EventKind::kCheckpointCells), 1U);
  EXPECT_EQ(session.end.gc_cycles, 1U);
  EXPECT_TRUE(session.end.pools.front().victim.valid());
}

TEST(Import, FindsObjectsInTheVictimAndGivesItUpWhenItIsEmpty) {
  LogBuilder log = steal();
  log.gc(0, 7, contents_after_steal(), {}, {{kPool, kArray}});
  constexpr std::uint64_t kNext = 0xb000;
  log.array(0, 7, 2, kNext).add(0, 7, Kind::kVictimTake, local(0), kA);
  log.add(1, 8, Kind::kPopTail, kDequeue, kC, 1);
  log.add(1, 8, Kind::kMiss, kPool, 0, kMissZeroedVictim | kMissWithoutNew);
  const Session session = sound(log);
  EXPECT_EQ(session.end.pools.front().hits.from_victim, 2U);
  EXPECT_EQ(session.end.pools.front().victim_size, 0U);
}

TEST(Import, AnObjectKeepsItsIdentityUntilItsAddressIsAnotherOnes) {
  LogBuilder log;
  log.array(0, 7).add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kMadeNew, kPool, kA, 64);
  log.add(0, 7, Kind::kStore, local(0), kA, 64).add(0, 7, Kind::kTake, local(0), kA);
  log.add(0, 7, Kind::kStore, local(0), kA, 64).add(0, 7, Kind::kTake, local(0), kA);
  // It is dropped by who had it, a GC frees it, and New makes another one at its address.
  log.gc(0, 7,
         {check(Kind::kCheckPool, kPool, kArray, 2), check(Kind::kCheckLocal, local(0)),
          check(Kind::kCheckLocal, local(1))},
         {}, {{kPool, kArray}});
  log.array(0, 7).add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kMadeNew, kPool, kA, 64);
  log.add(0, 7, Kind::kStore, local(0), kA, 64);
  const Session session = sound(log);
  EXPECT_THAT(session.objects(EventKind::kPrivateStore),
              ElementsAre(ObjectId{1}, ObjectId{1}, ObjectId{2}));
  EXPECT_EQ(session.summary.likely, 0U);
}

TEST(Import, CountsThePutsOfAnAddressThatWasGivenOutBeforeAGC) {
  LogBuilder log;
  log.array(0, 7).add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kMadeNew, kPool, kA, 64);
  log.gc(0, 7,
         {check(Kind::kCheckPool, kPool, kArray, 2), check(Kind::kCheckLocal, local(0)),
          check(Kind::kCheckLocal, local(1))},
         {}, {{kPool, kArray}});
  log.array(0, 7, 2, 0xb000).add(0, 7, Kind::kStore, local(0, 0xb000), kA, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.summary.likely, 1U);
  EXPECT_EQ(session.summary.puts, 1U);
}

TEST(Import, ValuesThatShareAnAddressAreManyObjects) {
  LogBuilder log;
  // The same small integer three times; a nil pointer has the address 0.
  log.array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kDequeueMade, kDequeue, local(0), 8);
  log.add(0, 7, Kind::kPush, kDequeue, kA, 64).add(0, 7, Kind::kPush, kDequeue, 0, 96);
  log.add(0, 7, Kind::kTake, local(0), kA).add(0, 7, Kind::kPopHead, kDequeue, 0, 1);
  log.add(0, 7, Kind::kPopHead, kDequeue, kA, 0);
  log.add(0, 7, Kind::kStore, local(0), kA, 64).add(0, 7, Kind::kPush, kDequeue, kA, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.end.totals.created, 3U);
  EXPECT_EQ(session.end.totals.pooled, 2U);
  EXPECT_EQ(session.end.totals.in_use, 1U);
}

TEST(Import, ShowsHowLongNewTakes) {
  LogBuilder log;
  log.array(0, 7).add(0, 7, Kind::kMiss, kPool);
  log.add(0, 9, Kind::kStore, local(0), kB, 64);  // the goroutine has lost its P meanwhile
  log.add(1, 7, Kind::kMadeNew, kPool, kA, 64);
  const Session session = sound(log);
  std::int64_t begin = 0;
  std::int64_t made = 0;
  for (const Event& event : session.events) {
    if (event.kind == EventKind::kNewBegin) begin = event.time_ns;
    if (event.kind == EventKind::kNewMade) made = event.time_ns;
  }
  EXPECT_EQ(made - begin, 20);
}

TEST(Import, ANewThatUsesPoolsItselfOrPanicsLeavesNoOperationOpen) {
  LogBuilder log;
  constexpr std::uint64_t kOther = 0x2000;
  constexpr std::uint64_t kOtherArray = 0xe000;
  log.array(0, 7).array(0, 7, 2, kOtherArray, kOther);
  log.add(0, 7, Kind::kStore, local(0, kOtherArray), kB, 64);
  log.add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kTake, local(0, kOtherArray), kB);
  log.add(0, 7, Kind::kMadeNew, kPool, kA, 64);
  log.add(0, 7, Kind::kMiss, kPool);  // New panics
  log.add(0, 7, Kind::kStore, local(0), kA, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.end.pools.front().hits.from_new, 1U);
  EXPECT_EQ(session.end.pools.front().hits.nil, 1U);
  EXPECT_THAT(session.objects(EventKind::kNewMade), ElementsAre(ObjectId{2}));
  EXPECT_EQ(session.objects(EventKind::kPutBegin).back(), ObjectId{2}) << "what New made is put";
}

TEST(Import, AnOperationMayStillUseAnArrayThatAnotherOneReplaces) {
  LogBuilder log(1);
  log.array(0, 7, 1).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(1, 8, Kind::kProcs, 0, 0, 2);
  log.array(1, 8, 2, 0xb000).add(1, 8, Kind::kStore, local(1, 0xb000), kB, 64);
  log.add(0, 7, Kind::kTake, local(0), kA);  // it had pinned the old array before
  const Session session = sound(log);
  EXPECT_EQ(session.end.pools.front().hits.from_private, 1U);
  EXPECT_EQ(session.end.procs, 2U);
  EXPECT_EQ(session.end.resizes, 1U);
}

TEST(Import, ADequeueAtTheAddressOfOneThatIsGoneIsOfTheArrayThatItIsMadeFor) {
  LogBuilder log(2);
  constexpr std::uint64_t kOther = 0x2000;
  constexpr std::uint64_t kOtherArray = 0xc000;
  constexpr std::uint64_t kSecond = 0xb000;
  // Another pool's dequeue, which is drained and collected.
  log.array(0, 7, 2, kOtherArray, kOther).add(0, 7, Kind::kStore, local(0, kOtherArray), kA, 64);
  log.add(0, 7, Kind::kDequeueMade, kDequeue, local(0, kOtherArray), 8);
  log.add(0, 7, Kind::kPush, kDequeue, kB, 64).add(0, 7, Kind::kTake, local(0, kOtherArray), kA);
  log.add(0, 7, Kind::kPopHead, kDequeue, kB, 0);
  log.array(0, 7, 2).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(1, 8, Kind::kProcs, 0, 0, 3).array(2, 9, 3, kSecond);
  log.add(2, 9, Kind::kStore, local(2, kSecond), kC, 64);
  // This Put had pinned the old array.
  log.add(0, 7, Kind::kDequeueMade, kDequeue, local(0), 8).add(0, 7, Kind::kPush, kDequeue, kB, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.end.totals.lost_sum() + session.end.totals.stale, 2U);
}

TEST(Import, AGetThatFindsPrivateEmptyThoughItIsFullHasUsedTheArrayThatIsAnnounced) {
  LogBuilder log(1);
  constexpr std::uint64_t kSecond = 0xb000;
  log.array(0, 7, 1).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(1, 8, Kind::kProcs, 0, 0, 2);
  log.array(1, 8, 2, kSecond);
  // P1 has stored its array, and its next record is still to come.
  log.add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kMadeNew, kPool, kB, 64);
  log.add(1, 8, Kind::kStore, local(1, kSecond), kC, 64);
  log.add(0, 7, Kind::kStore, local(0, kSecond), kB, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.end.totals.lost_sum() + session.end.totals.stale, 1U);
  EXPECT_EQ(session.end.local_of(PoolId{0})->locals.size(), 2U);
  EXPECT_EQ(session.end.totals.pooled, 2U);
}

TEST(Import, OfTwoArraysThatAreAnnouncedTheFirstIsThePoolsFirst) {
  LogBuilder log(1);
  constexpr std::uint64_t kSecond = 0xb000;
  constexpr std::uint64_t kThird = 0xc000;
  log.array(0, 7, 1).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(1, 8, Kind::kProcs, 0, 0, 2).array(1, 8, 2, kSecond);
  log.add(0, 7, Kind::kProcs, 0, 0, 3).array(0, 7, 3, kThird);
  log.add(2, 9, Kind::kMiss, kPool).add(2, 9, Kind::kMadeNew, kPool, kB, 64);
  log.add(0, 7, Kind::kStore, local(0, kThird), kC, 64);
  const Session session = sound(log);
  EXPECT_EQ(session.end.local_of(PoolId{0})->locals.size(), 3U);
}

TEST(Import, AnAddressThatIsAnotherArraysLaterIsNoReasonToBeginAnOperationNow) {
  LogBuilder log(2);
  constexpr std::uint64_t kSecond = 0xb000;
  log.array(0, 7, 2).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kProcs, 0, 0, 1);
  log.array(0, 7, 1, kSecond).add(0, 7, Kind::kStore, local(0, kSecond), kB, 64);
  log.gc(
      0, 7,
      {check(Kind::kCheckPool, kPool, kSecond, 1), check(Kind::kCheckLocal, local(0, kSecond), kB)},
      {}, {{kPool, kSecond}});
  log.add(0, 7, Kind::kProcs, 0, 0, 2).array(0, 7, 2);
  log.add(0, 7, Kind::kStore, local(0), kC, 64).add(0, 8, Kind::kTake, local(0), kC);
  log.add(1, 8, Kind::kStore, local(1), kC, 64);  // the first that P1 is heard of
  const Session session = sound(log);
  EXPECT_EQ(session.end.resizes, 2U);
}

TEST(Import, ForgetsGoroutinesThatAreOver) {
  LogBuilder log(1);
  log.array(0, 1, 1);
  constexpr std::uint32_t kMany = 140'000;
  for (std::uint32_t g = 1; g <= kMany; ++g) {
    log.add(0, g, Kind::kStore, local(0), kA, 64).add(0, g, Kind::kTake, local(0), kA);
  }
  const Session session = sound(log);
  EXPECT_EQ(session.summary.goroutines, kMany);
  EXPECT_LT(session.end.gs.size(), 1000U);
  EXPECT_EQ(session.count(EventKind::kGoExit), kMany);
}

TEST(Import, NamesPoolsByTheirUserAndType) {
  LogBuilder log;
  log.text(0, 7, Kind::kPoolCaller, kPool, 0, "example.com/server.(*Handler).ServeHTTP");
  log.array(0, 7).text(0, 7, Kind::kTypeName, 0, 64, "*bytes.Buffer");
  log.add(0, 7, Kind::kStore, local(0), kA, 64);
  EXPECT_THAT(sound(log).names,
              ElementsAre("in example.com/server.(*Handler).ServeHTTP (*bytes.Buffer)"));
}

TEST(Import, EndsWhereTheRecordingEndedAndSaysSo) {
  LogBuilder log = steal();
  log.header().stop_ticks = log.now() + 5;
  log.header().stop_reason = static_cast<std::uint32_t>(StopReason::kDiskFull);
  log.add(0, 7, Kind::kTake, local(0), kA);  // one that still had room
  const Session session = sound(log);
  EXPECT_EQ(session.summary.stopped, StopReason::kDiskFull);
  EXPECT_EQ(session.end.pools.front().hits.from_private, 0U);
  EXPECT_EQ(session.markers.size(), 1U);
}

TEST(Import, PassesOverDequeuesThatBelongToNoPool) {
  LogBuilder log = steal();
  constexpr std::uint64_t kForeign = 0xf000;
  log.add(0, 7, Kind::kDequeueMade, kForeign, 0x7777, 8).add(0, 7, Kind::kPush, kForeign, kA, 64);
  log.add(1, 8, Kind::kPopTail, kForeign, kA, 0);
  EXPECT_EQ(sound(log).summary.foreign, 3U);
}

TEST(Import, TheAuditSeesEachRecordThatIsLost) {
  const std::size_t all = 6;
  for (std::size_t lost = 0; lost < all; ++lost) {
    SCOPED_TRACE(lost);
    LogBuilder log = steal();
    log.gc(0, 7, contents_after_steal(), {}, {{kPool, kArray}});
    log.lose(lost);
    EXPECT_GT(imported(log).verification.divergences, 0U);
  }
}

TEST(Import, TheAuditSeesACleanupThatIsNotRecorded) {
  const std::vector<Record> empty = {check(Kind::kCheckPool, kPool, kArray + 0x1000, 2),
                                     check(Kind::kCheckLocal, local(0, kArray + 0x1000), kB),
                                     check(Kind::kCheckLocal, local(1, kArray + 0x1000))};
  for (const bool recorded : {true, false}) {
    LogBuilder log = steal();
    std::vector<Record> second = empty;
    second.push_back(check(Kind::kCheckVictim, kPool, kArray, 2));
    for (const Record& record : contents_after_steal()) {
      if (record.kind() != Kind::kCheckPool) second.push_back(record);
    }
    if (recorded) log.gc(0, 7, contents_after_steal(), {}, {{kPool, kArray}});
    log.array(0, 7, 2, kArray + 0x1000);
    log.add(0, 7, Kind::kStore, local(0, kArray + 0x1000), kB, 64);
    log.gc(0, 7, second, {kPool}, {{kPool, kArray + 0x1000}});
    EXPECT_EQ(imported(log).verification.divergences == 0, recorded);
  }
}

TEST(Import, OfAnExactOrderTakesTimesFromTheClockBetweenItsRecords) {
  LogBuilder log;
  log.header().order = static_cast<std::uint32_t>(Order::kSequence);
  log.header().start_ticks = 0;
  log.add(0, 7, Kind::kClock, 0, 5);  // 5 microseconds
  log.array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kClock, 0, 25).add(0, 7, Kind::kTake, local(0), kA);
  const Session session = sound(log);
  EXPECT_EQ(session.time_of(EventKind::kPrivateStore), 5'000 + 20'000 * 2 / 3);
  EXPECT_EQ(session.time_of(EventKind::kPrivateTake), 25'000)
      << "nothing says more after the last clock";
}

TEST(Import, SamplesWhoCallsGetAndHowLargeTheBuffersAre) {
  constexpr std::uint32_t k4KiB = 14U << kTypeBits;
  constexpr std::uint32_t k100B = 8U << kTypeBits;
  LogBuilder log;
  log.text(0, 7, Kind::kTypeName, 0, 64, "*bytes.Buffer");
  log.array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64 | k4KiB);
  log.add(0, 7, Kind::kTake, local(0), kA);
  log.text(0, 7, Kind::kFunctionName, 0, 11, "main.handle");
  log.add(0, 7, Kind::kCaller, local(0), 0, 11);
  log.add(0, 7, Kind::kMiss, kPool).add(0, 7, Kind::kMadeNew, kPool, kB, 64);
  log.text(0, 7, Kind::kFunctionName, 0, 12, "main.open");
  log.add(0, 7, Kind::kCaller, kPool, 1, 12);
  log.add(0, 7, Kind::kStore, local(0), kA, 64 | k4KiB);
  log.add(0, 7, Kind::kDequeueMade, kDequeue, local(0), 8);
  log.add(0, 7, Kind::kPush, kDequeue, kB, 64 | k100B);
  log.add(0, 7, Kind::kCaller, kPool, 1, 99);  // a function without a name says nothing
  const Session session = sound(log);
  ASSERT_EQ(session.samples.size(), 1U);
  const PoolSample& sample = session.samples.front();
  EXPECT_EQ(sample.gets, 1U);
  EXPECT_EQ(sample.news, 1U);
  EXPECT_THAT(sample.callers, ElementsAre(PoolSample::Caller{"main.open", 0, 1},
                                          PoolSample::Caller{"main.handle", 1, 0}));
  EXPECT_THAT(sample.capacities,
              ElementsAre(PoolSample::Capacity{7, 1}, PoolSample::Capacity{13, 2}));
  EXPECT_THAT(session.names, ElementsAre("at 0x1000 (*bytes.Buffer)"));
  EXPECT_TRUE(sound(steal()).samples.empty()) << "nothing was sampled";
}

}  // namespace
}  // namespace poolscope::goimport::testing
