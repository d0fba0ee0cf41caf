// The timeline panel: heading, ruler, marks, the playhead, and what the mouse does to them.

#include "app/views/timeline/timeline.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/timeline/timeline_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/widgets/flag.h"
#include "app/views/widgets/pages.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::AxisKind;
using layout::LabelWish;
using layout::PlacedMark;
using locale::tr;
using locale::trf;

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
  // The note where the legend leaves room for it.
  draw_legend(view, {x, line.y, end - x, line.h});
  end -= legend_width(painter) + painter.px(theme::space::kWide);
  const std::string note =
      view.input.session.can.can_seek ? tr("drag to scrub, wheel to zoom") : tr("wheel to zoom");
  if (view.input.interactive && x + painter.width_of(FontRole::kSmall, note) < end) {
    painter.text(FontRole::kSmall, {x, line.center().y}, painter.theme().text_low, note);
  }
}

// --- the ruler ------------------------------------------------------------------------------

struct RulerLabel {
  LabelWish wish;
  std::string text;
  const PlacedMark* mark = nullptr;  // this and the next nullptr: a tick, or the playhead's pill
  const ListedMarker* marker = nullptr;
};

std::string text_of(const TimelineView& view, double value, double resolution) {
  if (view.kind == AxisKind::kStep) {
    return count_text(static_cast<std::uint64_t>(std::max(0.0, value - view.zero)));
  }
  return layout::format_time(static_cast<std::int64_t>(value - view.zero),
                             static_cast<std::int64_t>(resolution),
                             view.range.end_ns - view.input.session.origin.time_ns);
}

std::string text_of(const PlacedMark& placed) {
  const Mark& mark = placed.mark;
  if (mark.kind == Mark::Kind::kResize) {
    return mark.procs_before == mark.procs ? fmt::format("{} P", mark.procs)
                                           : trf("{} to {} Ps", mark.procs_before, mark.procs);
  }
  return mark.count > 1 ? fmt::format("GC x{}", count_text(mark.count))
                        : fmt::format("GC {}", placed.number);
}

float x_of(const TimelineView& view, const ListedMarker& listed) {
  const Marker& marker = listed.marker;
  return view.axis.x_of(layout::axis_value(view.kind, marker.time_ns, marker.seq));
}

/// The title of a marker as far as there is room for it, or its number.
std::string flag_text(const TimelineView& view, const ListedMarker& marker) {
  const auto number = &marker - view.input.session.markers->data() + 1;
  if (marker.title.empty()) return std::to_string(number);
  return view.painter.shortened(FontRole::kMicro, marker.title,
                                view.painter.px(theme::space::kFlagWords));
}

Rect pill_of(const TimelineView& view, const std::string& text) {
  const Painter& painter = view.painter;
  const Rect& ruler = view.at.ruler;
  const float w =
      painter.width_of(FontRole::kMonoMicro, text) + painter.px(theme::space::kPlayheadPill);
  const float x =
      std::clamp(view.axis.x_of(view.head) - w / 2, ruler.x - painter.px(theme::space::kTight),
                 std::max(ruler.x, ruler.right() - w));
  return {std::round(x), ruler.y, w, ruler.h - painter.px(theme::space::kThin)};
}

/// Where else a label may stand; nowhere where it would begin left of the ruler.
std::optional<float> other_side(const TimelineView& view, float left) {
  if (left < view.at.ruler.x) return std::nullopt;
  return left;
}

std::vector<RulerLabel> labels_of(const TimelineView& view, const std::vector<PlacedMark>& marks,
                                  const std::vector<double>& ticks, double step, const Rect& pill) {
  const Painter& painter = view.painter;
  std::vector<RulerLabel> labels;
  labels.push_back({{pill.x, pill.w, 0, {}}, "", nullptr});
  const float sign = painter.sizes().dot * 1.4F;
  for (const PlacedMark& mark : marks) {
    if (mark.x < view.at.plot.x || mark.x > view.at.plot.right()) continue;
    const std::string text = text_of(mark);
    const float w =
        sign + painter.px(theme::space::kTight) + painter.width_of(FontRole::kMicro, text);
    const float right = mark.x - sign / 2;
    const float left = mark.x + sign / 2 - w;
    const bool fits = right + w <= view.at.ruler.right();
    labels.push_back({{fits ? right : left, w, 1, other_side(view, left)}, text, &mark});
  }
  for (const ListedMarker& marker : *view.input.session.markers) {
    const float x = x_of(view, marker);
    if (x < view.at.plot.x || x > view.at.plot.right()) continue;
    const std::string text = flag_text(view, marker);
    const float w = sign + painter.width_of(FontRole::kMicro, text);
    const bool fits = x + w <= view.at.ruler.right();
    labels.push_back({{fits ? x : x - w, w, 1, other_side(view, x - w)}, text, nullptr, &marker});
  }
  for (const double tick : ticks) {
    const std::string text = text_of(view, tick, step);
    const float w = painter.width_of(FontRole::kMicro, text);
    const float x = view.axis.x_of(tick) + painter.px(theme::space::kTight);
    if (x + w > view.at.ruler.right()) continue;
    labels.push_back({{x, w, 2, {}}, text, nullptr});
  }
  return labels;
}

void draw_marker_label(const TimelineView& view, const RulerLabel& label, float x) {
  Painter& painter = view.painter;
  const float sign = painter.sizes().dot * 1.4F;
  const float y = view.at.ruler.center().y - painter.px(theme::space::kHair);
  const float at = x_of(view, *label.marker);
  draw_flag(painter, {at + sign * 0.35F, y}, sign, painter.theme().text_hi);
  const bool right = x >= at - sign / 2;
  painter.text(FontRole::kMicro, {right ? at + sign : x, y}, painter.theme().text_hi, label.text);
}

// A mark's sign stands on the mark, its text on the side that has room.
void draw_label(const TimelineView& view, const RulerLabel& label, float x) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float y = view.at.ruler.center().y - painter.px(theme::space::kHair);
  if (label.marker != nullptr) return draw_marker_label(view, label, x);
  if (label.mark == nullptr) {
    painter.text(FontRole::kMicro, {x, y}, theme.text_low, label.text);
    return;
  }
  const float sign = painter.sizes().dot * 1.4F;
  const bool gc = label.mark->mark.kind == Mark::Kind::kGc;
  const Point at{label.mark->x, y};
  if (gc) {
    painter.diamond_sign(at, sign, theme.victim.fill);
  } else {
    painter.triangle({at.x, at.y - sign / 2}, {at.x + sign * 0.8F, at.y}, {at.x, at.y + sign / 2},
                     theme.text_mid);
  }
  const bool right = x >= at.x - sign;
  painter.text(FontRole::kMicro, {right ? x + sign + painter.px(theme::space::kTight) : x, y},
               gc ? theme.victim.text : theme.text_hi, label.text);
}

// Under the lanes.
void draw_grid(const TimelineView& view, const std::vector<double>& ticks) {
  Painter& painter = view.painter;
  const float h = view.at.row_h * static_cast<float>(view.at.count);
  painter.fill({view.at.plot.x, view.at.plot.y, view.at.plot.w, h}, painter.theme().well,
               painter.px(theme::space::kFine));
  for (const double tick : ticks) {
    if (tick < view.zero) continue;
    const float x = std::round(view.axis.x_of(tick));
    painter.fill({x, view.at.ruler.y + painter.px(theme::space::kFine), painter.sizes().hairline,
                  view.at.ruler.h - painter.px(theme::space::kFine) + h},
                 painter.theme().stroke);
  }
}

/// A marker whose label has no room still has its flag.
void draw_lone_flag(const TimelineView& view, const ListedMarker& marker) {
  Painter& painter = view.painter;
  const float size = painter.sizes().dot;
  draw_flag(painter, {x_of(view, marker) + size * 0.35F, view.at.ruler.bottom() - size / 2}, size,
            painter.theme().text_hi);
}

/// The stretch that is repeated, as a bar at the foot of the ruler, and its two ends.
void draw_loop(const TimelineView& view) {
  const Loop& loop = view.input.session.loop;
  Painter& painter = view.painter;
  const Color color = painter.theme().hit.fill;
  const float h = painter.px(theme::space::kFine);
  const Rect& plot = view.at.plot;
  const auto x_at = [&](const Position& place) {
    return view.axis.x_of(layout::axis_value(view.kind, place.time_ns, place.seq));
  };
  const float bottom = view.at.ruler.bottom();
  if (loop.whole()) {
    const float from = std::clamp(x_at(*loop.in), plot.x, plot.right());
    const float to = std::clamp(x_at(*loop.out), plot.x, plot.right());
    painter.fill({from, bottom - h, to - from, h}, color);
  }
  for (const auto& end : {loop.in, loop.out}) {
    if (!end || x_at(*end) < plot.x || x_at(*end) > plot.right()) continue;
    const float top = view.at.ruler.center().y;
    painter.fill({x_at(*end) - h / 2, top, h, bottom - top}, color);
  }
}

/// A line down from each flag.
void draw_marker_lines(const TimelineView& view) {
  Painter& painter = view.painter;
  constexpr float kFaint = 0.6F;
  const float bottom = view.at.plot.y + view.at.row_h * static_cast<float>(view.at.count);
  for (const ListedMarker& marker : *view.input.session.markers) {
    const float x = std::round(x_of(view, marker));
    if (x < view.at.plot.x || x > view.at.plot.right()) continue;
    painter.fill(
        {x, view.at.ruler.center().y, painter.sizes().hairline, bottom - view.at.ruler.center().y},
        painter.theme().text_mid.faded(kFaint));
  }
}

double tick_step(const TimelineView& view) {
  const double least =
      view.axis.per_px() * static_cast<double>(view.painter.px(theme::space::kLeastTicks));
  return view.kind == AxisKind::kTime ? layout::nice_time_step(least)
                                      : layout::nice_step(std::max(least, 1.0));
}

void draw_ruler(const TimelineView& view, const std::vector<PlacedMark>& marks,
                const std::vector<double>& ticks, double step) {
  Painter& painter = view.painter;
  const Rect pill = pill_of(view, text_of(view, view.head, view.axis.per_px()));
  const std::vector<RulerLabel> labels = labels_of(view, marks, ticks, step, pill);
  std::vector<LabelWish> wishes;
  for (const RulerLabel& label : labels) wishes.push_back(label.wish);
  const auto places = layout::place_labels(wishes, painter.px(theme::space::kRulerLabels));
  for (std::size_t i = 1; i < labels.size(); ++i) {
    if (places[i]) draw_label(view, labels[i], *places[i]);
    if (!places[i] && labels[i].marker != nullptr) draw_lone_flag(view, *labels[i].marker);
    // A mark whose label has no room still has its sign.
    if (places[i] || labels[i].mark == nullptr) continue;
    if (labels[i].mark->mark.kind != Mark::Kind::kGc) continue;
    const float size = painter.sizes().dot * 0.9F;
    painter.diamond_sign({labels[i].mark->x, view.at.ruler.bottom() - size / 2}, size,
                         painter.theme().victim.fill);
  }
}

void draw_playhead(const TimelineView& view) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float x = view.axis.x_of(view.head);
  if (x < view.at.plot.x - 1 || x > view.at.plot.right() + 1) return;
  const std::string text = text_of(view, view.head, view.axis.per_px());
  const Rect pill = pill_of(view, text);
  const float w = painter.sizes().outline;
  const float bottom = view.at.plot.y + view.at.row_h * static_cast<float>(view.at.count);
  painter.fill({std::round(x - w / 2), pill.center().y, w, bottom - pill.center().y},
               theme.text_hi);
  painter.fill(pill, theme.text_hi, pill.h / 2);
  painter.text_in(pill, FontRole::kMonoMicro, theme.panel, text, Align::kCenter);
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
    asked.emplace_back(
        intents::SeekTime{std::clamp(time_ns, view.session.first_ns, view.session.last_ns)});
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

void hover(const TimelineView& view) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (mouse.y < view.at.plot.y || view.at.row_h <= 0) return;
  const auto i = static_cast<std::size_t>((mouse.y - view.at.plot.y) / view.at.row_h);
  if (i >= view.at.count) return;
  const std::size_t p = view.ps[view.at.first + i];
  if (p >= view.input.lanes.lanes().size()) return;
  const Span* span = layout::span_at(view.input.lanes.lanes()[p], view.kind,
                                     view.axis.value_at(mouse.x), view.now);
  if (span != nullptr) view.painter.tooltip(span_text(*span, p));
}

/// A click on a flag leads to its marker, and is no scrubbing.
void take_flags(const TimelineView& view, intents::Intents& asked) {
  Painter& painter = view.painter;
  const ListedMarkers& markers = *view.input.session.markers;
  const float w = painter.sizes().dot * 1.4F;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    const float x = x_of(view, markers[i]);
    if (x < view.at.plot.x || x > view.at.plot.right()) continue;
    const auto touch = painter.touch("marker." + std::to_string(i + 1),
                                     {x - w * 0.2F, view.at.ruler.y, w, view.at.ruler.h});
    if (touch.clicked) asked.emplace_back(intents::ShowMarker{i});
    if (!touch.hovered) continue;
    Painter::point_with_hand();
    const std::string number = trf("Marker {0} of {1}", i + 1, markers.size());
    painter.tooltip(markers[i].title.empty() ? number : number + ": " + markers[i].title);
  }
}

void take_mouse(const TimelineView& view, intents::Intents& asked) {
  Rect area = view.at.ruler;
  area.h = view.at.plot.bottom() - area.y;
  const Painter::Touch touch = view.painter.touch("timeline", area);
  if (touch.held && view.input.session.can.can_seek) seek(view, ImGui::GetIO().MousePos.x, asked);
  if (touch.hovered) zoom_and_pan(view, asked);
  if (touch.hovered && !touch.held) hover(view);
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
  take_mouse(view, asked);
  const double step = tick_step(view);
  const std::vector<double> ticks = layout::ticks_of(view.axis, step, view.zero);
  draw_heading(view, asked);
  draw_grid(view, ticks);
  draw_timeline_plot(view);
  draw_marker_lines(view);
  draw_loop(view);
  draw_ruler(view, marks, ticks, step);
  draw_playhead(view);
}

}  // namespace poolscope::views
