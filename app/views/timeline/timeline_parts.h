#pragma once

// The parts that the timeline is drawn from; only the files of this folder use them.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/intents/intents.h"
#include "app/layout/timeline.h"
#include "app/views/paint/paint.h"
#include "app/views/timeline/bar_look.h"

namespace poolscope::views {

/// What all parts draw from.
struct TimelineView {
  Painter& painter;
  const ViewInput& input;
  std::vector<std::size_t> ps = {};  // that have a row, gone ones among them
  layout::TimelineLayout at = {};
  layout::AxisKind kind = layout::AxisKind::kTime;
  layout::TimelineChoice choice = {};
  layout::SessionTimes session = {};
  layout::TimeRange range = {};
  layout::Axis axis = {};
  double now = 0;   // end of the session, on the axis
  double head = 0;  // the playhead, on the axis
  double zero = 0;  // what is counted from: the origin of the session's file, on the axis

  /// The lanes with the spans of what is shown.
  [[nodiscard]] const Lanes& drawn() const {
    return input.lane_details != nullptr ? *input.lane_details : input.lanes;
  }
  /// Whether this P has run and does not any more, at the time that is shown.
  [[nodiscard]] bool gone(std::size_t p) const {
    return p >= input.model.procs && p < input.lanes.lanes().size() &&
           layout::is_gone(input.lanes.lanes()[p], input.session.playhead.time_ns);
  }
};

/// What a row is called: "P5", "P5 gone".
std::string row_name(const TimelineView& view, std::size_t p);

/// What the bars and signs mean, at the right of `room`. Nothing where it has no room.
float legend_width(const Painter& painter);
void draw_legend(const TimelineView& view, const Rect& room);

/// All of the session over the ruler, and what a drag in it shows.
void draw_map(const TimelineView& view, intents::Intents& asked);

/// The span there, and the P in whose row it stands; nullptr where there is none.
const Span* span_under(const TimelineView& view, Point at, std::size_t& p);
/// Follows what the span is about and goes to the end of its operation.
void click_span(const TimelineView& view, const Span& span, intents::Intents& asked);
/// A click on the sign of a stop-the-world asks why it waited; called before the mouse is the
/// timeline's.
void take_marks(const TimelineView& view, const std::vector<layout::PlacedMark>& marks,
                intents::Intents& asked);
/// From `x` on in the heading, before `end`: leads to the answer for the followed goroutine's Get,
/// where that has missed and the answer has no place beside the timeline. Returns the x behind it.
float draw_why_button(const TimelineView& view, float x, float end, intents::Intents& asked);

/// The distance of two ticks, in the axis's unit.
double tick_step(const TimelineView& view);
/// The ticks' lines, under the lanes.
void draw_grid(const TimelineView& view, const std::vector<double>& ticks);
/// All that stands in the ruler or comes down from it; after the lanes.
void draw_ruler(const TimelineView& view, const std::vector<layout::PlacedMark>& marks,
                const std::vector<double>& ticks, double step);
/// A click on a flag leads to its marker, and is no scrubbing: called before the mouse is the
/// timeline's.
void take_flags(const TimelineView& view, intents::Intents& asked);

/// Lanes, marks' lines and what lies in the future, without any text in the ruler.
void draw_timeline_plot(const TimelineView& view);

/// The tooltip of a span: "G4 on P2: steal, #19, 1.2 ms".
std::string span_text(const Span& span, std::size_t p);

}  // namespace poolscope::views
