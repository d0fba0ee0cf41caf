// Over the lanes: ticks, the signs of GCs and resizes, markers' flags, the loop, the playhead.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/timeline/timeline_parts.h"
#include "app/views/widgets/flag.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using layout::AxisKind;
using layout::LabelWish;
using layout::PlacedMark;
using locale::trf;

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

// Signs on the ruler, in dots of the design.
constexpr float kSignOfDot = 1.4F;

bool is_on_ruler(const TimelineView& view, float x) {
  return x >= view.at.plot.x && x <= view.at.plot.right();
}

/// The middle of what is said on the ruler.
float label_y(const TimelineView& view) {
  return view.at.ruler.center().y - view.painter.px(theme::space::kThin);
}

/// A flag's pole stands on its moment.
float middle_of_flag(const TimelineView& view, float x) {
  return x + view.painter.sizes().dot * kSignOfDot * 0.35F;
}

/// All that stands on the ruler, named or not.
std::vector<layout::RulerSign> signs_of(const TimelineView& view,
                                        const std::vector<PlacedMark>& marks) {
  const float w = view.painter.sizes().dot * kSignOfDot;
  std::vector<layout::RulerSign> signs;
  for (const PlacedMark& mark : marks) {
    if (is_on_ruler(view, mark.x)) signs.push_back({mark.x, w});
  }
  for (const ListedMarker& marker : *view.input.session.markers) {
    const float x = x_of(view, marker);
    if (is_on_ruler(view, x)) signs.push_back({middle_of_flag(view, x), w});
  }
  return signs;
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
  const float sign = painter.sizes().dot * kSignOfDot;
  for (const PlacedMark& mark : marks) {
    if (!is_on_ruler(view, mark.x)) continue;
    const std::string text = text_of(mark);
    const float w =
        sign + painter.px(theme::space::kTight) + painter.width_of(FontRole::kMicro, text);
    const float right = mark.x - sign / 2;
    const float left = mark.x + sign / 2 - w;
    const bool fits = right + w <= view.at.ruler.right();
    labels.push_back({{fits ? right : left, w, 1, other_side(view, left), mark.x}, text, &mark});
  }
  for (const ListedMarker& marker : *view.input.session.markers) {
    const float x = x_of(view, marker);
    if (!is_on_ruler(view, x)) continue;
    const std::string text = flag_text(view, marker);
    const float w = sign + painter.width_of(FontRole::kMicro, text);
    const bool fits = x + w <= view.at.ruler.right();
    labels.push_back({{fits ? x : x - w, w, 1, other_side(view, x - w), middle_of_flag(view, x)},
                      text,
                      nullptr,
                      &marker});
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
  const float sign = painter.sizes().dot * kSignOfDot;
  const float y = label_y(view);
  const float at = x_of(view, *label.marker);
  draw_flag(painter, {at + sign * 0.35F, y}, sign, painter.theme().text_hi);
  const bool right = x >= at - sign / 2;
  painter.text(FontRole::kMicro, {right ? at + sign : x, y}, painter.theme().text_hi, label.text);
}

// A mark's sign stands on the mark, its text on the side that has room.
void draw_label(const TimelineView& view, const RulerLabel& label, float x) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float y = label_y(view);
  // On a clear ground, so that no tick runs through it. The loop's bar stands under it.
  painter.fill(
      {x, view.at.ruler.y, label.wish.w, view.at.ruler.h - painter.px(theme::space::kFine)},
      theme.panel);
  if (label.marker != nullptr) return draw_marker_label(view, label, x);
  if (label.mark == nullptr) {
    painter.text(FontRole::kMicro, {x, y}, theme.text_low, label.text);
    return;
  }
  const float sign = painter.sizes().dot * kSignOfDot;
  const bool gc = label.mark->mark.kind == Mark::Kind::kGc;
  const Point at{label.mark->x, y};
  if (gc) {
    painter.diamond_sign(at, sign, theme.victim.fill);
  } else {
    const float half = sign * 0.4F;  // as far from its text as a GC's sign
    painter.triangle({at.x - half, at.y - sign / 2}, {at.x + half, at.y},
                     {at.x - half, at.y + sign / 2}, theme.text_mid);
  }
  const bool right = x >= at.x - sign;
  painter.text(FontRole::kMicro, {right ? x + sign + painter.px(theme::space::kTight) : x, y},
               gc ? theme.victim.text : theme.text_hi, label.text);
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

}  // namespace

double tick_step(const TimelineView& view) {
  const double least =
      view.axis.per_px() * static_cast<double>(view.painter.px(theme::space::kLeastTicks));
  return view.kind == AxisKind::kTime ? layout::nice_time_step(least)
                                      : layout::nice_step(std::max(least, 1.0));
}

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

void draw_ruler(const TimelineView& view, const std::vector<layout::PlacedMark>& marks,
                const std::vector<double>& ticks, double step) {
  draw_marker_lines(view);
  draw_loop(view);
  Painter& painter = view.painter;
  const Rect pill = pill_of(view, text_of(view, view.head, view.axis.per_px()));
  const std::vector<RulerLabel> labels = labels_of(view, marks, ticks, step, pill);
  std::vector<LabelWish> wishes;
  wishes.reserve(labels.size());
  for (const RulerLabel& label : labels) wishes.push_back(label.wish);
  const auto places =
      layout::place_labels(wishes, painter.px(theme::space::kRulerLabels), signs_of(view, marks));
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
  draw_playhead(view);
}

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

}  // namespace poolscope::views
