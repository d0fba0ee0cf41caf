#pragma once

// The map over the timeline: all of the session in a thin strip, and in it a box around what the
// timeline shows, which is dragged by its middle or by one of its edges.
//
// Thread safety: pure functions of values.
// Invariants: the box and its grips lie in the strip or a grip's width beside it, the grips do not
// overlap, and between them something of the box is left to be gripped.

#include <cstdint>
#include <vector>

#include "app/layout/rect.h"
#include "app/layout/timeline.h"
#include "app/layout/timeline_axis.h"
#include "core/story/statistics.h"

namespace poolscope::layout {

struct TimelineMap {
  Axis axis;  // of all of the session
  Rect box;   // what the timeline shows
  Rect begin;
  Rect end;  // the box's edges, as they are gripped
};

/// `shown` is the timeline's own axis, of the same kind. From `first` to `now`: the session.
TimelineMap timeline_map(const Rect& strip, double first, double now, const Axis& shown,
                         float grip_px);

/// How busy the pools were over the width of the map.
struct MapBar {
  float x0 = 0;
  float x1 = 0;
  float busy = 0;  // of the busiest, 0 .. 1
};
std::vector<MapBar> map_bars(const Statistics& statistics, AxisKind kind, const Axis& axis,
                             const TimeIndex& index);

/// What the timeline shows after the viewer has dragged the map: values of the map's axis.
struct MapStretch {
  double from = 0;
  double to = 0;
};
/// The beginning, or the end, at `x`; the other end stays.
MapStretch begin_dragged(const TimelineMap& map, const Axis& shown, float x);
MapStretch end_dragged(const TimelineMap& map, const Axis& shown, float x);
/// All of it, moved by `by_px`; as a whole it stays in the session.
MapStretch box_dragged(const TimelineMap& map, const Axis& shown, float by_px);
/// Its middle at `x`.
MapStretch centred(const TimelineMap& map, const Axis& shown, float x);

}  // namespace poolscope::layout
