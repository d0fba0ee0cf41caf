// Goroutines by their numbers: large ones, and those that cannot be.

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

TEST(Goroutines, FarBeyondAllOthersAreTakenForDamage) {
  Model model = initial_model({});
  reduce(model, event_of(model, EventKind::kGoStart, GId{4'000'000'000}));
  EXPECT_EQ(model.divergences, 1U);
  EXPECT_LE(model.gs.size(), 64U);
}

}  // namespace
}  // namespace poolscope
