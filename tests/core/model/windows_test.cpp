// The windows of the classic pool: what a GC or a GOMAXPROCS change between two steps of an
// operation leads to, row by row as Go's text has it.

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/model/words.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

using ::testing::Test;
using Names = std::vector<std::string>;

class ClassicWindow : public Test {
 protected:
  void TearDown() override {
    for (const Divergence& d : v.model().divergence_list) ADD_FAILURE() << d.what;
    const Totals& t = v.model().totals;
    EXPECT_EQ(t.created, t.in_use + t.in_flight + t.pooled + t.stale + t.lost_sum());
  }

  /// Goroutine `g` fills private and shared of P p; returns what it put, in that order.
  std::vector<ObjectId> fill(int g, int p, int count) {
    std::vector<ObjectId> objects;
    for (int i = 0; i < count; ++i) {
      objects.push_back(v.make(g));
      v.put(g, objects.back(), p);
    }
    return objects;
  }
  std::string stop_name(int g) const { return std::string(step_info(v.stop_of(g)).name); }
  const GState& g(std::size_t i) const { return v.model().gs[i]; }
  const Totals& totals() const { return v.model().totals; }

  VirtualPool v{4, 4};
};

TEST_F(ClassicWindow, APinnedGoroutineIsWhatAStopTheWorldWaitsFor) {
  v.begin_put(0, v.make(0), 2);
  v.advance_to(0, Step::kPinSlowPublished);
  ASSERT_TRUE(g(0).pinned);
  EXPECT_FALSE(v.gc()) << "the virtual pool's own rule";
  // A real stop-the-world is requested while it is pinned, and told so.
  Model model = v.model();
  Event e{.kind = EventKind::kStopRequested, .time_ns = model.time_ns};
  e.set_seq(model.seq + 1);
  reduce(model, e);
  EXPECT_EQ(model.stop.waited_for, std::vector<PId>{PId{2}});
  EXPECT_EQ(model.stop.phase, StopState::Phase::kRequested);
  EXPECT_EQ(model.divergences, 0U);
}

TEST_F(ClassicWindow, APutUnpinnedBeforeAGcIsLostInTheOrphanedArray) {
  fill(0, 0, 1);
  const ObjectId late = v.make(1);
  v.begin_put(1, late, 0);
  v.advance_to(1, Step::kPutUnpinned);
  ASSERT_TRUE(v.gc());
  EXPECT_EQ(lost_names(v.model()), Names{"#1:gc"}) << "cleared at once";
  EXPECT_EQ(v.model().arrays.size(), 1U) << "the Put still holds the emptied array";
  v.advance(1);
  EXPECT_EQ(stop_name(1), "put.locked");
  v.finish(1);
  EXPECT_EQ(g(1).last_op.where, Where::kOrphan);
  EXPECT_EQ(lost_names(v.model()), (Names{"#1:gc", "#2:orphan"}));
  EXPECT_TRUE(v.model().arrays.empty()) << "nobody holds it any more";
  const LossState& loss = v.model().last_loss;
  EXPECT_EQ(loss.object, late);
  EXPECT_EQ(loss.cause, LostCause::kOrphan);
  EXPECT_EQ(loss.g, GId{1});
  EXPECT_EQ(loss.count, 1U);
}

TEST_F(ClassicWindow, APutUnpinnedBeforeAGrowIsLostToo) {
  v.resize(2);
  fill(0, 0, 1);
  v.begin_put(1, v.make(1), 0);
  v.advance_to(1, Step::kPutUnpinned);
  v.resize(4);
  fill(2, 3, 1);  // the first pin beyond localSize
  EXPECT_EQ(stale_names(v.model()), Names{"#1"}) << "the Put's operation holds the old array";
  v.finish(1);
  EXPECT_EQ(lost_names(v.model()), (Names{"#1:realloc", "#2:orphan"}));
}

TEST_F(ClassicWindow, APutThatMigratesGoesToTheOldPsShared) {
  fill(0, 0, 1);
  v.begin_put(1, v.make(1), 0);
  v.advance_to(1, Step::kPutUnpinned);
  v.finish(1, 2);
  EXPECT_TRUE(g(1).last_op.migrated);
  EXPECT_EQ(g(1).last_op.where, Where::kShared);
  EXPECT_EQ(g(1).last_op.found_at, 0);
  EXPECT_EQ(v.contents(), "#1[#2] -[] -[] -[]");
}

TEST_F(ClassicWindow, AGetUnpinnedBeforeAGcFindsTheOldShardEmptyAndCallsNew) {
  fill(0, 0, 2);
  ASSERT_EQ(v.get(1, 0), ObjectId{1});
  v.begin_get(1, 0);
  v.advance_to(1, Step::kGetUnpinned);
  v.gc();
  v.finish(1);
  EXPECT_EQ(g(1).last_op.where, Where::kNew);
  EXPECT_EQ(g(1).last_op.slow_size, 0U);
  EXPECT_TRUE(g(1).last_op.own_shared_missed);
  EXPECT_EQ(v.model().pools[0].misses, 1U);
  EXPECT_EQ(v.model().pools[0].news, 1U);
  EXPECT_EQ(lost_names(v.model()), Names{"#2:gc"});
}

TEST_F(ClassicWindow, AGetThatMigratesBeforeGetSlowStealsInTheOrderOfItsNewP) {
  fill(0, 1, 2);
  fill(2, 3, 2);
  v.begin_get(1, 0);
  v.advance_to(1, Step::kGetSlow);
  v.finish(1, 2);
  EXPECT_EQ(g(1).last_op.where, Where::kSteal);
  EXPECT_EQ(g(1).last_op.slow_pid, 2);
  EXPECT_EQ(g(1).last_op.found_at, 3) << "from P2 on, the neighbour is P3";
  EXPECT_EQ(g(1).hand, std::vector<ObjectId>{ObjectId{4}});
  EXPECT_EQ(v.model().ps[3].steals_from, 1U);
  EXPECT_EQ(v.model().ps[0].hits.from_steal, 1U) << "counted where it pinned first";
}

TEST_F(ClassicWindow, GetSlowAfterAGcScansTheEmptiedArray) {
  fill(0, 1, 2);
  v.begin_get(1, 0);
  v.advance_to(1, Step::kSlowLoaded);
  v.gc();
  v.finish(1);
  EXPECT_EQ(g(1).last_op.where, Where::kNew);
  EXPECT_EQ(g(1).last_op.probes, 4);
  EXPECT_TRUE(v.model().arrays.empty());
}

TEST_F(ClassicWindow, GetSlowAfterAGrowRescuesAnObjectFromTheDroppedArray) {
  v.resize(2);
  fill(0, 0, 2);
  v.begin_get(1, 1);
  v.advance_to(1, Step::kSlowLoaded);
  v.resize(3);
  fill(2, 2, 1);
  EXPECT_EQ(stale_names(v.model()), (Names{"#1", "#2"}));
  EXPECT_EQ(totals().stale, 2U);
  EXPECT_EQ(g(2).last_op.dropped_with_old, 2U);
  v.finish(1);
  EXPECT_EQ(g(1).last_op.where, Where::kOrphanSteal);
  EXPECT_EQ(g(1).hand, std::vector<ObjectId>{ObjectId{2}});
  EXPECT_EQ(lost_names(v.model()), Names{"#1:realloc"});
  EXPECT_EQ(totals().stale, 0U);
}

TEST_F(ClassicWindow, PinSlowReadsPidAndSizeAgainAndLosesNothing) {
  fill(0, 0, 1);
  v.gc();
  v.begin_put(1, v.make(1), 3);
  v.advance_to(1, Step::kPinSlowUnpinned);
  v.resize(2);
  v.finish(1, 1);
  EXPECT_EQ(g(1).last_op.pin_slows, 1);
  EXPECT_EQ(g(1).last_op.made_size, 2U);
  EXPECT_EQ(g(1).last_op.index, 1);
  EXPECT_EQ(v.contents(), "-[] #2[]");
}

TEST_F(ClassicWindow, BetweenLocalAndLocalSizeLowPsUseTheNewArrayAndHighOnesQueue) {
  v.resize(2);
  fill(0, 0, 1);
  v.resize(4);
  v.begin_put(1, v.make(1), 2);
  v.advance_to(1, Step::kPinSlowPublished);
  EXPECT_EQ(v.model().pools[0].local_size, 2U);
  EXPECT_EQ(lost_names(v.model()), Names{"#1:realloc"}) << "nobody could reach the old array";
  v.put(2, v.make(2), 0);
  EXPECT_EQ(g(2).last_op.array, v.model().pools[0].local);
  EXPECT_EQ(g(2).last_op.pin_slows, 0);
  v.begin_put(3, v.make(3), 3);
  v.advance(3);
  EXPECT_TRUE(g(3).waits_for_lock);
  EXPECT_FALSE(g(3).wait_array.valid()) << "allPoolsMu";
  EXPECT_EQ(v.model().all_pools_mu.holder, GId{1});
  EXPECT_EQ(v.model().all_pools_mu.waiters, std::vector<GId>{GId{3}});
  v.finish(1);
  v.finish(3);
  EXPECT_EQ(v.model().pools[0].arrays, 2U) << "the queued one finds the new array long enough";
  EXPECT_TRUE(v.model().all_pools_mu.waiters.empty());
}

TEST_F(ClassicWindow, HoldingTheMutexDoesNotStopAGc) {
  fill(0, 0, 2);
  v.begin_put(1, v.make(1), 0);
  v.advance_to(1, Step::kPutLocked);
  ASSERT_TRUE(v.gc());
  EXPECT_EQ(v.model().last_gc.dropped, 2U);
  EXPECT_EQ(v.model().last_gc.in_use, 1U) << "the object in flight is untouched";
  EXPECT_TRUE(v.model().last_gc.waited_for.empty());
  v.finish(1);
  EXPECT_EQ(lost_names(v.model()), (Names{"#1:gc", "#2:gc", "#3:orphan"}));
}

TEST_F(ClassicWindow, AShrinkLeavesTheArrayAndItsSharedCanStillBeStolen) {
  fill(0, 3, 2);
  v.resize(2);
  EXPECT_EQ(v.model().pools[0].local_size, 4U);
  EXPECT_EQ(v.model().procs, 2U);
  EXPECT_EQ(v.model().ps.size(), 4U);
  EXPECT_EQ(v.get(1, 0), ObjectId{2});
  EXPECT_EQ(g(1).last_op.where, Where::kSteal);
  EXPECT_EQ(v.contents(), "-[] -[] -[] #1[]") << "the private is stranded";
  v.gc();
  EXPECT_EQ(lost_names(v.model()), Names{"#1:gc"});
}

TEST_F(ClassicWindow, AWaiterForALockIsShownUntilItHasIt) {
  fill(0, 0, 1);
  v.begin_put(1, v.make(1), 0);
  v.advance_to(1, Step::kPutLocked);
  v.begin_put(2, v.make(2), 0);
  v.advance_to(2, Step::kPutUnpinned);
  v.advance(2);
  const LockState& lock = v.model().local_of(PoolId{0})->locals[0].lock;
  EXPECT_EQ(lock.holder, GId{1});
  EXPECT_EQ(lock.waiters, std::vector<GId>{GId{2}});
  EXPECT_TRUE(g(2).waits_for_lock);
  EXPECT_EQ(g(2).park_reason, ParkReason::kLock);
  EXPECT_EQ(task_names(v.model()), (Names{"G1@p0=put.locked", "G2@p0=local[0]"}));
  v.finish(1);
  v.finish(2);
  EXPECT_FALSE(g(2).waits_for_lock);
  EXPECT_EQ(v.contents(), "#1[#2 #3] -[] -[] -[]");
}

TEST_F(ClassicWindow, TheRaceDiceDropAnObjectBeforePin) {
  v.drop(0, v.make(0));
  EXPECT_EQ(lost_names(v.model()), Names{"#1:race-drop"});
  EXPECT_EQ(v.model().pools[0].drops, 1U);
  EXPECT_EQ(v.model().pools[0].puts, 0U);
  EXPECT_EQ(g(0).last_op.where, Where::kDropped);
}

}  // namespace
}  // namespace poolscope::testing
