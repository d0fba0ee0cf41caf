// The timeline panel: its heading, and what the mouse does.

#include "app/views/timeline/timeline.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/timeline/timeline_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/pages.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::AxisKind;
using layout::PlacedMark;
using locale::tr;

TimelineView view_of(Painter& painter, const ViewInput& input, const Rect& area) {
  const Lanes& lanes = input.lanes;
  TimelineView view{
      .painter = painter,
      .input = input,
      .kind = input.state.axis == TimelineAxis::kTime ? AxisKind::kTime : AxisKind::kStep,
      .choice = timeline_choice(input.state),
      .session = session_times(input)};
  view.range = layout::shown_range(view.choice, view.session);
  view.ps = layout::rows_of(lanes.lanes(), std::max<std::size_t>(input.model.procs, 1), view.range);
  const std::size_t focused = input.state.focus.valid() ? input.state.focus.value : 0;
  const auto focus =
      static_cast<std::size_t>(std::ranges::find(view.ps, focused) - view.ps.begin());
  // The last name is the longest.
  const float name_w = painter.width_of(FontRole::kMonoMicro, row_name(view, view.ps.back())) +
                       painter.px(theme::space::kClose);
  view.at = layout::timeline_layout(area, view.ps.size(), focus, input.sizes, font_specs_of(input),
                                    input.interactive, name_w);
  view.axis = layout::timeline_axis(view.kind, view.range, lanes.index(), view.session.last_ns,
                                    view.at.plot);
  view.now = layout::axis_value(view.kind, view.session.last_ns, input.session.last.seq);
  view.head =
      layout::axis_value(view.kind, input.session.playhead.time_ns, input.session.playhead.seq);
  view.zero = layout::axis_value(view.kind, input.session.origin.time_ns, input.session.origin.seq);
  return view;
}

// --- the heading ----------------------------------------------------------------------------

// The two words of the axis switch: beside each other at the end of the heading, or one over the
// other beside a low plot.
std::pair<Rect, Rect> switch_places(const TimelineView& view, float time_w, float step_w) {
  const Painter& painter = view.painter;
  const Rect& room = view.at.switches;
  const float line_h = painter.size_of(FontRole::kMicro) * 1.45F;
  if (view.at.heading.empty()) {
    const float h = std::min(std::floor(room.h / 2), line_h);
    const float y = std::round(room.center().y - h);
    return {{room.x, y, room.w, h}, {room.x, y + h, room.w, h}};
  }
  const float h = std::min(room.h, line_h);
  const float y = std::round(room.center().y - h / 2);
  return {{room.right() - step_w - time_w, y, time_w, h}, {room.right() - step_w, y, step_w, h}};
}

// Two words, the chosen one raised: by time, by step. Returns the x where it begins.
float draw_axis_switch(const TimelineView& view, intents::Intents& asked) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const std::string by_time = tr("by time");
  const std::string by_step = tr("by step");
  const float pad = painter.px(theme::space::kSwitchWord);
  const float time_w = painter.width_of(FontRole::kMicro, by_time) + 2 * pad;
  const float step_w = painter.width_of(FontRole::kMicro, by_step) + 2 * pad;
  const auto [left, rest] = switch_places(view, time_w, step_w);
  const Rect both{left.x, left.y, rest.right() - left.x, rest.bottom() - left.y};
  const bool time = view.kind == AxisKind::kTime;
  const auto touch = painter.touch("axis", both);
  const float radius = painter.px(theme::space::kSnug);
  painter.fill(both, theme.well, radius);
  painter.fill(time ? left : rest, theme.raised, radius);
  painter.border(both, touch.hovered ? theme.stroke_hi : theme.stroke, painter.sizes().hairline,
                 radius);
  painter.text_in(left, FontRole::kMicro, time ? theme.text_hi : theme.text_low, by_time,
                  Align::kCenter);
  painter.text_in(rest, FontRole::kMicro, time ? theme.text_low : theme.text_hi, by_step,
                  Align::kCenter);
  if (touch.hovered) {
    painter.tooltip(tr("By step every event has the same width, however long it took."));
  }
  if (touch.clicked) asked.emplace_back(intents::ToggleTimelineAxis{});
  return both.x;
}

// Two words that set the loop's ends. Returns the x where they begin.
float draw_loop_ends(const TimelineView& view, float end, intents::Intents& asked) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Loop& loop = view.input.session.loop;
  const Rect& line = view.at.heading;
  const float pad = painter.px(theme::space::kSwitchWord);
  const float h = std::min(line.h, painter.size_of(FontRole::kMicro) * 1.45F);
  const auto draw_end = [&](const char* label, const std::string& word, bool set,
                            const intents::ChangeLoop& wanted) {
    const float w = painter.width_of(FontRole::kMicro, word) + 2 * pad;
    const Rect at{end - w, std::round(line.center().y - h / 2), w, h};
    end = at.x - painter.px(theme::space::kHair);
    const auto touch = painter.touch(label, at);
    painter.fill(at, set ? theme.raised : theme.well, painter.px(theme::space::kTight));
    painter.border(at, touch.hovered ? theme.stroke_hi : theme.stroke, painter.sizes().hairline,
                   painter.px(theme::space::kTight));
    painter.text_in(at, FontRole::kMicro, set ? theme.hit.text : theme.text_low, word,
                    Align::kCenter);
    if (touch.hovered) {
      painter.tooltip(set ? tr("A click takes this end of the loop away") : hint_of(label));
    }
    if (touch.clicked) asked.emplace_back(wanted);
  };
  draw_end("loop.out", tr("out"), loop.out.has_value(), intents::LoopOut{loop.out.has_value()});
  draw_end("loop.in", tr("loop in"), loop.in.has_value(), intents::LoopIn{loop.in.has_value()});
  return end - painter.px(theme::space::kWide);
}

void draw_heading(const TimelineView& view, intents::Intents& asked) {
  Painter& painter = view.painter;
  const Rect& line = view.at.heading;
  if (line.empty()) {
    if (view.input.interactive) draw_axis_switch(view, asked);
    return;
  }
  float x = line.x;
  x += painter.text_in(line, FontRole::kBodyStrong, painter.theme().text_hi, tr("Timeline"));
  x += painter.px(theme::space::kLoose);
  x = draw_page(painter, line, x, "timeline", {view.at.first, view.at.count, view.ps.size()},
                asked);
  x += painter.px(theme::space::kTight);
  float end = line.right();
  if (view.input.interactive) {
    end = draw_axis_switch(view, asked) - painter.px(theme::space::kWide);
    if (view.input.session.can.can_mark) end = draw_loop_ends(view, end, asked);
  }
  x = draw_why_button(view, x, end - legend_width(painter), asked);
  // The note where the legend leaves room for it.
  draw_legend(view, {x, line.y, end - x, line.h});
  end -= legend_width(painter) + painter.px(theme::space::kWide);
  const std::string note =
      view.input.session.can.can_seek ? tr("drag to scrub, wheel to zoom") : tr("wheel to zoom");
  if (view.input.interactive && x + painter.width_of(FontRole::kSmall, note) < end) {
    painter.text(FontRole::kSmall, {x, line.center().y}, painter.theme().text_low, note);
  }
}

// --- the mouse ------------------------------------------------------------------------------

void seek(const TimelineView& view, float mouse_x, intents::Intents& asked) {
  const double value = view.axis.value_at(mouse_x);
  // Less than half a pixel is no movement: a mouse that rests asks for nothing.
  if (std::abs(value - view.head) < view.axis.per_px() / 2) return;
  if (value >= view.now && view.session.live) {
    if (view.head < view.now) asked.emplace_back(intents::GoToNow{});
    return;
  }
  if (view.kind == AxisKind::kTime) {
    const auto time_ns = static_cast<std::int64_t>(value);
    asked.emplace_back(intents::SeekTime{
        std::clamp(time_ns, view.input.session.first.time_ns, view.session.last_ns)});
    return;
  }
  const auto seq = static_cast<std::uint64_t>(std::max(0.0, std::round(value)));
  asked.emplace_back(
      intents::SeekSeq{std::clamp(seq, view.input.session.first.seq, view.input.session.last.seq)});
}

void zoom_and_pan(const TimelineView& view, intents::Intents& asked) {
  constexpr double kFactorANotch = 1.25;
  constexpr double kPanANotch = 0.1;
  const ImGuiIO& io = ImGui::GetIO();
  const auto span_ns = static_cast<double>(view.range.span_ns());
  const auto pan = [&](double part) {
    asked.emplace_back(intents::PanTimeline{static_cast<std::int64_t>(part * span_ns)});
  };
  if (io.MouseWheelH != 0) pan(-static_cast<double>(io.MouseWheelH) * kPanANotch);
  if (io.MouseWheel != 0 && io.KeyShift) {
    pan(-static_cast<double>(io.MouseWheel) * kPanANotch);
  } else if (io.MouseWheel != 0) {
    const double value = view.axis.value_at(io.MousePos.x);
    const std::int64_t around_ns =
        view.kind == AxisKind::kTime
            ? static_cast<std::int64_t>(value)
            : view.input.lanes.index().time_at(static_cast<std::uint64_t>(std::max(0.0, value)));
    asked.emplace_back(intents::ZoomTimeline{
        std::pow(kFactorANotch, static_cast<double>(io.MouseWheel)), around_ns});
  }
  const bool dragged = ImGui::IsMouseDragging(ImGuiMouseButton_Middle) ||
                       ImGui::IsMouseDragging(ImGuiMouseButton_Right);
  if (dragged && io.MouseDelta.x != 0) {
    pan(-static_cast<double>(io.MouseDelta.x) / static_cast<double>(view.at.plot.w));
  }
}

/// Whether the button that was let go had been pressed at this place: a click, no drag.
bool has_not_moved(const TimelineView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  const float most = view.painter.px(theme::space::kTight);
  return io.MouseDragMaxDistanceSqr[0] <= most * most;
}

void take_mouse(const TimelineView& view, intents::Intents& asked) {
  Rect area = view.at.ruler;
  area.h = view.at.plot.bottom() - area.y;
  const Painter::Touch touch = view.painter.touch("timeline", area);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (touch.held && view.input.session.can.can_seek) seek(view, mouse.x, asked);
  if (touch.hovered) zoom_and_pan(view, asked);
  if (!touch.hovered || touch.held) return;
  std::size_t p = 0;
  const Span* span = span_under(view, {mouse.x, mouse.y}, p);
  if (span == nullptr) return;
  view.painter.tooltip(span_text(*span, p));
  if (touch.clicked && has_not_moved(view)) click_span(view, *span, asked);
}

}  // namespace

void draw_timeline(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  painter.panel(area);
  painter.keep_tooltips_off(area);
  const TimelineView view = view_of(painter, input, area);
  const std::vector<PlacedMark> marks =
      layout::marks_of(input.lanes.marks(), view.kind, view.axis, input.lanes.index(), view.now,
                       painter.px(theme::space::kFine));
  take_flags(view, asked);
  take_marks(view, marks, asked);
  draw_map(view, asked);
  take_mouse(view, asked);
  const double step = tick_step(view);
  const std::vector<double> ticks = layout::ticks_of(view.axis, step, view.zero);
  draw_heading(view, asked);
  draw_grid(view, ticks);
  draw_timeline_plot(view);
  draw_ruler(view, marks, ticks, step);
}

}  // namespace poolscope::views
