#include "app/layout/timeline.h"

#include <gtest/gtest.h>

#include "app/layout/timeline_axis.h"

namespace poolscope::layout {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMs = 1'000'000;

using Kind = Span::Kind;

Span span_of(Kind kind, std::int64_t begin_ns, std::int64_t end_ns) {
  Span span;
  span.kind = kind;
  span.kinds = static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
  span.begin_ns = begin_ns;
  span.end_ns = end_ns;
  span.begin_seq = static_cast<std::uint64_t>(begin_ns / 10);
  span.end_seq = static_cast<std::uint64_t>(end_ns / 10);
  span.kind_ns = end_ns - begin_ns;
  span.busy_ns = kind == Kind::kUser ? 0 : span.kind_ns;
  return span;
}

Axis axis_of(double from, double to, float left_px, float right_px) {
  Axis axis;
  axis.from = from;
  axis.to = to;
  axis.left_px = left_px;
  axis.right_px = right_px;
  return axis;
}

// --- what is shown --------------------------------------------------------------------------

TEST(ShownRange, AReplayShowsTheWholeSession) {
  const SessionTimes replay{.first_ns = 0, .last_ns = 90, .playhead_ns = 10, .live = false};
  EXPECT_EQ(
      shown_range({}, {.first_ns = 5, .last_ns = 7 * kSecond, .playhead_ns = 9, .live = false}),
      (TimeRange{5, 7 * kSecond}));
  EXPECT_EQ(shown_range({}, replay).span_ns(), kShortestSpan_ns) << "never empty";
}

TEST(ShownRange, ALiveSessionFillsTheRangeFirstAndThenFollows) {
  EXPECT_EQ(shown_range({}, {0, 4 * kSecond, 4 * kSecond, true}), (TimeRange{0, 10 * kSecond}));
  EXPECT_EQ(shown_range({}, {0, 12 * kSecond, 12 * kSecond, true}), (TimeRange{0, 20 * kSecond}));
  EXPECT_EQ(shown_range({}, {0, 25 * kSecond, 25 * kSecond, true}), (TimeRange{0, 30 * kSecond}));
  const TimeRange later = shown_range({}, {0, 100 * kSecond, 100 * kSecond, true});
  EXPECT_EQ(later.span_ns(), kLiveSpan_ns);
  const double part =
      static_cast<double>(100 * kSecond - later.begin_ns) / static_cast<double>(later.span_ns());
  EXPECT_NEAR(part, 1 - kLead, 1e-9) << "now stands a little left of the right end";
}

TEST(ShownRange, LookingAtThePastDoesNotMoveItUntilThePlayheadWouldLeave) {
  const TimeRange now = shown_range({}, {0, 100 * kSecond, 100 * kSecond, true});
  EXPECT_EQ(shown_range({}, {0, 100 * kSecond, 80 * kSecond, true}), now);
  const TimeRange past = shown_range({}, {0, 100 * kSecond, 20 * kSecond, true});
  EXPECT_EQ(past.begin_ns, 20 * kSecond);
  EXPECT_EQ(past.span_ns(), kLiveSpan_ns);
}

TEST(ShownRange, AReplayTurnsPagesAfterThePlayhead) {
  const TimelineChoice choice{.span_ns = 10, .begin_ns = 100, .follows = true};
  const auto begin_at = [&choice](std::int64_t playhead_ns) {
    return shown_range(choice, {0, 1'000, playhead_ns, false}).begin_ns;
  };
  EXPECT_EQ(begin_at(100), 100);
  EXPECT_EQ(begin_at(109), 100);
  EXPECT_EQ(begin_at(110), 110);
  EXPECT_EQ(begin_at(135), 130);
  EXPECT_EQ(begin_at(99), 90);
}

TEST(TimelineRows, ThePsThatRunHaveARowAndOfTheOthersThoseThatDidSomethingInWhatIsShown) {
  std::vector<std::vector<Span>> lanes(7);
  lanes[0] = {span_of(Kind::kPut, 0, 100)};
  lanes[4] = {span_of(Kind::kHit, 10, 20)};
  lanes[6] = {span_of(Kind::kHit, 10, 20), span_of(Kind::kNew, 50, 60)};
  EXPECT_EQ(rows_of(lanes, 2, {0, 100}), (std::vector<std::size_t>{0, 1, 4, 6}));
  EXPECT_EQ(rows_of(lanes, 2, {25, 100}), (std::vector<std::size_t>{0, 1, 6}));
  EXPECT_EQ(rows_of(lanes, 2, {25, 50}), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(rows_of(lanes, 7, {60, 100}).size(), 7U);
  EXPECT_EQ(rows_of({}, 3, {0, 1}), (std::vector<std::size_t>{0, 1, 2})) << "nothing has been yet";
  Span open = span_of(Kind::kUser, 70, 80);
  open.end_ns = Span::kOpen;
  lanes[5] = {open};
  EXPECT_EQ(rows_of(lanes, 2, {90, 100}), (std::vector<std::size_t>{0, 1, 5}));
}

TEST(TimelineRows, APThatRanBeforeThePlayheadIsGoneAndOneOfLaterIsNot) {
  const std::vector<Span> lane = {span_of(Kind::kHit, 10, 20)};
  EXPECT_TRUE(is_gone(lane, 30));
  EXPECT_FALSE(is_gone(lane, 5)) << "it is yet to come";
  EXPECT_FALSE(is_gone({}, 5));
}

TEST(Zoom, KeepsThePlaceUnderTheMouse) {
  const SessionTimes replay{0, 1'000'000, 300'000, false};
  const TimelineChoice choice = zoomed({}, replay, 4, 200'000);
  EXPECT_EQ(choice.span_ns, 250'000);
  EXPECT_EQ(choice.begin_ns, 150'000) << "200,000 stays at a fifth";
  EXPECT_TRUE(choice.follows) << "the playhead is in it";
  EXPECT_EQ(shown_range(choice, replay), (TimeRange{150'000, 400'000}));
  EXPECT_FALSE(zoomed({}, replay, 100, 900'000).follows) << "the playhead is not in it";
}

TEST(Zoom, EndsAtTheWholeSessionAndAtTheShortestSpan) {
  const SessionTimes replay{0, 1'000'000, 300'000, false};
  const TimelineChoice in = zoomed({}, replay, 1e9, 500'000);
  EXPECT_EQ(in.span_ns, kShortestSpan_ns);
  EXPECT_EQ(zoomed(in, replay, 1e-9, 500'000), TimelineChoice{});
}

TEST(Zoom, OfALiveSessionThatFollowsKeepsNowAtTheRight) {
  const SessionTimes live{0, 100 * kSecond, 100 * kSecond, true};
  const TimelineChoice choice = zoomed({}, live, 10, 75 * kSecond);
  EXPECT_TRUE(choice.follows);
  const TimeRange range = shown_range(choice, live);
  EXPECT_EQ(range.span_ns(), kLiveSpan_ns / 10);
  EXPECT_TRUE(range.contains(100 * kSecond));
}

TEST(Hold, KeepsALiveRangeWhereItIsWhileTheSessionRunsOn) {
  const SessionTimes now{0, 100 * kSecond, 80 * kSecond, true};
  const SessionTimes later{0, 140 * kSecond, 75 * kSecond, true};
  const TimelineChoice choice = held({}, now);
  EXPECT_EQ(shown_range(choice, later), shown_range({}, now));
  EXPECT_NE(shown_range({}, later), shown_range({}, now));
  const SessionTimes replay{0, 100 * kSecond, 80 * kSecond, false};
  EXPECT_EQ(held({}, replay), TimelineChoice{}) << "a replay does not move by itself";
}

TEST(Pan, MovesAndStopsAtTheEnds) {
  const SessionTimes replay{0, 1'000, 500, false};
  const TimelineChoice choice{.span_ns = 100, .begin_ns = 400, .follows = true};
  EXPECT_EQ(panned(choice, replay, 30).begin_ns, 530) << "page 500, and 30 more";
  EXPECT_FALSE(panned(choice, replay, 30).follows);
  EXPECT_EQ(panned(choice, replay, 1'000'000).begin_ns, 900);
  EXPECT_EQ(panned(choice, replay, -1'000'000).begin_ns, 0);
}

// --- the axis -------------------------------------------------------------------------------

TEST(Stretch, OfALiveSessionIsFollowedWhereItsEndIsShown) {
  const SessionTimes live{0, 100 * kSecond, 100 * kSecond, true};
  EXPECT_TRUE(chosen_stretch(live, {80 * kSecond, 100 * kSecond}).follows);
  const TimelineChoice past = chosen_stretch(live, {10 * kSecond, 20 * kSecond});
  EXPECT_FALSE(past.follows);
  EXPECT_EQ(shown_range(past, live), (TimeRange{10 * kSecond, 20 * kSecond}));
}

TEST(Stretch, StaysInTheSessionAndIsNeverEmpty) {
  const SessionTimes replay{0, 100 * kSecond, 5 * kSecond, false};
  EXPECT_EQ(shown_range(chosen_stretch(replay, {-10 * kSecond, 20 * kSecond}), replay),
            (TimeRange{0, 30 * kSecond}));
  EXPECT_EQ(chosen_stretch(replay, {50, 50}).span_ns, kShortestSpan_ns);
  EXPECT_EQ(chosen_stretch(replay, {0, 100 * kSecond}), TimelineChoice{}) << "all of it";
}

TEST(Axis, GoesFromValuesToPixelsAndBack) {
  const Axis axis = axis_of(1'000, 3'000, 100, 500);
  EXPECT_FLOAT_EQ(axis.x_of(1'000), 100);
  EXPECT_FLOAT_EQ(axis.x_of(2'000), 300);
  EXPECT_FLOAT_EQ(axis.x_of(3'000), 500);
  EXPECT_DOUBLE_EQ(axis.value_at(300), 2'000);
  EXPECT_DOUBLE_EQ(axis.value_at(0), 500) << "left of the plot a drag goes on";
  EXPECT_DOUBLE_EQ(axis.per_px(), 5);
}

TEST(Axis, ByStepEachEventHasTheSameWidth) {
  TimeIndex index;
  index.add(1, 10);
  index.add(2, 1'000);
  index.add(3, 1'010);
  const Rect plot{0, 0, 200, 50};
  const Axis axis = timeline_axis(AxisKind::kStep, {10, 1'010}, index, 1'010, plot);
  EXPECT_FLOAT_EQ(axis.x_of(1), 0);
  EXPECT_FLOAT_EQ(axis.x_of(2), 100);
  EXPECT_FLOAT_EQ(axis.x_of(3), 200);
}

TEST(Axis, ByStepLeavesRoomForWhatIsToCome) {
  TimeIndex index;
  for (std::uint64_t seq = 1; seq <= 100; ++seq)
    index.add(seq, static_cast<std::int64_t>(seq) * 10);
  const Axis axis = timeline_axis(AxisKind::kStep, {10, 1'990}, index, 1'000, {0, 0, 200, 50});
  EXPECT_NEAR(axis.x_of(100), 100, 1) << "half of the range is in the future";
}

TEST(NiceStep, IsOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_DOUBLE_EQ(nice_step(0.3), 1);
  EXPECT_DOUBLE_EQ(nice_step(1), 1);
  EXPECT_DOUBLE_EQ(nice_step(1.01), 2);
  EXPECT_DOUBLE_EQ(nice_step(3), 5);
  EXPECT_DOUBLE_EQ(nice_step(6), 10);
  EXPECT_DOUBLE_EQ(nice_step(240'000), 500'000);
}

TEST(NiceStep, OfTimesGoesByTheClockFromTenSecondsOn) {
  const auto seconds = [](double s) { return nice_time_step(s * 1e9) / 1e9; };
  EXPECT_DOUBLE_EQ(seconds(0.003), 0.005);
  EXPECT_DOUBLE_EQ(seconds(9), 10);
  EXPECT_DOUBLE_EQ(seconds(11), 15);
  EXPECT_DOUBLE_EQ(seconds(31), 60);
  EXPECT_DOUBLE_EQ(seconds(1'000), 1'800);
  EXPECT_DOUBLE_EQ(seconds(4'000), 7'200);
}

TEST(Ticks, AreTheMultiplesWithinTheAxis) {
  EXPECT_EQ(ticks_of(axis_of(3, 21, 0, 1), 5), (std::vector<double>{5, 10, 15, 20}));
  EXPECT_EQ(ticks_of(axis_of(-5, 5, 0, 1), 5), (std::vector<double>{-5, 0, 5}));
  EXPECT_TRUE(ticks_of(axis_of(6, 9, 0, 1), 5).empty());
  EXPECT_EQ(ticks_of(axis_of(3, 21, 0, 1), 5, 7), (std::vector<double>{7, 12, 17}))
      << "counted from an origin";
}

TEST(FormatTime, OfTenHoursHasHours) {
  const std::int64_t scale = 36'000 * kSecond;
  EXPECT_EQ(format_time(3'725 * kSecond, kSecond, scale), "1:02:05");
  EXPECT_EQ(format_time(0, kSecond, scale), "0:00:00");
  EXPECT_EQ(format_time(125 * kSecond, kSecond, 600 * kSecond), "2:05");
}

TEST(FormatTime, TakesTheUnitOfTheScaleAndTheDecimalsOfTheResolution) {
  EXPECT_EQ(format_time(5 * kMs, kMs, 15 * kMs), "5 ms");
  EXPECT_EQ(format_time(12'480'000, 1'000, 15 * kMs), "12.480 ms");
  EXPECT_EQ(format_time(0, 5 * kSecond, 30 * kSecond), "0 s");
  EXPECT_EQ(format_time(3'200 * kMs, 100 * kMs, 30 * kSecond), "3.2 s");
  EXPECT_EQ(format_time(3'200, 100, 9'000), "3.2 µs");
  EXPECT_EQ(format_time(125 * kSecond, kSecond, 300 * kSecond), "2:05");
  EXPECT_EQ(format_time(125'500 * kMs, 100 * kMs, 300 * kSecond), "2:05.5");
  EXPECT_EQ(format_time(59'960 * kMs, 100 * kMs, 300 * kSecond), "0:59.9") << "not yet 1:00";
  EXPECT_EQ(format_time(300 * kMs, 200 * kMs, 2 * kSecond), "0.3 s");
  EXPECT_EQ(format_time(-5, kMs, kSecond), "0.000 s");
}

TEST(PlaceLabels, TheImportantOnesStandAndNoTwoTouch) {
  const std::vector<LabelWish> wishes = {
      {.x = 0, .w = 30, .rank = 2},   // a tick
      {.x = 20, .w = 30, .rank = 1},  // a mark over it
      {.x = 60, .w = 30, .rank = 2},  // a tick beside
      {.x = 85, .w = 40, .rank = 0},  // the pill
      {.x = 130, .w = 10, .rank = 2},
  };
  using Places = std::vector<std::optional<float>>;
  EXPECT_EQ(place_labels(wishes, 4), (Places{std::nullopt, 20.0F, std::nullopt, 85.0F, 130.0F}));
}

TEST(PlaceLabels, OfEqualOnesTheFirstStandsAndTheOtherMayTakeItsSecondPlace) {
  using Places = std::vector<std::optional<float>>;
  EXPECT_EQ(place_labels({{.x = 0, .w = 10}, {.x = 5, .w = 10}, {.x = 14, .w = 10}}, 4),
            (Places{0.0F, std::nullopt, 14.0F}));
  EXPECT_EQ(place_labels({{.x = 20, .w = 10}, {.x = 25, .w = 10, .else_x = 5.0F}}, 4),
            (Places{20.0F, 5.0F}));
}

TEST(PlaceLabels, NoneLiesOverTheSignOfAnotherOneButThePillDoes) {
  using Places = std::vector<std::optional<float>>;
  const std::vector<RulerSign> signs = {{.x = 50, .w = 10}, {.x = 100, .w = 10}};
  const std::vector<LabelWish> wishes = {
      {.x = 90, .w = 30, .rank = 0},                                       // the pill
      {.x = 45, .w = 30, .rank = 1, .else_x = 25.0F, .own_sign = 50.0F},   // beside its own sign
      {.x = 20, .w = 27, .rank = 2},                                       // runs into a sign
      {.x = 95, .w = 40, .rank = 1, .else_x = 140.0F, .own_sign = 100.0F}  // under the pill
  };
  EXPECT_EQ(place_labels(wishes, 4, signs), (Places{90.0F, 45.0F, std::nullopt, 140.0F}));
}

// --- rows -----------------------------------------------------------------------------------

TEST(TimelineLayout, HasARowForEachPWhileTheyFit) {
  const Rect panel{12, 690, 1576, 196};
  const theme::Sizes sizes = theme::sizes_of(theme::LayoutKind::kWorkbench, 900, 1);
  const theme::FontSpecs fonts = theme::font_specs(theme::LayoutKind::kWorkbench, 900, 1);
  for (const std::size_t lanes : {1U, 4U, 8U, 16U}) {
    const TimelineLayout at = timeline_layout(panel, lanes, 0, sizes, fonts);
    EXPECT_EQ(at.first, 0U);
    EXPECT_EQ(at.count, lanes);
    EXPECT_TRUE(panel.contains(at.row(lanes - 1)));
    EXPECT_LE(at.bar_h, at.row_h);
    EXPECT_FALSE(at.ruler.overlaps(at.plot));
    EXPECT_FALSE(at.heading.overlaps(at.ruler));
  }
}

TEST(TimelineLayout, HasAMapOverTheRulerThatTakesNoPsRow) {
  const theme::LayoutKind kind = theme::LayoutKind::kWorkbench;
  const theme::Sizes sizes = theme::sizes_of(kind, 900, 1);
  const theme::FontSpecs fonts = theme::font_specs(kind, 900, 1);
  bool left_out = false;
  for (std::size_t lanes = 1; lanes <= 256; ++lanes) {
    const Rect panel{12, 690, 1576, 196};
    const TimelineLayout at = timeline_layout(panel, lanes, 0, sizes, fonts);
    const TimelineLayout unclicked = timeline_layout(panel, lanes, 0, sizes, fonts, false);
    EXPECT_TRUE(unclicked.map.empty());
    if (unclicked.count == lanes) {
      EXPECT_EQ(at.count, lanes) << "the map has taken a row";
    }
    left_out = left_out || at.map.empty();
    if (at.map.empty()) continue;
    EXPECT_TRUE(panel.contains(at.map));
    EXPECT_EQ(at.map.x, at.plot.x);
    EXPECT_EQ(at.map.w, at.plot.w);
    EXPECT_LE(at.heading.bottom(), at.map.y);
    EXPECT_LE(at.map.bottom(), at.ruler.y);
  }
  EXPECT_TRUE(left_out) << "where all rows just fit it has no room";
}

TEST(TimelineLayout, TurnsToThePInFocusWhenThereAreTooMany) {
  const Rect panel{12, 690, 1576, 196};
  const theme::Sizes sizes = theme::sizes_of(theme::LayoutKind::kWorkbench, 900, 1);
  const theme::FontSpecs fonts = theme::font_specs(theme::LayoutKind::kWorkbench, 900, 1);
  for (const std::size_t focus : {0U, 77U, 200U, 255U, 400U}) {
    const TimelineLayout at = timeline_layout(panel, 256, focus, sizes, fonts);
    EXPECT_LE(at.first, std::min<std::size_t>(focus, 255));
    EXPECT_GT(at.first + at.count, std::min<std::size_t>(focus, 255));
    EXPECT_LE(at.first + at.count, 256U);
    EXPECT_GE(at.row_h, sizes.timeline_row_h);
    EXPECT_TRUE(panel.contains(at.row(at.count - 1)));
  }
}

// --- bars -----------------------------------------------------------------------------------

TEST(TimelineLayout, OfALowPanelHasNoHeadingAndAllRows) {
  const theme::LayoutKind kind = theme::LayoutKind::kLecture;
  const theme::Sizes sizes = theme::sizes_of(kind, 900, 1);
  const theme::FontSpecs fonts = theme::font_specs(kind, 900, 1);
  for (const std::size_t lanes : {4U, 8U, 12U}) {
    for (const bool clicked : {false, true}) {
      const Rect panel{0, 0, 1400, 110};
      const TimelineLayout at = timeline_layout(panel, lanes, 0, sizes, fonts, clicked);
      EXPECT_TRUE(at.heading.empty());
      EXPECT_EQ(at.count, lanes);
      EXPECT_EQ(at.switches.empty(), !clicked);
      EXPECT_FALSE(at.switches.overlaps(at.plot));
      EXPECT_FALSE(at.switches.overlaps(at.ruler));
      for (std::size_t i = 0; i < at.count; ++i) {
        EXPECT_TRUE(at.plot.contains(at.row(i).inset(0, 0.5F)));
      }
    }
  }
  const TimelineLayout many = timeline_layout({0, 0, 1400, 110}, 64, 0, sizes, fonts);
  EXPECT_FALSE(many.heading.empty()) << "its pages are turned there";
}

TEST(TimelineLayout, NamesTheRowInFocusAndNoneBesideIt) {
  TimelineLayout at;
  at.count = 8;
  at.name_every = 3;
  for (std::size_t focused = 0; focused < at.count; ++focused) {
    EXPECT_TRUE(is_named(at, focused, focused));
    for (std::size_t i = 0; i < at.count; ++i) {
      const std::size_t apart = i > focused ? i - focused : focused - i;
      EXPECT_EQ(is_named(at, i, focused), apart % 3 == 0) << i << " with " << focused;
    }
  }
}

TEST(Bars, ASpanStandsWhereItsTimesAre) {
  const std::vector<Span> lane = {span_of(Kind::kHit, 100, 200), span_of(Kind::kUser, 200, 400),
                                  span_of(Kind::kNew, 500, 600)};
  const std::vector<Bar> bars = bars_of(lane, AxisKind::kTime, axis_of(0, 1'000, 0, 1'000), 0, 3);
  ASSERT_EQ(bars.size(), 3U);
  EXPECT_FLOAT_EQ(bars[0].x0, 100);
  EXPECT_FLOAT_EQ(bars[0].x1, 200);
  EXPECT_EQ(bars[0].kind, Kind::kHit);
  EXPECT_FLOAT_EQ(bars[0].busy, 1);
  EXPECT_EQ(bars[0].single, &lane[0]);
  EXPECT_FLOAT_EQ(bars[1].busy, 0);
  EXPECT_FLOAT_EQ(bars[2].x0, 500);
}

TEST(Bars, AreCutAtTheEndsOfTheAxis) {
  const std::vector<Span> lane = {span_of(Kind::kHit, 0, 100), span_of(Kind::kHit, 150, 400),
                                  span_of(Kind::kHit, 700, 1'200),
                                  span_of(Kind::kHit, 1'300, 1'400)};
  const std::vector<Bar> bars = bars_of(lane, AxisKind::kTime, axis_of(200, 1'000, 50, 130), 0, 3);
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_FLOAT_EQ(bars[0].x0, 50);
  EXPECT_FLOAT_EQ(bars[0].x1, 70);
  EXPECT_FLOAT_EQ(bars[1].x0, 100);
  EXPECT_FLOAT_EQ(bars[1].x1, 130);
}

TEST(Bars, AnOpenSpanReachesToNow) {
  std::vector<Span> lane = {span_of(Kind::kGet, 100, 200)};
  lane[0].end_ns = Span::kOpen;
  lane[0].end_seq = 0;
  const Axis by_time = axis_of(0, 1'000, 0, 1'000);
  EXPECT_FLOAT_EQ(bars_of(lane, AxisKind::kTime, by_time, 640, 3).at(0).x1, 640);
  EXPECT_FLOAT_EQ(bars_of(lane, AxisKind::kStep, axis_of(0, 100, 0, 1'000), 64, 3).at(0).x1, 640);
}

TEST(Bars, NarrowSpansArePiledUpUnderTheKindThatTakesMost) {
  std::vector<Span> lane;
  for (std::int64_t t = 0; t < 1'000; t += 10) {
    lane.push_back(span_of(t == 500 ? Kind::kSteal : Kind::kHit, t, t + 6));
    lane.push_back(span_of(Kind::kUser, t + 6, t + 10));
  }
  const std::vector<Bar> bars = bars_of(lane, AxisKind::kTime, axis_of(0, 1'000, 0, 100), 0, 4);
  EXPECT_LE(bars.size(), 25U);
  EXPECT_GE(bars.size(), 20U);
  for (const Bar& bar : bars) {
    EXPECT_EQ(bar.kind, Kind::kHit);
    EXPECT_NEAR(bar.busy, 0.6, 0.11);
    EXPECT_EQ(bar.single, nullptr);
  }
}

TEST(Bars, NeverOverlapAndAreBoundedByTheWidthWhateverThereIs) {
  std::vector<Span> lane;
  std::uint32_t dice = 12'345;
  std::int64_t t = 0;
  while (lane.size() < 20'000) {
    dice = dice * 1'664'525U + 1'013'904'223U;
    const std::int64_t length = (dice >> 24) < 250 ? (dice >> 8) % 40 : (dice >> 8) % 9'000;
    lane.push_back(span_of(static_cast<Kind>((dice >> 5) % 8), t, t + length));
    t += length + (dice >> 16) % 30;
  }
  for (const float width : {300.0F, 1'500.0F, 90'000.0F}) {
    const Axis axis = axis_of(0, static_cast<double>(t), 10, 10 + width);
    const std::vector<Bar> bars = bars_of(lane, AxisKind::kTime, axis, 0, 3);
    ASSERT_FALSE(bars.empty());
    EXPECT_LE(static_cast<float>(bars.size()), width / 3 + 2);
    for (std::size_t i = 1; i < bars.size(); ++i) {
      ASSERT_GE(bars[i].x0, bars[i - 1].x1 - 0.01F) << "bar " << i << " of " << width;
      ASSERT_GE(bars[i].x1 - bars[i].x0, 2.9F) << "bar " << i << " of " << width;
    }
  }
}

TEST(Bars, ASummedSpanIsAsBusyAsItsParts) {
  const std::vector<Span> lane = {
      merged(span_of(Kind::kHit, 0, 300), span_of(Kind::kUser, 300, 1'000))};
  const std::vector<Bar> bars = bars_of(lane, AxisKind::kTime, axis_of(0, 1'000, 0, 100), 0, 3);
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_EQ(bars[0].kind, Kind::kHit);
  EXPECT_NEAR(bars[0].busy, 0.3, 1e-3);
  EXPECT_EQ(bars[0].single, nullptr);
}

TEST(LastOfOperation, GoesOverTheWaitsForALockAndToAnotherPAndOverWhoTookItsP) {
  std::vector<std::vector<Span>> lanes(2);
  lanes[0] = {span_of(Kind::kNew, 0, 100), span_of(Kind::kLockWait, 100, 200),
              span_of(Kind::kUser, 800, 900)};
  lanes[1] = {span_of(Kind::kHit, 250, 380), span_of(Kind::kNew, 500, 700),
              span_of(Kind::kHit, 1000, 1100)};
  for (std::vector<Span>& lane : lanes) {
    for (Span& span : lane) span.g = GId{1};
  }
  for (Span* span : {&lanes[0][0], &lanes[0][1], &lanes[1][1]}) span->op_seq = 3;
  lanes[1][0].g = GId{2};
  lanes[1][0].op_seq = 25;
  lanes[1][2].op_seq = 99;
  EXPECT_EQ(&last_of_operation(lanes, lanes[0][0]), &lanes[1][1]);
  EXPECT_EQ(&last_of_operation(lanes, lanes[0][1]), &lanes[1][1]);
  EXPECT_EQ(&last_of_operation(lanes, lanes[0][2]), &lanes[0][2]) << "user code is no operation";
  EXPECT_EQ(&last_of_operation(lanes, lanes[1][0]), &lanes[1][0]);
}

TEST(SpanAt, FindsWhatIsUnderTheMouse) {
  const std::vector<Span> lane = {span_of(Kind::kHit, 100, 200), span_of(Kind::kNew, 300, 400)};
  EXPECT_EQ(span_at(lane, AxisKind::kTime, 99, 0), nullptr);
  EXPECT_EQ(span_at(lane, AxisKind::kTime, 100, 0), &lane[0]);
  EXPECT_EQ(span_at(lane, AxisKind::kTime, 200, 0), nullptr);
  EXPECT_EQ(span_at(lane, AxisKind::kStep, 39, 0), &lane[1]);
  EXPECT_EQ(span_at(lane, AxisKind::kTime, 400, 0), nullptr);
}

// --- marks ----------------------------------------------------------------------------------

Mark mark_of(Mark::Kind kind, std::int64_t time_ns) {
  Mark mark;
  mark.kind = kind;
  mark.time_ns = time_ns;
  mark.stopped_ns = time_ns + 20;
  mark.started_ns = time_ns + 50;
  mark.dropped = 3;
  return mark;
}

TEST(Marks, ShowHowLongTheWorldStoodAndAreNumberedByKind) {
  const std::vector<Mark> marks = {mark_of(Mark::Kind::kGc, 10), mark_of(Mark::Kind::kResize, 300),
                                   mark_of(Mark::Kind::kGc, 500)};
  const TimeIndex index;
  const std::vector<PlacedMark> placed =
      marks_of(marks, AxisKind::kTime, axis_of(200, 1'200, 0, 1'000), index, 0, 4);
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(placed[0].number, 1U) << "the first resize";
  EXPECT_EQ(placed[1].number, 2U) << "the second GC, the first lies before the axis";
  EXPECT_FLOAT_EQ(placed[1].x, 300);
  EXPECT_FLOAT_EQ(placed[1].stopped_x, 320);
  EXPECT_FLOAT_EQ(placed[1].started_x, 350);
}

TEST(Marks, AStopUnderWayReachesToNow) {
  Mark mark = mark_of(Mark::Kind::kGc, 100);
  mark.stopped_ns = 0;
  mark.started_ns = 0;
  const std::vector<PlacedMark> placed = marks_of(std::vector{mark}, AxisKind::kTime,
                                                  axis_of(0, 1'000, 0, 1'000), TimeIndex(), 180, 4);
  EXPECT_FLOAT_EQ(placed.at(0).stopped_x, 180);
  EXPECT_FLOAT_EQ(placed.at(0).started_x, 180);
}

TEST(Marks, ThatStandTooCloseAreSummed) {
  std::vector<Mark> marks;
  for (std::int64_t i = 0; i < 100; ++i) marks.push_back(mark_of(Mark::Kind::kGc, i * 100));
  const std::vector<PlacedMark> placed =
      marks_of(marks, AxisKind::kTime, axis_of(0, 10'000, 0, 100), TimeIndex(), 0, 10);
  EXPECT_LE(placed.size(), 11U);
  std::uint64_t count = 0;
  std::uint64_t dropped = 0;
  for (const PlacedMark& mark : placed) {
    count += mark.mark.count;
    dropped += mark.mark.dropped;
  }
  EXPECT_EQ(count, 100U);
  EXPECT_EQ(dropped, 300U);
}

}  // namespace
}  // namespace poolscope::layout
