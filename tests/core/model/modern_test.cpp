// The rules of the modern pool in the model: chains, thieves at the tail, the victim.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/model/dump.h"
#include "tests/support/pools/modern_story.h"

namespace poolscope::testing {
namespace {

/// P0 has one object in private and `count` in shared, in the array of two places.
struct Shelf {
  explicit Shelf(std::uint32_t count) {
    s.begin_put(0);
    array = s.make_array(0, 2);
    s.tell(EventKind::kPrivateStore, 0, 1, array, 0);
    s.end_put(0);
    // The first object is the private one; the rest go to shared.
    for (std::uint32_t i = 0, full = 0, length = 8; i < count; ++i) {
      const bool makes = i == full;
      if (makes) full += length;
      in_shared.push_back(s.push(0, array, makes ? std::exchange(length, length * 2) : 0));
    }
  }
  ModernStory s{2};
  ArrayId array;
  std::vector<std::uint32_t> in_shared;
};

TEST(ModernModel, AThiefTakesTheOldestAndTheOwnerTheNewest) {
  Shelf shelf(3);
  ModernStory& s = shelf.s;
  s.begin_steal(1, shelf.array);
  s.pop_tail(1, shelf.in_shared[0], shelf.array, 0, 0);
  s.end_get(1, shelf.in_shared[0]);
  EXPECT_EQ(s.model.gs[1].last_op.where, Where::kSteal);
  s.begin_get(0, shelf.array);
  s.tell(EventKind::kPrivateTake, 0, 1, shelf.array, 0);
  s.end_get(0, 1);
  s.begin_get(0, shelf.array);
  s.tell(EventKind::kPrivateEmpty, 0, 0, shelf.array, 0);
  s.tell(EventKind::kSharedPop, 0, shelf.in_shared[2], shelf.array, 0);
  s.end_get(0, shelf.in_shared[2]);
  EXPECT_EQ(s.model.gs[0].last_op.where, Where::kShared);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
  const DequeueState& d = s.at(shelf.array, 0).chain.at(0);
  EXPECT_EQ(d.length, 8U);
  EXPECT_EQ(d.tail, 1U);
  EXPECT_EQ(d.count, 1U);
  EXPECT_EQ(s.model.pools[0].hits.from_steal, 1U);
  EXPECT_EQ(s.model.ps[0].steals_from, 1U);
}

TEST(ModernModel, ThievesMayTellTheirPopsInAnotherOrderThanTheyWonThem) {
  Shelf shelf(4);
  ModernStory& s = shelf.s;
  const auto steal = [&](int position) {
    const std::uint32_t object = shelf.in_shared[static_cast<std::size_t>(position)];
    s.begin_steal(1, shelf.array);
    s.pop_tail(1, object, shelf.array, 0, position);
    s.end_get(1, object);
  };
  steal(2);
  steal(1);
  const DequeueState& d = s.at(shelf.array, 0).chain.at(0);
  EXPECT_EQ(d.tail, 0U);
  EXPECT_EQ(d.count, 2U);
  EXPECT_EQ(d.ahead, (std::vector<std::uint32_t>{1, 2}));
  steal(3);
  steal(0);
  EXPECT_EQ(d.tail, 4U);
  EXPECT_EQ(d.count, 0U);
  EXPECT_TRUE(d.ahead.empty());
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, APopAtAnotherPositionThanTheObjectLiesAtIsADivergence) {
  Shelf shelf(3);
  shelf.s.begin_steal(1, shelf.array);
  shelf.s.pop_tail(1, shelf.in_shared[0], shelf.array, 0, 1);
  EXPECT_NE(shelf.s.first_divergence().find("position 1"), std::string::npos);
}

TEST(ModernModel, APopAheadThatIsNeverMadeUpForIsFoundAtTheCheckpoint) {
  Shelf shelf(3);
  ModernStory& s = shelf.s;
  s.begin_steal(1, shelf.array);
  s.pop_tail(1, shelf.in_shared[1], shelf.array, 0, 1);
  s.end_get(1, shelf.in_shared[1]);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
  s.stop(StopCause::kCheck);
  s.tell(EventKind::kCheckpointPool, -1, 2, shelf.array);
  s.tell(EventKind::kCheckpointShard, -1, 1, shelf.array, 0, 1 << 1 | 1);
  EXPECT_EQ(s.model.divergences, 1U);
  EXPECT_NE(s.first_divergence().find("no event"), std::string::npos) << s.first_divergence();
}

TEST(ModernModel, SharedFoundEmptyIsNoContradictionForAPushMayNotBeSeenYet) {
  Shelf shelf(1);
  ModernStory& s = shelf.s;
  s.begin_steal(1, shelf.array);
  s.find_nothing(1, shelf.array, 2);
  s.end_get(1, 0);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
  EXPECT_EQ(s.model.pools[0].misses, 1U);
  EXPECT_EQ(s.model.pools[0].hits.nil, 1U);
}

TEST(ModernModel, AFullDequeueGetsASuccessorAndAnEmptyOneIsTakenOut) {
  Shelf shelf(9);
  ModernStory& s = shelf.s;
  ASSERT_EQ(s.at(shelf.array, 0).chain.size(), 2U);
  EXPECT_EQ(s.at(shelf.array, 0).chain[1].length, 16U);
  for (int i = 0; i < 7; ++i) {
    s.begin_steal(1, shelf.array);
    s.pop_tail(1, shelf.in_shared[static_cast<std::size_t>(i)], shelf.array, 0, i);
    s.end_get(1, shelf.in_shared[static_cast<std::size_t>(i)]);
  }
  // Whoever won the last of it is slow to tell: others see it empty and go on.
  s.begin_steal(1, shelf.array);
  s.tell(EventKind::kDequeueUnlinked, 1, 8, shelf.array, 0);
  EXPECT_TRUE(s.at(shelf.array, 0).chain[0].unlinked);
  s.pop_tail(1, shelf.in_shared[8], shelf.array, 0, 0);
  s.end_get(1, shelf.in_shared[8]);
  s.begin_steal(1, shelf.array);
  s.pop_tail(1, shelf.in_shared[7], shelf.array, 0, 7);
  s.end_get(1, shelf.in_shared[7]);
  ASSERT_EQ(s.at(shelf.array, 0).chain.size(), 1U);
  EXPECT_EQ(s.at(shelf.array, 0).chain[0].tail, 1U);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, TheHeadsDequeueIsNeverTakenOutAndAFullOneNotPushedTo) {
  Shelf shelf(8);
  shelf.s.begin_steal(1, shelf.array);
  shelf.s.tell(EventKind::kDequeueUnlinked, 1, 8, shelf.array, 0);
  EXPECT_EQ(shelf.s.model.divergences, 1U);
  shelf.s.push(0, shelf.array);
  EXPECT_EQ(shelf.s.model.divergences, 2U);
}

TEST(ModernModel, TheHeadIsItsOwnersAlone) {
  Shelf shelf(2);
  shelf.s.begin_get(1, shelf.array);
  shelf.s.tell(EventKind::kSharedPop, 1, shelf.in_shared[1], shelf.array, 0);
  EXPECT_NE(shelf.s.first_divergence().find("not pinned there"), std::string::npos);
}

TEST(ModernModel, AnObjectOutlivesOneGcInTheVictimAndNotTheSecond) {
  Shelf shelf(2);
  ModernStory& s = shelf.s;
  s.gc();
  EXPECT_EQ(s.model.totals.pooled, 3U);
  EXPECT_EQ(s.model.pools[0].victim, shelf.array);
  EXPECT_EQ(s.model.pools[0].victim_size, 2U);
  EXPECT_FALSE(s.model.pools[0].local.valid());
  EXPECT_EQ(s.model.last_gc.dropped, 0U);
  EXPECT_EQ(dump_text(s.model, {}),
            "dump\n"
            "  procs=2 allPools=[] oldPools=[A]\n"
            "  A local=nil localSize=0 victim=set victimSize=2\n"
            "  A.v[0] private=#1 shared=[#2 #3] chain=[8:2]\n"
            "  A.v[1] private=- shared=[]\n"
            "  tasks=[]\n"
            "  inuse=[] inflight=[] stale=[] lost=[]\n"
            "  created=3 in_use=0 in_flight=0 pooled=3 stale=0 dropped=0 freed=0\n"
            "end\n");
  s.gc();
  EXPECT_EQ(s.model.totals.pooled, 0U);
  EXPECT_EQ(s.model.totals.lost[static_cast<std::size_t>(LostCause::kGc)], 3U);
  EXPECT_EQ(s.model.last_gc.dropped, 3U);
  EXPECT_TRUE(s.model.arrays.empty());
  EXPECT_TRUE(s.model.old_pools.empty());
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, AGetFindsTheVictimsPrivateFirstAndThenItsShared) {
  Shelf shelf(1);
  ModernStory& s = shelf.s;
  s.gc();
  for (const bool private_first : {true, false}) {
    s.tell(EventKind::kGetBegin, 0);
    const ArrayId array = private_first ? s.make_array(0, 2) : s.model.pools[0].local;
    if (!private_first) s.pin(0, array);
    s.miss_at_home(0, array);
    s.find_nothing(0, array, 2);
    s.tell(EventKind::kVictimLoaded, 0, 2, shelf.array, 0);
    if (private_first) {
      s.tell(EventKind::kVictimPrivateTake, 0, 1, shelf.array, 0);
    } else {
      s.tell(EventKind::kVictimPrivateEmpty, 0, 0, shelf.array, 0);
      s.pop_tail(0, 2, shelf.array, 0, 0);
    }
    s.end_get(0, private_first ? 1 : 2);
    EXPECT_EQ(s.model.gs[0].last_op.where,
              private_first ? Where::kVictimPrivate : Where::kVictimSteal);
  }
  EXPECT_EQ(s.model.pools[0].hits.from_victim, 2U);
  EXPECT_EQ(s.model.ps[0].hits.from_victim, 2U);
  EXPECT_EQ(s.model.pools[0].hits.from_steal, 0U);
  EXPECT_EQ(s.model.ps[0].steals_from, 0U) << "no P was robbed";
  EXPECT_EQ(s.model.totals.pooled, 0U);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, WhoGivesTheVictimUpHasLookedEverywhere) {
  Shelf shelf(0);
  ModernStory& s = shelf.s;
  s.gc();
  s.tell(EventKind::kGetBegin, 1);
  const ArrayId array = s.make_array(1, 2);
  s.miss_at_home(1, array);
  s.find_nothing(1, array, 2);
  s.tell(EventKind::kVictimLoaded, 1, 2, shelf.array, 1);
  s.tell(EventKind::kVictimPrivateEmpty, 1, 0, shelf.array, 1);
  s.tell(EventKind::kSharedEmpty, 1, 0, shelf.array, 1);
  ModernStory too_early = s;
  too_early.tell(EventKind::kVictimSizeZeroed, 1);
  EXPECT_EQ(too_early.model.divergences, 1U);
  s.tell(EventKind::kSharedEmpty, 1, 0, shelf.array, 0);
  s.tell(EventKind::kVictimSizeZeroed, 1);
  s.end_get(1, 0);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
  EXPECT_EQ(s.model.pools[0].victim_size, 0U);
  EXPECT_EQ(s.model.pools[0].victim, shelf.array) << "the pointer stays";
  EXPECT_EQ(s.model.totals.pooled, 1U) << "P0's private: hidden, alive until the next GC";
  EXPECT_EQ(s.model.pools[0].misses, 1U);
}

TEST(ModernModel, AGrowDropsThePrimaryAndNotTheVictim) {
  Shelf shelf(1);
  ModernStory& s = shelf.s;
  s.gc();
  const std::uint32_t kept = s.begin_put(1);
  const ArrayId array = s.make_array(1, 2);
  s.tell(EventKind::kPrivateStore, 1, kept, array, 1);
  s.end_put(1);
  s.resize(1);
  s.resize(2);
  s.stop(StopCause::kResize, 3);
  s.tell(EventKind::kProcsChanged, -1, 3);
  s.start(StopCause::kResize);
  const std::uint32_t object = s.begin_put(0);
  const ArrayId grown = s.make_array(0, 3);
  s.tell(EventKind::kPrivateStore, 0, object, grown, 0);
  s.end_put(0);
  EXPECT_EQ(s.model.totals.lost[static_cast<std::size_t>(LostCause::kRealloc)], 1U);
  EXPECT_EQ(s.model.pools[0].victim, shelf.array);
  EXPECT_EQ(s.model.totals.pooled, 3U);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, ADroppedVictimIsStaleWhileAnOperationHoldsItAndLostAfterwards) {
  Shelf shelf(1);
  ModernStory& s = shelf.s;
  s.begin_steal(1, shelf.array);
  s.find_nothing(1, shelf.array, 2);
  s.tell(EventKind::kUnpinned, 1);  // before New, through two GCs
  s.gc();
  s.gc();
  EXPECT_EQ(s.model.totals.stale, 2U);
  EXPECT_EQ(s.model.totals.lost_sum(), 0U);
  s.tell(EventKind::kGetEnd, 1);
  EXPECT_EQ(s.model.totals.stale, 0U);
  EXPECT_EQ(s.model.totals.lost[static_cast<std::size_t>(LostCause::kGc)], 2U);
  EXPECT_EQ(s.model.divergences, 0U) << s.first_divergence();
}

TEST(ModernModel, TheCheckpointIsHeldAgainstDequeuesAndVictim) {
  Shelf shelf(9);
  ModernStory& s = shelf.s;
  s.gc();
  s.stop(StopCause::kCheck);
  s.tell(EventKind::kCheckpointPool, -1, 0);
  const auto tell_contents = [&](ModernStory& story, std::uint32_t size, std::uint32_t count,
                                 std::uint32_t tail) {
    story.tell(EventKind::kCheckpointVictim, -1, size, shelf.array);
    story.tell(EventKind::kCheckpointShard, -1, 1, shelf.array, 0, 2 << 1 | 1);
    story.tell(EventKind::kCheckpointDequeue, -1, count, ArrayId{tail}, 0, 3);
    story.tell(EventKind::kCheckpointDequeue, -1, 1, ArrayId{0}, 0, 4);
    CellsHash hash;
    for (const std::uint32_t object : shelf.in_shared) hash.add(ObjectId{object});
    story.tell(EventKind::kCheckpointCells, -1, 9, ArrayId{hash.value()}, 0);
    return story.model.divergences;
  };
  ModernStory wrong_size = s;
  EXPECT_EQ(tell_contents(wrong_size, 1, 8, 0), 1U);
  ModernStory wrong_count = s;
  EXPECT_EQ(tell_contents(wrong_count, 2, 7, 0), 1U);
  ModernStory wrong_tail = s;
  EXPECT_EQ(tell_contents(wrong_tail, 2, 8, 1), 1U);
  EXPECT_EQ(tell_contents(s, 2, 8, 0), 0U) << s.first_divergence();
}

TEST(ModernModel, TheDumpTellsTheChainAsTranscriptsDo) {
  const Shelf shelf(9);
  EXPECT_NE(dump_text(shelf.s.model, {})
                .find("  A local=set localSize=2 victim=nil victimSize=0\n"
                      "  A[0] private=#1 shared=[#2 #3 #4 #5 #6 #7 #8 #9 #10] chain=[8:8 16:1]\n"
                      "  A[1] private=- shared=[]\n"),
            std::string::npos)
      << dump_text(shelf.s.model, {});
  const auto json = dump_json(shelf.s.model, {});
  EXPECT_EQ(json["pools"][0]["victim"], nullptr);
  EXPECT_EQ(json["pools"][0]["places"][0]["chain"][1]["length"], 16);
  EXPECT_EQ(json["old_pools"].size(), 0U);
}

TEST(ModernModel, EventsThatMakeNoSenseAreDivergencesAndNothingElse) {
  using enum EventKind;
  for (const EventKind kind :
       {kTailPop, kDequeueMade, kDequeueUnlinked, kVictimLoaded, kVictimPrivateTake,
        kVictimPrivateEmpty, kVictimSizeZeroed, kVictimDropped, kLocalToVictim, kCheckpointVictim,
        kCheckpointDequeue, kSharedPush, kSharedPop}) {
    Shelf shelf(3);
    for (const std::uint32_t object : {0U, 2U, 77U, UINT32_MAX}) {
      for (const int index : {0, 1, 500}) {
        shelf.s.tell(kind, 1, object, shelf.array, index, 255);
        shelf.s.tell(kind, 1, object, ArrayId{9}, index);
      }
    }
    EXPECT_GT(shelf.s.model.divergences, 0U) << static_cast<int>(kind);
  }
}

}  // namespace
}  // namespace poolscope::testing
