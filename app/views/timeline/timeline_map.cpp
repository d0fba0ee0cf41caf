// The map over the ruler: all of the session, and in it a box around what is shown.

#include "app/layout/timeline_map.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/timeline/timeline_parts.h"

namespace poolscope::views {
namespace {

using layout::AxisKind;
using layout::MapStretch;
using layout::TimelineMap;
using locale::tr;

TimelineMap map_of(const TimelineView& view) {
  const double first =
      layout::axis_value(view.kind, view.session.first_ns, view.input.session.first.seq);
  // Of a live session at full rate the first event that is kept is not the first that was.
  const double begin = view.kind == AxisKind::kStep && view.session.live ? 0 : first;
  return layout::timeline_map(view.at.map, begin, view.now, view.axis,
                              view.painter.px(theme::space::kNear));
}

std::int64_t time_of(const TimelineView& view, double value) {
  if (view.kind == AxisKind::kTime) return static_cast<std::int64_t>(value);
  return view.input.lanes.index().time_at(static_cast<std::uint64_t>(std::max(0.0, value)));
}

void ask_for(const TimelineView& view, const MapStretch& stretch, intents::Intents& asked) {
  asked.emplace_back(intents::ShowStretch{time_of(view, stretch.from), time_of(view, stretch.to)});
}

void draw_ground(const TimelineView& view, const TimelineMap& map) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& strip = view.at.map;
  painter.fill(strip, theme.well, painter.px(theme::space::kThin));
  if (view.input.statistics != nullptr) {
    for (const layout::MapBar& bar :
         layout::map_bars(*view.input.statistics, view.kind, map.axis, view.input.lanes.index())) {
      const float h = std::max(1.0F, std::round(strip.h * bar.busy));
      painter.fill({bar.x0, strip.bottom() - h, std::max(1.0F, bar.x1 - bar.x0), h},
                   theme.hit.fill.faded(1 - theme.future));
    }
  }
  const float w = painter.sizes().hairline;
  float last_x = -1;
  for (const Mark& mark : view.input.lanes.marks()) {
    if (mark.kind != Mark::Kind::kGc) continue;
    const float x =
        std::round(map.axis.x_of(layout::axis_value(view.kind, mark.time_ns, mark.seq)));
    if (x == last_x) continue;
    last_x = x;
    painter.fill({x, strip.y, w, strip.h / 2}, theme.victim.fill);
  }
}

void draw_map_box(const TimelineView& view, const TimelineMap& map, bool touched) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& strip = view.at.map;
  const Color veil = theme.panel.faded(1 - theme.future);
  painter.fill({strip.x, strip.y, map.box.x - strip.x, strip.h}, veil);
  painter.fill({map.box.right(), strip.y, strip.right() - map.box.right(), strip.h}, veil);
  painter.border(map.box, touched ? theme.text_hi : theme.text_mid, painter.sizes().hairline * 1.5F,
                 painter.px(theme::space::kThin));
  const float head = map.axis.x_of(view.head);
  const float w = painter.sizes().outline;
  painter.fill(
      {std::clamp(std::round(head - w / 2), strip.x, strip.right() - w), strip.y, w, strip.h},
      theme.text_hi);
}

}  // namespace

void draw_map(const TimelineView& view, intents::Intents& asked) {
  const Rect& strip = view.at.map;
  if (strip.empty()) return;
  Painter& painter = view.painter;
  const TimelineMap map = map_of(view);
  const ImGuiIO& io = ImGui::GetIO();
  // The edges first: where they and the box share a place, an edge is gripped.
  const auto begin = painter.touch("timeline.map.begin", map.begin);
  const auto end = painter.touch("timeline.map.end", map.end);
  const auto box = painter.touch("timeline.map.box", map.box);
  const auto rest = painter.touch("timeline.map", strip);
  draw_ground(view, map);
  draw_map_box(view, map, begin.hovered || end.hovered || box.hovered || box.held);
  if (begin.hovered || end.hovered || begin.held || end.held) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  const bool moved = io.MouseDelta.x != 0;
  if (begin.held && moved) {
    ask_for(view, layout::begin_dragged(map, view.axis, io.MousePos.x), asked);
  } else if (end.held && moved) {
    ask_for(view, layout::end_dragged(map, view.axis, io.MousePos.x), asked);
  } else if (box.held && moved) {
    ask_for(view, layout::box_dragged(map, view.axis, io.MouseDelta.x), asked);
  } else if (rest.held && std::abs(io.MousePos.x - map.box.center().x) >= 1) {
    ask_for(view, layout::centred(map, view.axis, io.MousePos.x), asked);
  }
  if ((box.hovered || rest.hovered) && !box.held && !rest.held) {
    painter.tooltip(tr("All of the session. Drag the box to move what is shown, an edge to zoom."));
  }
}

}  // namespace poolscope::views
