#pragma once

// The timeline panel: which Ps have a row, where heading, ruler, names and plot stand, and what a
// lane's spans become on the screen.
//
// Thread safety: pure functions of values.
// Invariants: rows lie in the plot, one below the other; the lane in focus has a row. Bars of one
// row are in order and do not overlap, and none is narrower than asked for, so their number is
// bounded by the width of the plot, however many spans there are.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "app/layout/rect.h"
#include "app/layout/timeline_axis.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"
#include "core/story/lanes.h"

namespace poolscope::layout {

struct TimelineLayout {
  Rect heading;   // empty in a low panel
  Rect switches;  // the axis switch: in the heading, or right of a low plot, its words one over the
                  // other
  Rect map;       // over the ruler: all of the session, thin; empty where the rows need its height
  Rect ruler;     // over the plot: ticks, labels of marks, the playhead's pill
  Rect names;     // left of the plot
  Rect plot;
  std::size_t first = 0;  // of the lanes, the one of the first row
  std::size_t count = 0;  // rows
  float row_h = 0;
  float bar_h = 0;             // of a pool operation, centred in its row
  float thin_h = 0;            // of user code
  std::size_t name_every = 1;  // rows from one name to the next, where rows are lower than text
  [[nodiscard]] Rect row(std::size_t i) const {
    return {plot.x, plot.y + static_cast<float>(i) * row_h, plot.w, row_h};
  }
};

/// The Ps that have a row, in order: those that run, and of the others those that did something in
/// the part of the session that is shown.
std::vector<std::size_t> rows_of(std::span<const std::vector<Span>> lanes, std::size_t procs,
                                 const TimeRange& shown);

/// Whether a P that does not run at `playhead_ns` has run before: it is gone, and not yet to come.
bool is_gone(std::span<const Span> lane, std::int64_t playhead_ns);

/// `lanes` rows, of which `focus` is to be seen (beyond the last: the last). `clicked`: somebody
/// can click in it, so that there is an axis switch. `longest_name_px`: what a row's name needs at
/// least.
TimelineLayout timeline_layout(const Rect& panel, std::size_t lanes, std::size_t focus,
                               const theme::Sizes& sizes, const theme::FontSpecs& fonts,
                               bool clicked = true, float longest_name_px = 0);

/// Whether row `i` has its name: that of the row in focus, and from there every name_every-th.
inline bool is_named(const TimelineLayout& at, std::size_t i, std::size_t focused) {
  return i % at.name_every == focused % at.name_every;
}

enum class AxisKind : std::uint8_t { kTime, kStep };

/// The axis that shows `range` over the x of `plot`. By step it also goes on at the pace of the
/// range beyond the last event, so that both axes keep the same room for what is to come.
Axis timeline_axis(AxisKind kind, const TimeRange& range, const TimeIndex& index,
                   std::int64_t last_ns, const Rect& plot);

/// Where a moment stands on an axis of this kind.
inline double axis_value(AxisKind kind, std::int64_t time_ns, std::uint64_t seq) {
  return kind == AxisKind::kTime ? static_cast<double>(time_ns) : static_cast<double>(seq);
}

/// The last of the spans that show the same operation as `span`: waits for a lock part it, and
/// others that take its P while it stands unpinned.
const Span& last_of_operation(std::span<const std::vector<Span>> lanes, const Span& span);

/// What is drawn for a span, or for several that are too narrow to be told apart.
struct Bar {
  float x0 = 0;
  float x1 = 0;
  Span::Kind kind = Span::Kind::kUser;
  float busy = 0;                // part of its time within pool operations, 0 .. 1
  const Span* single = nullptr;  // the span, where it is one
};

/// The bars of a lane. An open span reaches to `now`, a value of the axis.
std::vector<Bar> bars_of(std::span<const Span> lane, AxisKind kind, const Axis& axis, double now,
                         float narrowest_px);

/// The span of a lane at a value of the axis, or nullptr.
const Span* span_at(std::span<const Span> lane, AxisKind kind, double value, double now);

/// A mark on the screen, or several of one kind that are too close to be told apart.
struct PlacedMark {
  float x = 0;
  float stopped_x = 0;  // from when until when the world stood still
  float started_x = 0;
  Mark mark;                 // the last of them; counts and drops are those of all
  std::uint64_t number = 0;  // of its kind, from 1
};

std::vector<PlacedMark> marks_of(std::span<const Mark> marks, AxisKind kind, const Axis& axis,
                                 const TimeIndex& index, double now, float closest_px);

}  // namespace poolscope::layout
