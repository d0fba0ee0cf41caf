#include "app/layout/timeline_map.h"

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/sessions.h"

namespace poolscope::layout {
namespace {

constexpr Rect kStrip{100, 10, 1000, 12};
constexpr float kGrip = 6;

Axis shown_axis(double from, double to) {
  return {.from = from, .to = to, .left_px = 100, .right_px = 1100};
}

TEST(TimelineMap, TheBoxStandsAroundWhatIsShown) {
  const TimelineMap map = timeline_map(kStrip, 0, 1000, shown_axis(200, 500), kGrip);
  EXPECT_EQ(map.box, (Rect{300, 10, 300, 12}));
  EXPECT_EQ(map.begin, (Rect{300, 10, kGrip, 12}));
  EXPECT_EQ(map.end, (Rect{600 - kGrip, 10, kGrip, 12}));
}

TEST(TimelineMap, IsAsLongAsWhatIsShownOfALiveSession) {
  const TimelineMap map = timeline_map(kStrip, 0, 1000, shown_axis(0, 2000), kGrip);
  EXPECT_EQ(map.box, kStrip);
}

TEST(TimelineMap, ANarrowBoxCanBeSeenAndGrippedInItsMiddle) {
  for (const double from : {0.0, 400.0, 999.9}) {
    const TimelineMap map = timeline_map(kStrip, 0, 1000, shown_axis(from, from + 0.1), kGrip);
    EXPECT_GE(map.box.w, kGrip);
    EXPECT_TRUE(kStrip.contains(map.box));
    EXPECT_FALSE(map.begin.overlaps(map.box));
    EXPECT_FALSE(map.end.overlaps(map.box));
  }
}

TEST(TimelineMap, AnEdgeFollowsThePointerAndDoesNotPassTheOther) {
  const Axis shown = shown_axis(200, 500);
  const TimelineMap map = timeline_map(kStrip, 0, 1000, shown, kGrip);
  EXPECT_NEAR(begin_dragged(map, shown, 200).from, 100, 1e-3);
  EXPECT_EQ(begin_dragged(map, shown, 200).to, 500);
  EXPECT_NEAR(end_dragged(map, shown, 900).to, 800, 1e-3);
  EXPECT_LT(begin_dragged(map, shown, 1000).from, 500);
  EXPECT_GT(end_dragged(map, shown, 100).to, 200);
  EXPECT_EQ(begin_dragged(map, shown, -50).from, 0) << "not before the session";
  EXPECT_EQ(end_dragged(map, shown, 5000).to, 1000) << "not behind it";
}

TEST(TimelineMap, TheBoxMovesAsAWholeAndStaysInTheSession) {
  const Axis shown = shown_axis(200, 500);
  const TimelineMap map = timeline_map(kStrip, 0, 1000, shown, kGrip);
  const MapStretch right = box_dragged(map, shown, 100);
  EXPECT_NEAR(right.from, 300, 1e-3);
  EXPECT_NEAR(right.to, 600, 1e-3);
  const MapStretch far = box_dragged(map, shown, 5000);
  EXPECT_NEAR(far.from, 700, 1e-3);
  EXPECT_NEAR(far.to, 1000, 1e-3);
  const MapStretch at = centred(map, shown, 900);
  EXPECT_NEAR((at.from + at.to) / 2, 800, 1e-3);
}

TEST(TimelineMap, ItsBarsAreTheOperationsOfTheSessionFromItsBeginningToTheLastOne) {
  using namespace poolscope::testing;
  const RecordedEvents session = run_session(busy_session(PoolKind::kClassic, 2), 20'000);
  Model model = initial_model(session.config);
  Statistics statistics;
  TimeIndex index;
  Event last =
      session.events.front();  // that ends an operation: behind it there is nothing to draw
  for (const Event& event : session.events) {
    if (event.kind == EventKind::kPutEnd || event.kind == EventKind::kGetEnd) last = event;
    reduce(model, event);
    statistics.add(event, model);
    index.add(event.seq, event.time_ns);
  }
  for (const AxisKind kind : {AxisKind::kTime, AxisKind::kStep}) {
    const Axis axis{
        .from = axis_value(kind, session.events.front().time_ns, session.events.front().seq),
        .to = axis_value(kind, session.events.back().time_ns, session.events.back().seq),
        .left_px = 100,
        .right_px = 1100};
    const std::vector<MapBar> bars = map_bars(statistics, kind, axis, index);
    ASSERT_FALSE(bars.empty());
    float right = 99;
    float most = 0;
    for (const MapBar& bar : bars) {
      EXPECT_GE(bar.x0, right - 1);
      EXPECT_GE(bar.x1, bar.x0);
      right = bar.x1;
      most = std::max(most, bar.busy);
    }
    EXPECT_EQ(most, 1);
    EXPECT_GE(right, axis.x_of(axis_value(kind, last.time_ns, last.seq)) - 1);
    EXPECT_LE(right, 1101);
  }
}

}  // namespace
}  // namespace poolscope::layout
