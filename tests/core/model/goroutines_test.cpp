// Goroutines by their numbers: large ones, and very many.

#include <algorithm>

#include <gtest/gtest.h>

#include "core/model/reduce.h"

namespace poolscope {
namespace {

Event event_of(const Model& model, EventKind kind, GId g) {
  Event e;
  e.set_seq(model.seq + 1);
  e.kind = kind;
  e.g = g;
  return e;
}

TEST(Goroutines, WithLargeNumbersHandObjectsOn) {
  constexpr GId kGiver{65'536 + 7};
  constexpr GId kTaker{3};
  SessionConfig config;
  config.workers = 70'000;
  Model model = initial_model(config);
  for (const GId g : {kGiver, kTaker}) reduce(model, event_of(model, EventKind::kGoStart, g));
  Event made = event_of(model, EventKind::kObjectMade, kGiver);
  made.object = ObjectId{1};
  reduce(model, made);
  Event handed = event_of(model, EventKind::kObjectHanded, kTaker);
  handed.object = ObjectId{1};
  handed.set_giver(kGiver);
  ASSERT_EQ(handed.giver(), kGiver);
  reduce(model, handed);
  EXPECT_EQ(model.divergences, 0U);
  EXPECT_TRUE(model.gs[kGiver.value].hand.empty());
  EXPECT_EQ(model.gs[kTaker.value].hand, std::vector<ObjectId>{ObjectId{1}});
}

// A million are refused one by one: that would take ten minutes if each of them looked through all
// that are known.
TEST(Goroutines, MoreThanAnySessionHasAreTakenForDamage) {
  Model model = initial_model({});
  for (std::uint32_t g = 0; g < 1'132'000; ++g) {
    reduce(model, event_of(model, EventKind::kGoStart, GId{3'000'000'000U + g}));
  }
  EXPECT_GE(model.divergences, 1'000'000U);
  EXPECT_LE(model.gs.size(), 140'000U);
}

TEST(Goroutines, AMillionThatComeAndGoTakeNoMoreRoomThanAFew) {
  SessionConfig config;
  config.procs = 4;
  config.pools = 5'000;
  Model model = initial_model(config);
  std::size_t most = 0;
  for (std::uint32_t g = 0; g < 1'000'000; ++g) {
    const std::uint16_t pool = static_cast<std::uint16_t>(g % 5'000);
    Event e = event_of(model, EventKind::kGoStart, GId{g});
    reduce(model, e);
    e = event_of(model, EventKind::kObjectMade, GId{g});
    e.object = ObjectId{g + 1};
    reduce(model, e);
    e = event_of(model, EventKind::kPutBegin, GId{g});
    e.object = ObjectId{g + 1};
    e.index = pool;
    reduce(model, e);
    e = event_of(model, EventKind::kRaceDrop, GId{g});
    e.object = ObjectId{g + 1};
    e.index = pool;
    reduce(model, e);
    reduce(model, event_of(model, EventKind::kPutEnd, GId{g}));
    reduce(model, event_of(model, EventKind::kGoExit, GId{g}));
    most = std::max(most, model.gs.size());
  }
  EXPECT_EQ(model.divergences, 0U);
  EXPECT_LE(most, 64U);
  EXPECT_EQ(model.totals.created, 1'000'000U);
  EXPECT_EQ(model.pools[4'999].drops, 200U);
}

TEST(Goroutines, ThatHoldAnObjectAreNotForgotten) {
  Model model = initial_model({});
  for (std::uint32_t g = 0; g < 1'000; ++g) {
    reduce(model, event_of(model, EventKind::kGoStart, GId{g}));
    if (g == 3) {
      Event made = event_of(model, EventKind::kObjectMade, GId{g});
      made.object = ObjectId{1};
      reduce(model, made);
    }
    reduce(model, event_of(model, EventKind::kGoExit, GId{g}));
  }
  EXPECT_LE(model.gs.size(), 65U);
  ASSERT_TRUE(model.gs.contains(GId{3}));
  EXPECT_EQ(model.gs[3].hand, std::vector<ObjectId>{ObjectId{1}});
  EXPECT_FALSE(model.gs.contains(GId{4}));
}

}  // namespace
}  // namespace poolscope
