// The statistics' panel: which parts have room, and the figures and tables.

#include "app/views/statistics/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/statistics/statistics_parts.h"
#include "app/views/widgets/counted.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

struct TableColumn {
  std::string head;
  std::function<std::string(const Counts&)> text;
};

std::vector<TableColumn> table_columns() {
  const auto share = [](GetFrom from) {
    return [from](const Counts& c) {
      return c.gets() == 0 ? std::string("-") : percent_text(c.of(from), c.gets());
    };
  };
  return {{"Gets", [](const Counts& c) { return count_text(c.gets()); }},
          {"New", share(GetFrom::kNew)},
          {tr("steal"), share(GetFrom::kSteal)},
          {"Puts", [](const Counts& c) { return count_text(c.puts()); }}};
}

float column_width(const Painter& painter, const std::vector<TableColumn>& columns) {
  return std::max(painter.width_of(FontRole::kMono, "888,888"),
                  painter.width_of(FontRole::kSmall, columns[2].head)) +
         painter.px(theme::space::kClose);
}

float width_of_names(const Painter& painter) { return painter.width_of(FontRole::kMono, "P888 "); }

using CountedRows = std::vector<const CountsByNumber::Row*>;

/// A table of `rows`; a click on one does what `click` says.
void draw_table(const StatisticsView& view, Rect in, const std::string& title,
                const CountedRows& rows, const char* label,
                const std::function<std::string(std::uint16_t)>& name,
                const std::function<void(std::uint16_t)>& click) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float line = view.line_h();
  std::vector<TableColumn> columns = table_columns();
  const float column_w = column_width(painter, columns);
  const float most = std::max(1.0F, std::floor((in.w - width_of_names(painter)) / column_w));
  columns.resize(std::min(columns.size(), static_cast<std::size_t>(most)));
  Rect head = in.cut_top(line);
  for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
    painter.text_in(head.cut_right(column_w), FontRole::kSmall, theme.text_low, column->head,
                    Align::kRight);
  }
  painter.text_in(head, FontRole::kBodyStrong, theme.text_hi, title);
  std::size_t shown = 0;
  for (const CountsByNumber::Row* each : rows) {
    const auto& [number, row] = *each;
    if (in.h < line) return;
    if (in.h < 2 * line && shown + 1 < rows.size()) {
      painter.text_in(in.cut_top(line), FontRole::kSmall, theme.text_low,
                      trf("and {0} more", count_text(rows.size() - shown)));
      return;
    }
    ++shown;
    Rect at = in.cut_top(line);
    const Painter::Touch touch = painter.touch(fmt::format("{}.{}", label, number), at);
    if (touch.hovered) painter.fill(at, theme.raised, painter.sizes().radius_object);
    if (touch.clicked) click(number);
    for (auto column = columns.rbegin(); column != columns.rend(); ++column) {
      painter.text_in(at.cut_right(column_w), FontRole::kMono, theme.text_mid, column->text(row),
                      Align::kRight);
    }
    painter.text_in(at, FontRole::kMono, theme.text_hi, name(number));
  }
}

struct FigureLine {
  std::string name;
  std::string text;
};

std::vector<FigureLine> figure_lines(const StatisticsView& view) {
  const Tally& sum = view.sum;
  const Details& details = view.input.model.config.details;
  const Counts& all = sum.all;
  const std::string locks = !details.locks        ? tr("not recorded")
                            : all.lock_waits == 0 ? "0"
                                                  : trf("{0}, {1}", count_text(all.lock_waits),
                                                        duration_text(all.lock_wait_ns));
  const std::string waited =
      details.pins ? duration_text(sum.gc.wait_ns + sum.resize.wait_ns) : tr("not recorded");
  return {{tr("GCs"), count_text(sum.gc.count)},
          {tr("GOMAXPROCS changes"), count_text(sum.resize.count)},
          {tr("until the world stood"), waited},
          {tr("the world stood"), duration_text(sum.gc.stopped_ns + sum.resize.stopped_ns)},
          {tr("waits for a lock"), locks},
          {tr("dropped by GCs"), count_text(all.dropped_by_gc)},
          {tr("dropped by grown arrays"), count_text(all.dropped_by_grow)},
          {tr("put into old arrays"), count_text(all.of(PutTo::kDroppedArray))},
          {tr("made by New"), count_text(sum.made_by_new)}};
}

/// The heading: which part is counted, and how much of it so far.
void draw_heading(const StatisticsView& view, const Rect& line) {
  const ViewInput& input = view.input;
  const std::int64_t zero_ns = input.session.origin.time_ns;
  const Statistics& all = view.statistics;
  const auto at = [&](std::size_t stretch) {
    const std::int64_t time_ns =
        all.begin_ns() + static_cast<std::int64_t>(stretch) * all.stretch_ns();
    return clock_text(std::clamp(time_ns, all.begin_ns(), all.end_ns()) - zero_ns);
  };
  std::string note =
      trf("{0} to {1}, as the timeline shows", at(view.range.first), at(view.range.last));
  if (const std::string counted = counted_text(input); !counted.empty()) note = counted;
  view.painter.heading(line, tr("Statistics"), note);
}

float heading_width(const StatisticsView& view, const std::string& text) {
  return view.painter.width_of(FontRole::kBodyStrong, text);
}

/// The width that every line of the waits needs to be whole.
float width_of_waits(const StatisticsView& view) {
  const Painter& painter = view.painter;
  float w = heading_width(view, tr("Waits and drops"));
  for (const FigureLine& figure : figure_lines(view)) {
    w = std::max(w, painter.width_of(FontRole::kSmall, figure.name) +
                        painter.px(theme::space::kClose) +
                        painter.width_of(FontRole::kSmall, figure.text));
  }
  return w;
}

/// The width of a table with one column.
float width_of_table(const StatisticsView& view, const std::string& title) {
  const float more = view.painter.width_of(FontRole::kSmall, trf("and {0} more", "888"));
  const float names = std::max(heading_width(view, title) + view.painter.px(theme::space::kClose),
                               width_of_names(view.painter));
  return std::max(more, names + column_width(view.painter, table_columns()));
}

/// One of the parts that stand side by side.
struct WidePart {
  float need;   // the width of its words
  float share;  // of what is left once each has what it needs
  std::function<void(const Rect&)> draw;
};

/// Side by side; what has no room is left out, from the end.
void draw_wide(const StatisticsView& view, Rect in, intents::Intents& asked) {
  std::vector<WidePart> parts = {
      {width_of_gets(view, in.h), 4, [&](const Rect& at) { draw_gets(view, at, asked); }},
      {heading_width(view, tr("In the pools")), 2,
       [&](const Rect& at) { draw_sawtooth(view, at, asked); }},
      {width_of_waits(view), 1, [&](const Rect& at) { draw_waits(view, at); }}};
  if (view.sum.by_pool.rows().size() > 1) {
    parts.push_back({width_of_table(view, tr("By pool")), 2,
                     [&](const Rect& at) { draw_by_pool(view, at, asked); }});
  }
  parts.push_back(
      {width_of_table(view, tr("By P")), 2, [&](const Rect& at) { draw_by_p(view, at, asked); }});
  const float gap = view.painter.px(theme::space::kFar);
  float left = in.w + gap;
  float shares = 0;
  std::size_t shown = 0;
  for (; shown < parts.size(); ++shown) {
    WidePart& part = parts[shown];
    part.need = std::ceil(part.need) + gap;
    if (shown > 0 && left < part.need) break;
    left -= part.need;
    shares += part.share;
  }
  parts.resize(shown);
  left = std::max(left, 0.0F);
  for (const WidePart& part : parts) {
    part.draw(in.cut_left(std::floor(part.need - gap + left * part.share / shares)));
    in.cut_left(std::min(in.w, gap));
  }
}

/// One over the other; what has no room is left out, from the end.
void draw_high(const StatisticsView& view, Rect in, intents::Intents& asked) {
  const float gap = view.painter.px(theme::space::kApart);
  const float line = view.line_h();
  const auto part = [&](float h) {
    if (in.h < h) {
      in.h = 0;
      return Rect{};
    }
    const Rect at = in.cut_top(h);
    in.cut_top(std::min(gap, in.h));
    return at;
  };
  const float chart_h = std::round(std::clamp(in.h * 0.16F, 3 * line, 6 * line));
  if (const Rect at = part(chart_h + 4 * line); !at.empty()) draw_gets(view, at, asked);
  if (const Rect at = part(chart_h + line); !at.empty()) draw_sawtooth(view, at, asked);
  const auto figures = static_cast<float>(figure_lines(view).size());
  // Some of the figures are better than an empty panel.
  const float waits_h = std::clamp(in.h, 4 * line, (1 + figures) * line);
  if (const Rect at = part(waits_h); !at.empty()) draw_waits(view, at);
  const auto rows = [&](const CountsByNumber& counts) {
    return (1 + static_cast<float>(counts.rows().size())) * line;
  };
  if (view.sum.by_pool.rows().size() > 1) {
    const float most_h = std::max(3 * line, std::round(in.h / 2));
    const Rect at = part(std::min(rows(view.sum.by_pool), most_h));
    if (!at.empty()) draw_by_pool(view, at, asked);
  }
  if (in.h >= 2 * line) draw_by_p(view, in, asked);
}

}  // namespace

float StatisticsView::line_h() const { return std::ceil(painter.size_of(FontRole::kSmall) * 1.4F); }

void draw_waits(const StatisticsView& view, Rect in) {
  Painter& painter = view.painter;
  const theme::Theme& theme = painter.theme();
  const float line = view.line_h();
  painter.heading(in.cut_top(line), tr("Waits and drops"), "");
  for (const FigureLine& figure : figure_lines(view)) {
    if (in.h < line) return;
    Rect at = in.cut_top(line);
    const float w = std::min(at.w, painter.width_of(FontRole::kSmall, figure.text));
    painter.text_in(at.cut_right(w), FontRole::kSmall, theme.text_hi, figure.text, Align::kRight);
    at.cut_right(std::min(at.w, painter.px(theme::space::kClose)));
    painter.text_in(at, FontRole::kSmall, theme.text_mid, figure.name);
  }
}

void draw_by_p(const StatisticsView& view, Rect in, intents::Intents& asked) {
  CountedRows rows;
  for (const CountsByNumber::Row& row : view.sum.by_p.rows()) rows.push_back(&row);
  draw_table(
      view, in, tr("By P"), rows, "stats.p", [](std::uint16_t n) { return name_of(PId{n}); },
      [&](std::uint16_t n) { asked.emplace_back(intents::FocusP{PId{n}}); });
}

void draw_by_pool(const StatisticsView& view, Rect in, intents::Intents& asked) {
  draw_table(
      view, in, tr("By pool"), view.sum.by_pool.by_gets(), "stats.pool",
      [](std::uint16_t n) { return short_name_of(PoolId{n}); },
      [&](std::uint16_t n) { asked.emplace_back(intents::ShowPool{PoolId{n}}); });
}

void draw_statistics(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  if (area.empty()) return;
  Painter painter(input);
  Rect in = painter.panel(area);
  static const Statistics kNothing;
  const Statistics& all = input.statistics != nullptr ? *input.statistics : kNothing;
  const layout::TimeRange shown =
      layout::shown_range(timeline_choice(input.state), session_times(input));
  const Statistics::Range range = all.range(shown.begin_ns, shown.end_ns);
  const StatisticsView view{painter, input, all, range, all.sum(range)};
  const float line = std::ceil(painter.size_of(FontRole::kBodyStrong) * 1.4F);
  Rect head = in.cut_top(line);
  if (range.first == range.last) {
    painter.heading(head, tr("Statistics"), "");
    painter.text_in(in.cut_top(std::min(in.h, 2 * line)), FontRole::kSmall,
                    painter.theme().text_mid,
                    tr("Nothing has happened in what the timeline shows."));
    return;
  }
  draw_heading(view, head);
  in.cut_top(painter.px(theme::space::kTight));
  constexpr float kWide = 2.5F;
  in.w > kWide* in.h ? draw_wide(view, in, asked) : draw_high(view, in, asked);
}

}  // namespace poolscope::views
