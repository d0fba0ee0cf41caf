// The two charts over time.

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/statistics/statistics_parts.h"
#include "app/views/widgets/share_bar.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

// Px at scale 1: a narrower column says nothing.
constexpr float kLeastColumn = 3;

/// Neighbouring stretches, as many as are drawn as one column.
struct ColumnTally {
  std::size_t first = 0;
  std::size_t last = 0;
  Tally tally;
};

std::vector<ColumnTally> columns_of(const StatisticsView& view, float width) {
  const std::size_t count = view.range.last - view.range.first;
  const auto most =
      static_cast<std::size_t>(std::max(1.0F, std::floor(width / view.painter.px(kLeastColumn))));
  const std::size_t in_one = (count + most - 1) / std::max<std::size_t>(most, 1);
  std::vector<ColumnTally> columns;
  for (std::size_t i = view.range.first; i < view.range.last; i += in_one) {
    const std::size_t end = std::min(i + in_one, view.range.last);
    columns.push_back({i, end, view.statistics.sum({i, end})});
  }
  return columns;
}

Rect column_rect(const Rect& chart, std::size_t i, std::size_t count) {
  const auto at = [&](std::size_t n) {
    return std::round(chart.x + chart.w * static_cast<float>(n) / static_cast<float>(count));
  };
  return {at(i), chart.y, at(i + 1) - at(i), chart.h};
}

std::int64_t time_of(const StatisticsView& view, std::size_t stretch) {
  return view.statistics.begin_ns() +
         static_cast<std::int64_t>(stretch) * view.statistics.stretch_ns();
}

std::string when_text(const StatisticsView& view, const ColumnTally& column) {
  const std::int64_t zero_ns = view.input.session.origin.time_ns;
  return trf("from {0}, {1} long", clock_text(time_of(view, column.first) - zero_ns),
             duration_text(static_cast<std::int64_t>(column.last - column.first) *
                           view.statistics.stretch_ns()));
}

/// A click moves the playhead to the column; the pointer gets `text` of it.
template <class Text>
void take_columns(const StatisticsView& view, const char* label, const Rect& chart,
                  const std::vector<ColumnTally>& columns, intents::Intents& asked, Text text) {
  const Painter::Touch touch = view.painter.touch(label, chart);
  if (!touch.hovered || columns.empty() || chart.w <= 0) return;
  const float part = (ImGui::GetIO().MousePos.x - chart.x) / chart.w;
  const auto i = static_cast<std::size_t>(std::clamp(part, 0.0F, 0.9999F) *
                                          static_cast<float>(columns.size()));
  view.painter.tooltip(text(columns[i]));
  if (!touch.clicked || !view.input.session.can.can_seek) return;
  asked.emplace_back(intents::SeekTime{std::clamp(time_of(view, columns[i].first),
                                                  view.input.session.first.time_ns,
                                                  view.input.session.last.time_ns)});
}

std::string gets_text(const StatisticsView& view, const ColumnTally& column) {
  const Counts& all = column.tally.all;
  std::string text = trnf("{1} Get", "{1} Gets", all.gets(), count_text(all.gets())) + " " +
                     when_text(view, column);
  for (const GetFrom from : kGetSourcesInOrder) {
    if (all.of(from) == 0) continue;
    text += "\n" + source_text(from) + " " + count_text(all.of(from));
  }
  return text;
}

struct LegendLine {
  GetFrom from;
  std::string text;
};

/// The sources that gave anything, with their shares.
std::vector<LegendLine> legend_of(const StatisticsView& view) {
  std::vector<LegendLine> lines;
  const Counts& all = view.sum.all;
  for (const GetFrom from : kGetSourcesInOrder) {
    if (all.of(from) == 0) continue;
    lines.push_back({from, source_text(from) + " " + percent_text(all.of(from), all.gets())});
  }
  return lines;
}

/// What one line of it takes, with the room beside it.
float legend_w(const StatisticsView& view, const std::vector<LegendLine>& lines) {
  float w = 0;
  for (const LegendLine& line : lines) {
    w = std::max(w, view.painter.width_of(FontRole::kSmall, line.text));
  }
  return w + view.painter.sizes().dot +
         view.painter.px(theme::space::kClose + theme::space::kApart);
}

void draw_legend(const StatisticsView& view, const Rect& in, const std::vector<LegendLine>& lines) {
  Painter& painter = view.painter;
  const float line_h = view.line_h();
  const float dot = painter.sizes().dot;
  const float column_w = legend_w(view, lines);
  const auto rows = static_cast<std::size_t>(std::max(1.0F, std::floor(in.h / line_h)));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t column = i / rows;
    const float x = in.x + column_w * static_cast<float>(column);
    const float y = in.y + line_h * static_cast<float>(i % rows);
    const float text_x = x + dot + painter.px(theme::space::kClose);
    // A colour without its word would say nothing.
    if (text_x + painter.width_of(FontRole::kSmall, lines[i].text) > in.right()) continue;
    draw_get_part(painter, {x, std::round(y + (line_h - dot) / 2), dot, dot}, lines[i].from);
    painter.text_in({text_x, y, in.right() - text_x, line_h}, FontRole::kSmall,
                    painter.theme().text_mid, lines[i].text);
  }
}

/// How many columns a legend of that height has.
float legend_columns(const StatisticsView& view, std::size_t lines, float h) {
  const float rows = std::max(1.0F, std::floor(h / view.line_h()));
  return std::ceil(static_cast<float>(lines) / rows);
}

float least_chart_w(const StatisticsView& view) { return 4 * view.line_h(); }

}  // namespace

float width_of_gets(const StatisticsView& view, float h) {
  const Painter& painter = view.painter;
  const std::vector<LegendLine> lines = legend_of(view);
  const float below_heading = h - view.line_h() - painter.px(theme::space::kTight);
  const float legend = legend_columns(view, lines.size(), below_heading) * legend_w(view, lines);
  return std::max(painter.width_of(FontRole::kBodyStrong, tr("Where Gets got their object")),
                  least_chart_w(view) + painter.px(theme::space::kLoose) + legend);
}

void draw_gets(const StatisticsView& view, Rect in, intents::Intents& asked) {
  Painter& painter = view.painter;
  const std::uint64_t gets = view.sum.all.gets();
  painter.heading(in.cut_top(view.line_h()), tr("Where Gets got their object"),
                  trnf("{1} Get", "{1} Gets", gets, count_text(gets)));
  in.cut_top(painter.px(theme::space::kTight));
  // Beside a low chart, or under a high one.
  constexpr float kLow = 2.2F;
  const float gap = painter.px(theme::space::kLoose);
  const bool beside = in.w > kLow * in.h;
  const std::vector<LegendLine> lines = legend_of(view);
  const auto count = static_cast<float>(lines.size());
  const float column_w = legend_w(view, lines);
  Rect legend;
  if (beside) {
    const float wanted = legend_columns(view, lines.size(), in.h) * column_w;
    legend = in.cut_right(std::min(wanted, std::max(0.0F, in.w - gap - least_chart_w(view))));
    in.cut_right(gap);
  } else {
    const float columns = std::max(1.0F, std::floor(in.w / column_w));
    legend = in.cut_bottom(std::ceil(count / columns) * view.line_h());
    in.cut_bottom(painter.px(theme::space::kTight));
  }
  painter.fill(in, painter.theme().well, painter.px(theme::space::kFine));
  draw_legend(view, legend, lines);
  const std::vector<ColumnTally> columns = columns_of(view, in.w);
  std::uint64_t most = 1;
  for (const ColumnTally& column : columns) most = std::max(most, column.tally.all.gets());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect column = column_rect(in, i, columns.size());
    float y = column.bottom();
    std::uint64_t below = 0;
    for (const GetFrom from : kGetSourcesInOrder) {
      const std::uint64_t n = columns[i].tally.all.of(from);
      if (n == 0) continue;
      below += n;
      const float top =
          std::round(column.bottom() - in.h * static_cast<float>(below) / static_cast<float>(most));
      const float between = column.w > 2 * painter.px(kLeastColumn) ? 1.0F : 0.0F;
      if (top < y) draw_get_part(painter, {column.x, top, column.w - between, y - top}, from);
      y = std::min(y, top);
    }
  }
  take_columns(view, "stats.gets", in, columns, asked,
               [&](const ColumnTally& column) { return gets_text(view, column); });
}

void draw_sawtooth(const StatisticsView& view, Rect in, intents::Intents& asked) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  painter.heading(in.cut_top(view.line_h()), tr("In the pools"),
                  trf("at most {0}", count_text(view.sum.most_pooled)));
  in.cut_top(painter.px(theme::space::kTight));
  painter.fill(in, theme.well, painter.px(theme::space::kFine));
  const std::vector<ColumnTally> columns = columns_of(view, in.w);
  const auto most = static_cast<float>(std::max<std::uint64_t>(view.sum.most_pooled, 1));
  const float sign = painter.sizes().dot;
  const float h = in.h - sign;
  const auto y_of = [&](std::uint64_t n) {
    return std::round(in.bottom() - h * static_cast<float>(n) / most);
  };
  float free_from = in.x;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Rect column = column_rect(in, i, columns.size());
    const Tally& tally = columns[i].tally;
    const float top = y_of(tally.most_pooled);
    const float end = y_of(tally.pooled);
    painter.fill({column.x, top, column.w, in.bottom() - top}, theme.shared.fill.faded(0.35F));
    painter.fill({column.x, std::min(end, in.bottom() - painter.sizes().hairline), column.w,
                  painter.sizes().outline},
                 theme.shared.fill);
    if (tally.gc.count == 0) continue;
    painter.fill({column.x, in.y + sign / 2, painter.sizes().hairline, in.h - sign / 2},
                 theme.victim.fill.faded(0.5F));
    if (column.x < free_from) continue;
    painter.diamond_sign({column.x, in.y + sign / 2}, sign, theme.victim.fill);
    free_from = column.x + 1.5F * sign;
  }
  take_columns(view, "stats.pooled", in, columns, asked, [&](const ColumnTally& column) {
    const Tally& tally = column.tally;
    std::string text = trnf("{1} object in the pools at the end, {2} at most",
                            "{1} objects in the pools at the end, {2} at most", tally.pooled,
                            count_text(tally.pooled), count_text(tally.most_pooled)) +
                       "\n" + when_text(view, column);
    if (tally.gc.count > 0) {
      text +=
          "\n" + trnf("{1} GC, {2} objects dropped", "{1} GCs, {2} objects dropped", tally.gc.count,
                      count_text(tally.gc.count), count_text(tally.all.dropped_by_gc));
    }
    return text;
  });
}

}  // namespace poolscope::views
