// What the stage says of an object: which part of the sum it belongs to, and which slot of a hand
// it has.

#include "app/views/stage/scene.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/stage/spots.h"
#include "app/views/stage/standing.h"
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

TEST(Foot, ShowsAllThatEndedGoroutinesHaveInUseWhileThereIsRoom) {
  Model model = initial_model({.procs = 2});
  const auto hold = [&](std::uint32_t g, std::uint32_t first, std::uint32_t last) {
    GState& state = model.gs[g];
    state.id = GId{g};
    for (std::uint32_t i = first; i <= last; ++i) state.hand.push_back(ObjectId{i});
  };
  hold(1, 1, 6);
  hold(2, 7, 8);
  testing::Drawing drawing(1600, 900);
  drawing.at(model, {}, 0, [](const Scene& scene) {
    std::set<float> places;
    for (std::uint32_t i = 1; i <= 8; ++i) {
      const auto at = drawn_at(scene, ObjectId{i});
      ASSERT_TRUE(at) << i;
      EXPECT_TRUE(places.insert(at->x).second) << i << " has a tile of its own";
    }
  });
  hold(3, 9, 200);
  drawing.at(model, {}, 0, [](const Scene& scene) {
    ASSERT_EQ(scene.foot.places.size(), 3U);
    const FootPlace& place = scene.foot.places.back();
    EXPECT_FALSE(place.more.empty()) << "the rest is a number";
    EXPECT_LE(place.more.right(), scene.stage.foot.right());
    EXPECT_EQ(drawn_at(scene, ObjectId{200})->x, place.held.front().center().x);
    EXPECT_EQ(drawn_at(scene, ObjectId{9})->x, place.more.center().x);
  });
}

TEST(Foot, HasRoomForTheNumberOfEachObject) {
  Model model = initial_model({.procs = 2});
  model.totals.created = 88'888;
  GState& state = model.gs[1];
  state.id = GId{1};
  for (std::uint32_t i = 88'880; i < 88'888; ++i) state.hand.push_back(ObjectId{i});
  testing::Drawing drawing(1600, 900);
  drawing.at(model, {}, 0, [](const Scene& scene) {
    const Painter painter = Painter::to_measure(scene.input);
    ASSERT_EQ(scene.foot.places.size(), 1U);
    ASSERT_FALSE(scene.foot.places.front().held.empty());
    for (const layout::Rect& tile : scene.foot.places.front().held) {
      EXPECT_GE(tile.w, painter.width_of(FontRole::kMicroStrong, "#88888") +
                            painter.px(theme::space::kThin));
    }
  });
}

class SceneOfALesson : public ::testing::Test {
 protected:
  SceneOfALesson() {
    auto lesson = script::parse_lesson(
        "variant classic\nprocs 1\npool A new\npool B new\nput p0 A a\nput p0 B b\ndump\n", "talk");
    EXPECT_TRUE(lesson) << lesson.error().message;
    status_.lesson = std::make_shared<const script::Lesson>(std::move(*lesson));
    status_.names = std::make_shared<const script::ScriptNames>();
    std::vector<PlayedLine> played(3);
    for (std::size_t i = 0; i < played.size(); ++i) {
      played[i].lines = i + 1;
      played[i].changed_state = i < 2;
    }
    status_.played = std::make_shared<const std::vector<PlayedLine>>(std::move(played));
    told_.latest.g = GId{1};
    told_.latest.op.object = ObjectId{1};
    told_.spotlight.g = GId{2};
    told_.spotlight.op.object = ObjectId{2};
    model_.pools.resize(2);
  }
  template <class Look>
  void after(std::size_t lines, const Look& look) {
    status_.shown = lines;
    drawing_.play(std::make_shared<const LessonStatus>(status_));
    drawing_.at(model_, told_, 0, look);
  }

  LessonStatus status_;
  Told told_;
  Model model_ = initial_model({.procs = 1});
  testing::Drawing drawing_{1600, 900};
};

TEST_F(SceneOfALesson, OutlinesWhatItsLineHasMovedLastAndNothingWhereItHasMovedNothing) {
  after(1, [](const Scene& scene) {
    EXPECT_TRUE(is_told(scene.input, ObjectId{1}));
    EXPECT_FALSE(is_told(scene.input, ObjectId{2}));
  });
  for (const std::size_t lines : {0U, 3U}) {
    after(lines, [](const Scene& scene) {
      EXPECT_FALSE(is_told(scene.input, ObjectId{1}));
      EXPECT_FALSE(is_told(scene.input, ObjectId{2}));
    });
  }
}

TEST_F(SceneOfALesson, ShowsThePoolOfItsLine) {
  const auto shown_after = [&](std::size_t lines) {
    PoolId shown;
    after(lines, [&](const Scene& scene) { shown = shown_pool(scene.input); });
    return shown;
  };
  EXPECT_EQ(shown_after(0), PoolId{0});
  EXPECT_EQ(shown_after(1), PoolId{0});
  EXPECT_EQ(shown_after(2), PoolId{1});
  EXPECT_EQ(shown_after(3), PoolId{1}) << "a dump names none";
}

}  // namespace
}  // namespace poolscope::views
