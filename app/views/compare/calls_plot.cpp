// Strip and chart of both sides, what differs, the playhead.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/views/compare/calls_parts.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

// Of a strip's height, what says that a Put was made.
constexpr float kPutShare = 0.25F;
constexpr float kPooled = 0.35F;  // the opacity of what is in the pools

/// A gap between columns that are wide enough for one.
float between(const CallsView& view, const Rect& column) {
  return column.w > 2 * view.painter.px(theme::space::kFine) ? view.painter.sizes().hairline : 0;
}

void draw_strip(const CallsView& view, std::size_t side) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& strip = view.at.rows[side].strip;
  painter.fill(strip, theme.well, painter.px(theme::space::kThin));
  for (std::size_t i = 0; i < view.columns[side].size(); ++i) {
    const CallColumn& column = view.columns[side][i];
    Rect at = view.column_rect(strip, i);
    at.w -= between(view, at);
    if (column.gets == 0 && column.puts > 0) {
      painter.fill(at.cut_bottom(std::round(at.h * kPutShare)), theme.ghost);
    }
    float y = at.bottom();
    std::uint64_t below = 0;
    for (const GetFrom from : kGetSourcesInOrder) {
      const std::uint64_t n = column.from[static_cast<std::size_t>(from)];
      if (n == 0) continue;
      below += n;
      const float share = static_cast<float>(below) / static_cast<float>(column.gets);
      const float top = std::round(at.bottom() - at.h * share);
      draw_get_part(painter, {at.x, top, at.w, y - top}, from);
      y = top;
    }
  }
}

/// What is in the pools, from below, and what New has made so far, as a line.
void draw_chart(const CallsView& view, std::size_t side) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const Rect& chart = view.at.rows[side].chart;
  painter.fill(chart, theme.well, painter.px(theme::space::kThin));
  const float line_w = painter.sizes().outline;
  const float h = chart.h - line_w;
  const auto y_of = [&](std::uint64_t n, std::uint64_t most) {
    return std::round(chart.bottom() - h * static_cast<float>(n) / static_cast<float>(most));
  };
  std::vector<Point> line;
  for (std::size_t i = 0; i < view.columns[side].size(); ++i) {
    const CallColumn& column = view.columns[side][i];
    const Rect at = view.column_rect(chart, i);
    const float top = y_of(column.pooled, view.most_pooled);
    painter.fill({at.x, top, at.w, chart.bottom() - top}, theme.shared.fill.faded(kPooled));
    if (column.pooled > 0) painter.fill({at.x, top, at.w, line_w}, theme.shared.fill);
    // Two points at one place would have no direction.
    const float y = y_of(column.news, view.most_news);
    if (line.empty() || line.back().y != y) {
      if (!line.empty()) line.push_back({at.x, line.back().y});
      line.push_back({at.x, y});
    }
  }
  if (!line.empty()) line.push_back({chart.right(), line.back().y});
  painter.polyline(line, theme.text_hi, painter.sizes().hairline * 1.5F);
}

/// Where a line of a GC or of a change of GOMAXPROCS goes through a side's rows.
float line_x(const CallsView& view, std::size_t side, std::size_t column) {
  return std::round(view.column_rect(view.at.rows[side].strip, column).center().x);
}

/// A diamond over each GC where there is room for it.
void draw_gcs(const CallsView& view, std::size_t side) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const layout::CallsRow& row = view.at.rows[side];
  const float sign = painter.sizes().dot;
  float free_from = row.strip.x;
  for (std::size_t i = 0; i < view.columns[side].size(); ++i) {
    const CallColumn& column = view.columns[side][i];
    const float x = line_x(view, side, i);
    if (column.resizes > 0) {
      painter.fill({x, row.strip.y, painter.sizes().hairline, row.strip.h}, theme.text_mid);
    }
    if (column.gcs == 0) continue;
    painter.fill({x, row.strip.y, painter.sizes().hairline, row.chart.bottom() - row.strip.y},
                 theme.victim.fill.faded(theme.badge_border));
    if (x - sign / 2 < free_from) continue;
    painter.diamond_sign({x, row.strip.center().y}, sign, theme.victim.text);
    free_from = x + sign;
  }
}

/// Beside the line of each GC, over the chart: what it has dropped, where no line is in the way.
void draw_dropped(const CallsView& view, std::size_t side) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const layout::CallsRow& row = view.at.rows[side];
  const float head_x = view.axis.x_of(view.head);
  const float margin = painter.px(theme::space::kTight);
  const auto& columns = view.columns[side];
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].gcs == 0 || columns[i].dropped == 0) continue;
    const float x = line_x(view, side, i);
    const std::string text = "\u2212" + count_text(columns[i].dropped);
    const Rect place{x + margin, row.labels.y, painter.width_of(FontRole::kMicro, text),
                     row.labels.h};
    std::size_t next = i + 1;
    while (next < columns.size() && columns[next].gcs == 0) ++next;
    const float most =
        next < columns.size() ? line_x(view, side, next) - margin : row.labels.right();
    const bool at_head = head_x > x - margin && head_x < place.right() + margin;
    if (place.right() > most || at_head) continue;
    // What lies under it would run through the number.
    painter.fill(place, theme.well, painter.px(theme::space::kThin));
    const Color color = theme.victim.text;
    painter.text_in(place, FontRole::kMicro, x > head_x ? color.faded(theme.future) : color, text);
  }
}

/// Which calls went another way on the other side.
void draw_differences(const CallsView& view) {
  if (!view.of.by_operation) return;
  Painter& painter = view.painter;
  const Rect& band = view.at.differences;
  painter.fill(band, painter.theme().well);
  const auto& a = view.of.sides[0].calls;
  const auto& b = view.of.sides[1].calls;
  const std::size_t count = view.columns[0].size();
  std::size_t drawn = count;  // the last column that is marked; none yet
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t column = i * count / a.size();
    if (column == drawn || went_the_same_way(a[i], b[i])) continue;
    drawn = column;
    Rect at = view.column_rect(band, column);
    at.w -= between(view, at);
    painter.fill(at, painter.theme().steal.fill);
  }
}

/// What comes after it stands at 35 %: the ground shines through.
void draw_playhead(const CallsView& view) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float x = std::round(view.axis.x_of(view.head));
  for (const layout::CallsRow& row : view.at.rows) {
    const float top = row.strip.y;
    painter.fill({x, top, row.strip.right() - x, row.chart.bottom() - top},
                 theme.well.faded(1 - theme.future));
  }
  const float half = painter.sizes().outline / 2;
  const Rect& plot = view.at.plot;
  painter.fill({x - half, plot.y, 2 * half, plot.h}, theme.text_hi);
}

}  // namespace

void draw_calls_plot(const CallsView& view) {
  for (std::size_t side = 0; side < kSides; ++side) {
    draw_strip(view, side);
    draw_chart(view, side);
    draw_gcs(view, side);
  }
  draw_differences(view);
  draw_playhead(view);
  for (std::size_t side = 0; side < kSides; ++side) draw_dropped(view, side);
}

}  // namespace poolscope::views
