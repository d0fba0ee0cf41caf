// Who may still reach an array that pinSlow drops: others can have loaded the old local, or load it
// in the moment between the stamp and the store, and say so only later.

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/model/words.h"

namespace poolscope {
namespace {

using Names = std::vector<std::string>;

/// Events written by hand, each reduced at once.
class Stream {
 public:
  Stream() {
    SessionConfig config;
    config.procs = 2;
    config.workers = 3;
    model = initial_model(config);
  }

  Stream& add(EventKind kind, int g, std::uint32_t object = 0, std::uint32_t array = 0,
              int index = 0) {
    Event e;
    e.set_seq(model.seq + 1);
    e.time_ns = model.time_ns + 10;
    e.kind = kind;
    e.g = GId{static_cast<std::uint32_t>(g)};
    e.p = ps_[static_cast<std::size_t>(g)];
    e.object = ObjectId{object};
    e.array = ArrayId{array};
    e.index = static_cast<std::uint16_t>(index);
    reduce(model, e);
    return *this;
  }
  Stream& run(int g, int p) {
    ps_[static_cast<std::size_t>(g)] = PId{static_cast<std::uint16_t>(p)};
    add(EventKind::kGoStart, g);
    return add(EventKind::kGoRun, g);
  }
  /// GOMAXPROCS without the ceremony of a stop-the-world.
  Stream& procs(std::uint32_t n) {
    model.procs = n;
    model.ps.resize(n);
    return *this;
  }

  Model model;

 private:
  std::vector<PId> ps_ = std::vector<PId>(3);
};

/// G0 on P0 has put #1 into private of array 1 (2 places) of a pool that has grown to 3 Ps since;
/// G2 on P2 is in pinSlow and has made array 2.
Stream before_the_drop() {
  using enum EventKind;
  Stream s;
  s.run(0, 0).add(kObjectMade, 0, 1).add(kPutBegin, 0, 1).add(kPinSlow, 0);
  s.add(kAllPoolsLocked, 0).add(kAllPoolsAppend, 0).add(kArrayMade, 0, 2, 1);
  s.add(kPinned, 0, 0, 1, 0).add(kLocalStored, 0, 0, 1).add(kLocalSizeStored, 0, 2);
  s.add(kAllPoolsUnlocked, 0).add(kPrivateStore, 0, 1, 1, 0).add(kUnpinned, 0).add(kPutEnd, 0);
  s.procs(3);
  s.run(1, 1).run(2, 2).add(kGetBegin, 2).add(kPinSlow, 2).add(kAllPoolsLocked, 2);
  s.add(kArrayMade, 2, 3, 2).add(kPinned, 2, 0, 2, 2);
  EXPECT_EQ(s.model.divergences, 0U);
  return s;
}

TEST(DroppedArray, IsLostOnceTheStoreIsSureWhenNobodyCanHaveLoadedIt) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kLocalStored, 2, 0, 2);
  EXPECT_EQ(stale_names(s.model), Names{"#1"});
  EXPECT_EQ(s.model.gs[2].op.dropped_with_old, 1U);
  s.add(kLocalSizeStored, 2, 3);
  EXPECT_EQ(lost_names(s.model), Names{"#1:realloc"});
  EXPECT_EQ(s.model.arrays.size(), 1U);
  EXPECT_EQ(s.model.divergences, 0U);
}

TEST(DroppedArray, CanStillBePinnedByWhoHadLoadedItAndSaysSoLater) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kGetBegin, 0).add(kLocalStored, 2, 0, 2).add(kLocalSizeStored, 2, 3);
  EXPECT_EQ(stale_names(s.model), Names{"#1"}) << "G0 is between its begin and its pin";
  s.add(kPinned, 0, 0, 1, 0).add(kPrivateTake, 0, 1, 1, 0).add(kUnpinned, 0);
  s.add(kGetEnd, 0, 1);
  EXPECT_EQ(s.model.divergences, 0U);
  EXPECT_EQ(in_use_names(s.model), Names{"#1"});
  EXPECT_EQ(s.model.arrays.size(), 1U) << "nobody holds the old array any more";
}

TEST(DroppedArray, IsLetGoByWhoTurnsOutToHaveLoadedTheNewOne) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kGetBegin, 0).add(kLocalStored, 2, 0, 2).add(kLocalSizeStored, 2, 3);
  s.add(kPinned, 0, 0, 2, 0);
  EXPECT_EQ(lost_names(s.model), Names{"#1:realloc"});
  EXPECT_EQ(s.model.divergences, 0U);
}

TEST(DroppedArray, CanBeUsedByAWholeOperationBetweenTheStampAndTheStore) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kLocalStored, 2, 0, 2);
  s.add(kGetBegin, 0).add(kPinned, 0, 0, 1, 0).add(kPrivateTake, 0, 1, 1, 0);
  s.add(kUnpinned, 0).add(kGetEnd, 0, 1);
  EXPECT_EQ(s.model.divergences, 0U);
  EXPECT_EQ(s.model.arrays.size(), 2U) << "G2 has not shown yet that it has stored";
  s.add(kLocalSizeStored, 2, 3);
  EXPECT_EQ(s.model.arrays.size(), 1U);
  EXPECT_EQ(s.model.totals.lost_sum(), 0U);
  EXPECT_EQ(s.model.divergences, 0U);
}

TEST(DroppedArray, IsKeptForAGetSlowThatMayHaveLoadedIt) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kGetBegin, 1).add(kPinned, 1, 0, 1, 1).add(kPrivateEmpty, 1, 0, 1, 1).add(kUnpinned, 1);
  s.add(kLocked, 1, 0, 1, 1).add(kSharedEmpty, 1, 0, 1, 1).add(kUnlocked, 1, 0, 1, 1);
  s.add(kLocalStored, 2, 0, 2).add(kLocalSizeStored, 2, 3);
  s.add(kSlowLoaded, 1, 3, 2, 1);
  EXPECT_EQ(s.model.gs[1].holds.size(), 2U) << "what it pinned, and what it loaded";
  EXPECT_EQ(stale_names(s.model), Names{"#1"});
  EXPECT_EQ(s.model.divergences, 0U);
}

TEST(DroppedArray, PinnedByNobodyWhoCouldHaveItIsADivergence) {
  using enum EventKind;
  Stream s = before_the_drop();
  s.add(kLocalStored, 2, 0, 2).add(kLocalSizeStored, 2, 3);
  s.add(kGetBegin, 0).add(kPinned, 0, 0, 1, 0);
  EXPECT_EQ(s.model.divergences, 1U);
}

}  // namespace
}  // namespace poolscope
