// What the stage says of an object: which part of the sum it belongs to, and which slot of a hand
// it has.

#include "app/views/stage/scene.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/stage/spots.h"
#include "core/model/reduce.h"
#include "tests/app/views/stage/drawing.h"
#include "tests/support/model_samples.h"
#include "tests/support/sessions.h"

namespace poolscope::views {
namespace {

using intents::ConservationPart;
using namespace poolscope::testing;

constexpr std::uint32_t kAhead = 64;

TEST(PartOfObject, LightsAsManyObjectsAsTheSumCounts) {
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    const RecordedEvents session = run_session(busy_session(pool, 3), 3'000);
    Model model = initial_model(session.config);
    std::size_t most_in_flight = 0;
    for (const Event& event : session.events) {
      reduce(model, event);
      if (event.seq % 37 != 0) continue;
      std::map<ConservationPart, std::uint64_t> counted;
      // A number is given before the object is reported: one may be ahead of the count.
      for (std::uint32_t i = 1; i <= model.totals.created + kAhead; ++i) {
        ++counted[part_of_object(model, ObjectId{i})];
      }
      EXPECT_EQ(counted[ConservationPart::kInFlight], model.totals.in_flight) << event.seq;
      EXPECT_EQ(counted[ConservationPart::kInUse], model.totals.in_use) << event.seq;
      EXPECT_EQ(counted[ConservationPart::kPooled], model.totals.pooled) << event.seq;
      most_in_flight = std::max(most_in_flight, static_cast<std::size_t>(model.totals.in_flight));
    }
    EXPECT_GT(most_in_flight, 0U);
  }
}

TEST(DrawnSum, CountsWhatFliesAsInFlightAndLeavesTheWhole) {
  const Model model = calm_model(4);
  ASSERT_GT(model.totals.pooled, 1U);
  const DrawnSum rest = drawn_sum(model, {});
  EXPECT_EQ(rest, (DrawnSum{model.totals.in_use, model.totals.in_flight, model.totals.pooled,
                            model.totals.dropped()}));
  const ObjectId in_tray = model.local_of(PoolId{0})->locals[0].private_object;
  ASSERT_EQ(part_of_object(model, in_tray), ConservationPart::kPooled);
  const DrawnSum flies = drawn_sum(model, std::vector{in_tray});
  EXPECT_EQ(flies.pooled, rest.pooled - 1);
  EXPECT_EQ(flies.in_flight, rest.in_flight + 1);
  EXPECT_EQ(flies.in_use, rest.in_use);
  EXPECT_EQ(flies.dropped, rest.dropped);
}

TEST(Shelf, NamesOldArraysOnceAndHasWhatLiesInEachOfThem) {
  Model model = model_after_pin_slow();
  constexpr ArrayId kSecond{77};
  const ObjectId in_second{90};
  ArrayState second;
  second.id = kSecond;
  second.pool = PoolId{0};
  second.status = ArrayState::Status::kDropped;
  second.locals.resize(2);
  second.locals[1].private_object = in_second;
  second.held_by = {GId{5}};
  model.arrays.emplace(kSecond, second);
  testing::Drawing drawing(2560, 1080);
  drawing.at(model, Told{}, model.time_ns, [&](const Scene& scene) {
    std::map<ObjectId, int> shown;
    for (const ShelfPlace& place : scene.foot.on_shelf) ++shown[place.object];
    for (const auto& [object, times] : shown) EXPECT_EQ(times, 1) << object.value;
    const std::size_t more = model.totals.stale + 1 - shown.size();
    EXPECT_EQ(scene.foot.shelf_text,
              "2 old arrays, held by G4 G5; still in them: " + std::to_string(more) + " more");
    EXPECT_TRUE(shown.contains(in_second));
  });
}

TEST(HandSlot, HasTheNewestNearestAndTheOldestTogetherInTheLast) {
  layout::CardLayout card;
  card.hand_slots = 4;
  GState g;
  g.hand = {ObjectId{1}, ObjectId{2}, ObjectId{3}, ObjectId{4}, ObjectId{5}};
  EXPECT_EQ(hand_slot(card, g, 4), 0U);
  EXPECT_EQ(hand_slot(card, g, 3), 1U);
  EXPECT_EQ(hand_slot(card, g, 0), 3U);
  g.in_flight = ObjectId{6};
  EXPECT_EQ(hand_slot(card, g, 4), 1U) << "slot 0 is the operation's";
  EXPECT_EQ(hand_slot(card, g, 0), 3U);
  card.hand_slots = 0;
  EXPECT_EQ(hand_slot(card, g, 4), 0U);
}

}  // namespace
}  // namespace poolscope::views
