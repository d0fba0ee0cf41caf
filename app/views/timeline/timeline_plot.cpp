// The lanes of the timeline. A kind of span is known by its colour and by a second sign: a plus for
// New, a triangle for a steal, hatching for a lock wait, hollow for a Put, thin for user code.
// Spans that are wide enough say what they are.

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/timeline/bar_look.h"
#include "app/views/timeline/timeline_parts.h"
#include "app/views/words/span_name.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::Bar;
using layout::PlacedMark;
using locale::tr;
using locale::trf;

using Kind = Span::Kind;

bool has_sign(Kind kind) { return kind == Kind::kNew || kind == Kind::kSteal; }

void draw_sign(Painter& painter, Point center, float size, Kind kind, Color color) {
  if (kind == Kind::kNew) painter.plus_sign(center, size, color);
  if (kind == Kind::kSteal) painter.triangle_sign(center, size, color);
}

std::vector<PlacedMark> marks_in(const TimelineView& view) {
  return layout::marks_of(view.input.lanes.marks(), view.kind, view.axis, view.input.lanes.index(),
                          view.now, view.painter.px(theme::space::kFine));
}

/// The lines that stand over the bars: of the playhead, of GCs and resizes, under markers' flags;
/// from the left.
std::vector<float> lines_over(const TimelineView& view) {
  std::vector<float> xs = {view.axis.x_of(view.head)};
  for (const PlacedMark& mark : marks_in(view)) xs.push_back(mark.x);
  for (const ListedMarker& marker : *view.input.session.markers) {
    xs.push_back(
        view.axis.x_of(layout::axis_value(view.kind, marker.marker.time_ns, marker.marker.seq)));
  }
  std::ranges::sort(xs);
  return xs;
}

/// The widest piece of `rect` that no line runs through.
Rect clear_of(const Rect& rect, std::span<const float> lines, float margin) {
  Rect widest{rect.x, rect.y, 0, rect.h};
  float from = rect.x;
  const auto take = [&](float to) {
    if (to - from > widest.w) widest = {from, rect.y, to - from, rect.h};
  };
  for (const float x : lines) {
    if (x + margin < rect.x || x - margin > rect.right()) continue;
    take(x - margin);
    from = std::max(from, x + margin);
  }
  take(rect.right());
  return widest;
}

/// Chinese fills its em and a little more, Latin less.
bool is_high_enough(const Painter& painter, float h, const std::string& text) {
  const bool latin = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
  return h >= painter.size_of(FontRole::kMicro) * (latin ? 0.92F : 1.15F);
}

// The sign, and beside it as much of what the span is as fits, in a piece of the bar that no line
// runs through.
void draw_inside(Painter& painter, const Rect& bar_at, const Bar& bar, const BarLook& look,
                 std::span<const float> lines) {
  const Rect rect = clear_of(bar_at, lines, painter.sizes().outline);
  float x = rect.x + painter.px(theme::space::kSnug);
  const float sign = std::min(rect.h * 0.62F, painter.px(theme::space::kBarSign));
  const bool signed_kind = has_sign(bar.kind);
  std::string text;
  if (bar.single != nullptr) {
    const Span& span = *bar.single;
    const std::string name = views::name_of(span.kind);
    const std::string object = span.object.valid() ? " " + views::name_of(span.object) : "";
    const std::string short_text = name + object;
    const float room = rect.w - painter.px(theme::space::kLoose) -
                       (signed_kind ? sign + painter.px(theme::space::kSnug) : 0);
    for (const std::string& candidate :
         {views::name_of(span.g) + " " + short_text, short_text, name, object}) {
      if (candidate.empty() || painter.width_of(FontRole::kMicro, candidate) > room) continue;
      if (!is_high_enough(painter, rect.h, candidate)) continue;
      text = candidate;
      break;
    }
  }
  if (signed_kind && rect.w >= sign * 1.5F) {
    if (text.empty()) x = rect.center().x - sign / 2;
    draw_sign(painter, {x + sign / 2, rect.center().y}, sign, bar.kind, look.text);
    x += sign + painter.px(theme::space::kSnug);
  }
  if (text.empty()) return;
  if (bar.kind == Kind::kLockWait) {
    // On the hatching a clear ground.
    const float w = painter.width_of(FontRole::kMicro, text) + painter.px(theme::space::kNear);
    painter.fill({x - painter.px(theme::space::kFine), rect.y, w, rect.h}, look.fill);
  }
  painter.text(FontRole::kMicro, {x, rect.center().y}, look.text, text);
}

// A bar without what is written in it.
void draw_shape(Painter& painter, const Rect& rect, Kind kind) {
  const theme::Theme& theme = painter.theme();
  const BarLook look = look_of(theme, kind);
  const float h = rect.h;
  const float radius = std::min({painter.px(theme::space::kFine), h / 2, rect.w / 3});
  painter.fill(rect, look.fill, rect.w > painter.px(theme::space::kRoundBar) ? radius : 0);
  const float hairline = painter.sizes().hairline;
  const float edge = h > 6 * hairline ? hairline * 1.5F : hairline;
  if (look.hollow && h > 4 * edge && rect.w > 4 * edge) {
    painter.fill(rect.inset(edge), theme.raised, std::max(0.0F, radius - edge));
  }
  if (kind == Kind::kLockWait && h > painter.px(theme::space::kFine)) {
    painter.hatch(rect, theme.on_fill.faded(0.75F), painter.px(theme::space::kSnug), hairline);
  }
}

void draw_bar(const TimelineView& view, const Rect& row, const Bar& bar, bool gone,
              std::span<const float> lines) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const BarLook look = look_of(theme, bar.kind);
  const GId followed = view.input.state.followed;
  const bool other = followed.valid() && (bar.single == nullptr || bar.single->g != followed);
  painter.set_opacity(other || gone ? theme.unlit : 1.0F);

  // A bar of several spans is as high as the pool was busy; a hair's gap parts neighbours.
  const float full = view.at.bar_h;
  const float h = std::round(view.at.thin_h + (full - view.at.thin_h) * bar.busy);
  const float gap =
      bar.x1 - bar.x0 > painter.px(theme::space::kNear) ? painter.sizes().hairline : 0;
  const Rect rect{bar.x0, std::round(row.center().y - h / 2), bar.x1 - bar.x0 - gap, h};
  draw_shape(painter, rect, bar.kind);
  if (bar.kind != Kind::kUser && h > painter.px(theme::space::kNear)) {
    draw_inside(painter, rect, bar, look, lines);
  }
  painter.set_opacity(1);
}

void draw_lanes(const TimelineView& view) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Lanes& lanes = view.drawn();
  const std::vector<float> lines = lines_over(view);
  const PId focus = view.input.state.focus;
  const auto focused = std::ranges::find(view.ps, focus.valid() ? focus.value : view.ps.front());
  const auto nth = static_cast<std::size_t>(focused - view.ps.begin());
  const float narrowest = std::max(2.0F, painter.px(theme::space::kFine));
  const bool in_sight = nth >= view.at.first && nth < view.at.first + view.at.count;
  for (std::size_t i = 0; i < view.at.count; ++i) {
    const std::size_t p = view.ps[view.at.first + i];
    const Rect row = view.at.row(i);
    const bool in_focus = focus.valid() && focus.value == p;
    if (in_focus) painter.fill(row, theme.raised, painter.px(theme::space::kFine));
    if (layout::is_named(view.at, i, in_sight ? nth - view.at.first : 0)) {
      const Rect name{view.at.names.x, row.y, view.at.names.w - painter.px(theme::space::kClose),
                      row.h};
      const bool runs = p < view.input.model.procs;
      painter.text_in(name, FontRole::kMonoMicro,
                      !runs      ? theme.text_low
                      : in_focus ? theme.text_hi
                                 : theme.text_mid,
                      row_name(view, p));
    }
    if (p >= lanes.lanes().size()) continue;
    // Half a bar's least width: what is merged up to that would be drawn as one anyway.
    const double as_one = view.axis.per_px() * static_cast<double>(narrowest) / 2;
    const std::span<const Span> spans = view.kind == layout::AxisKind::kTime
                                            ? lanes.drawn_by_time(p, as_one)
                                            : lanes.drawn_by_step(p, as_one);
    for (const Bar& bar : layout::bars_of(spans, view.kind, view.axis, view.now, narrowest)) {
      draw_bar(view, row, bar, view.gone(p), lines);
    }
  }
}

void draw_mark_lines(const TimelineView& view) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& plot = view.at.plot;
  const float h = view.at.row_h * static_cast<float>(view.at.count);
  for (const PlacedMark& mark : marks_in(view)) {
    const bool gc = mark.mark.kind == Mark::Kind::kGc;
    const Color color = gc ? theme.victim.fill : theme.text_mid;
    const auto clamp = [&plot](float x) { return std::clamp(x, plot.x, plot.right()); };
    // From the request the world is waited for; then it stands still.
    const float wait = clamp(mark.stopped_x) - clamp(mark.x);
    const float stop = clamp(mark.started_x) - clamp(mark.stopped_x);
    if (wait >= 1) painter.fill({clamp(mark.x), plot.y, wait, h}, color.faded(0.14F));
    if (stop >= 1) painter.fill({clamp(mark.stopped_x), plot.y, stop, h}, color.faded(0.30F));
    if (mark.x < plot.x || mark.x > plot.right()) continue;
    const float w = std::max(1.0F, painter.sizes().hairline * 1.5F);
    painter.fill({std::round(mark.x - w / 2), view.at.ruler.center().y, w,
                  plot.y + h - view.at.ruler.center().y},
                 color);
  }
}

constexpr std::array kLegend = {Kind::kPut, Kind::kHit, Kind::kNew, Kind::kSteal, Kind::kLockWait};

// A little bar as long as it needs to show its second sign.
float legend_bar_width(const Painter& painter) { return painter.size_of(FontRole::kMicro) * 1.2F; }

}  // namespace

std::string row_name(const TimelineView& view, std::size_t p) {
  const std::string name = views::name_of(PId{static_cast<std::uint16_t>(p)});
  return view.gone(p) ? trf("{0} gone", name) : name;
}

float legend_width(const Painter& painter) {
  const float gap = painter.px(theme::space::kNear);
  const float sign = legend_bar_width(painter) + 3 * gap;
  // A pixel more, because the pieces' widths are rounded one by one.
  float w = 1 + sign + painter.width_of(FontRole::kMicro, "GC");
  for (const Kind kind : kLegend) w += sign + painter.width_of(FontRole::kMicro, name_of(kind));
  return w;
}

void draw_legend(const TimelineView& view, const Rect& room) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  Rect at = room;
  if (legend_width(painter) > room.w) return;
  at = at.cut_right(legend_width(painter));
  if (view.input.interactive) view.input.labels.record("timeline.legend", at, true);
  const float gap = painter.px(theme::space::kNear);
  const float w = legend_bar_width(painter);
  const float h = std::round(painter.size_of(FontRole::kMicro) * 0.72F);
  const auto word = [&](const std::string& text) {
    at.cut_left(gap);
    at.cut_left(painter.text_in(at, FontRole::kMicro, theme.text_mid, text));
  };
  for (const Kind kind : kLegend) {
    at.cut_left(2 * gap);
    const Rect place = at.cut_left(w);
    const Rect bar{place.x, std::round(place.center().y - h / 2), w, h};
    draw_shape(painter, bar, kind);
    if (has_sign(kind)) {
      draw_sign(painter, bar.center(), h * 0.62F, kind, look_of(theme, kind).text);
    }
    word(name_of(kind));
  }
  at.cut_left(2 * gap);
  const Rect sign = at.cut_left(w);
  painter.diamond_sign(sign.center(), h, theme.victim.fill);
  word("GC");
}

std::string span_text(const Span& span, std::size_t p) {
  std::string where = views::name_of(PId{static_cast<std::uint16_t>(p)});
  if (span.g.valid()) where = views::name_of(span.g) + " / " + where;
  const std::string length =
      span.open() ? tr("not ended yet") : duration_text(span.end_ns - span.begin_ns);
  if (span.summed()) {
    std::string kinds;
    for (const Kind kind : {Kind::kPut, Kind::kHit, Kind::kSteal, Kind::kNew, Kind::kNil,
                            Kind::kLockWait, Kind::kUser}) {
      if (span.has(kind)) kinds += (kinds.empty() ? "" : tr(", ")) + name_of(kind);
    }
    return trf("{}: {} spans in {}: {}", where, count_text(span.parts), length, kinds);
  }
  const std::string object = span.object.valid() ? " " + views::name_of(span.object) : "";
  return fmt::format("{}: {}{}, {}", where, name_of(span.kind), object, length);
}

void draw_timeline_plot(const TimelineView& view) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& plot = view.at.plot;
  const float h = view.at.row_h * static_cast<float>(view.at.count);
  draw_lanes(view);
  draw_mark_lines(view);
  // What lies after the playhead stands at 35 %: the ground shines through.
  const float head_x = std::clamp(view.axis.x_of(view.head), plot.x, plot.right());
  const float now_x = std::clamp(view.axis.x_of(view.now), plot.x, plot.right());
  if (now_x > head_x) {
    painter.fill({head_x, plot.y, now_x - head_x + 1, h}, theme.well.faded(1 - theme.future));
  }
}

}  // namespace poolscope::views
