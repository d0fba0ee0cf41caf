// What becomes of a log that also says when each Put and Get was called and when it returned.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/goimport/log_builder.h"

namespace poolscope::goimport::testing {
namespace {

using ::testing::ElementsAre;

/// A log of that level with nothing in it.
LogBuilder log_of_calls(std::uint32_t procs = 2) {
  LogBuilder log(procs);
  log.header().level = static_cast<std::uint32_t>(Level::kAll);
  return log;
}

TEST(ImportOfCalls, ACallLastsFromItsStartToItsReturnWhereTheLogHasBoth) {
  LogBuilder log = log_of_calls();
  log.add(0, 7, Kind::kCalled, kPool, kA, 1).array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kReturned, kPool, 0, 1);
  log.add(0, 8, Kind::kCalled, kPool).add(0, 8, Kind::kTake, local(0), kA);
  log.add(0, 8, Kind::kReturned, kPool);
  const Session session = sound(log);
  const std::int64_t step_ns = 10;
  EXPECT_EQ(session.time_of(EventKind::kPrivateStore) - session.time_of(EventKind::kPutBegin),
            2 * step_ns);
  EXPECT_EQ(session.time_of(EventKind::kPutEnd) - session.time_of(EventKind::kPrivateStore),
            step_ns);
  EXPECT_EQ(session.time_of(EventKind::kPrivateTake) - session.time_of(EventKind::kGetBegin),
            step_ns);
  EXPECT_EQ(session.time_of(EventKind::kGetEnd) - session.time_of(EventKind::kPrivateTake),
            step_ns);
  EXPECT_EQ(session.count(EventKind::kPutBegin), 1U);
  EXPECT_EQ(session.count(EventKind::kGetEnd), 1U);
}

TEST(ImportOfCalls, ACallMayGoOnOnAnotherPAndBeStoppedInBetween) {
  LogBuilder log = log_of_calls();
  constexpr std::uint64_t kNext = 0xb000;
  log.array(1, 8).add(1, 8, Kind::kMiss, kPool, 0, kMissWithoutNew);
  log.add(0, 7, Kind::kCalled, kPool, kA, 1);
  log.gc(1, 8,
         {check(Kind::kCheckPool, kPool, kArray, 2), check(Kind::kCheckLocal, local(0)),
          check(Kind::kCheckLocal, local(1))},
         {}, {{kPool, kArray}});
  log.add(0, 8, Kind::kCalled, kPool, kB, 1).array(0, 8, 2, kNext);
  log.add(0, 8, Kind::kStore, local(0, kNext), kB, 64);
  log.add(1, 7, Kind::kStore, local(1, kNext), kA, 64).add(0, 7, Kind::kReturned, kPool, 0, 1);
  log.add(1, 8, Kind::kReturned, kPool, 0, 1);
  const Session session = sound(log);
  EXPECT_EQ(session.end.totals.pooled, 2U);
  EXPECT_EQ(session.count(EventKind::kPutEnd), 2U);
}

TEST(ImportOfCalls, OfANewThatUsesPoolsTheGetIsToldToItsEndThoughItHasNotReturned) {
  LogBuilder log = log_of_calls();
  log.array(0, 7).add(0, 7, Kind::kCalled, kPool).add(0, 7, Kind::kMiss, kPool);
  log.add(0, 7, Kind::kCalled, kPool, kB, 1).add(0, 7, Kind::kStore, local(0), kB, 64);
  log.add(0, 7, Kind::kReturned, kPool, 0, 1).add(0, 7, Kind::kMadeNew, kPool, kA, 64);
  log.add(0, 7, Kind::kReturned, kPool);
  // New panics, and its goroutine goes on.
  log.add(0, 8, Kind::kCalled, kPool).add(0, 8, Kind::kTake, local(0), kB);
  log.add(0, 8, Kind::kReturned, kPool).add(0, 8, Kind::kCalled, kPool);
  log.add(0, 8, Kind::kMiss, kPool).add(0, 8, Kind::kCalled, kPool, kB, 1);
  log.add(0, 8, Kind::kStore, local(0), kB, 64).add(0, 8, Kind::kReturned, kPool, 0, 1);
  const Session session = sound(log);
  EXPECT_EQ(session.count(EventKind::kGetEnd), 3U);
  EXPECT_EQ(session.end.pools.front().hits.from_new, 1U);
}

TEST(ImportOfCalls, AnObjectIsOutWhenItsGetHasReturned) {
  LogBuilder log = log_of_calls();
  // Two values that share an address, as small integers do. One is out, the other about to be.
  log.array(0, 7).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(1, 8, Kind::kStore, local(1), kA, 64);
  log.add(0, 7, Kind::kCalled, kPool).add(0, 7, Kind::kTake, local(0), kA);
  log.add(0, 7, Kind::kReturned, kPool);
  log.add(1, 8, Kind::kCalled, kPool).add(1, 8, Kind::kTake, local(1), kA);
  log.add(0, 7, Kind::kCalled, kPool, kA, 1).add(0, 7, Kind::kStore, local(0), kA, 64);
  log.add(0, 7, Kind::kReturned, kPool, 0, 1).add(1, 8, Kind::kReturned, kPool);
  const Session session = sound(log);
  EXPECT_THAT(session.objects(EventKind::kPutBegin),
              ElementsAre(ObjectId{1}, ObjectId{2}, ObjectId{1}));
}

TEST(ImportOfCalls, AGoroutineThatEndsElsewhereThanItRanGivesItsPBack) {
  LogBuilder log = log_of_calls();
  log.array(0, 7).add(0, 7, Kind::kCalled, kPool).add(0, 7, Kind::kMiss, kPool);
  log.add(0, 7, Kind::kCalled, kPool, kB, 1).add(0, 7, Kind::kStore, local(0), kB, 64);
  log.add(0, 7, Kind::kReturned, kPool, 0, 1).add(1, 7, Kind::kMadeNew, kPool, kA, 64);
  log.add(1, 7, Kind::kReturned, kPool);
  EXPECT_EQ(sound(log).count(EventKind::kGoExit), 1U);
}

TEST(ImportOfCalls, ACallThatIsStillToComeHasNotPinnedTheArrayThatIsReplaced) {
  LogBuilder log = log_of_calls(1);
  log.array(0, 7, 1).add(0, 7, Kind::kCalled, kPool, kA, 1);
  log.add(0, 7, Kind::kStore, local(0), kA, 64).add(0, 7, Kind::kReturned, kPool, 0, 1);
  log.add(0, 7, Kind::kCalled, kPool);  // it pins the old array
  log.add(1, 8, Kind::kProcs, 0, 0, 2).add(1, 8, Kind::kCalled, kPool, kB, 1);
  log.array(1, 8, 2, 0xb000).add(1, 8, Kind::kStore, local(1, 0xb000), kB, 64);
  log.add(1, 8, Kind::kReturned, kPool, 0, 1).add(0, 7, Kind::kTake, local(0), kA);
  log.add(0, 7, Kind::kReturned, kPool);
  const Session session = sound(log);
  EXPECT_EQ(session.end.pools.front().hits.from_private, 1U);
  EXPECT_EQ(session.count(EventKind::kGetBegin), 1U);
}

TEST(ImportOfCalls, TheAuditSeesThatACallHasReturnedWithoutAnyRecordOfWhatItDid) {
  LogBuilder log = log_of_calls();
  log.array(0, 7).add(0, 7, Kind::kCalled, kPool, kA, 1).add(0, 7, Kind::kReturned, kPool, 0, 1);
  EXPECT_GT(imported(log).verification.divergences, 0U);
}

}  // namespace
}  // namespace poolscope::goimport::testing
