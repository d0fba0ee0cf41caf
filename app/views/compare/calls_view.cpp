// The calls as columns.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "app/locale/translate.h"
#include "app/views/compare/calls_parts.h"
#include "app/views/words/call_text.h"
#include "app/views/words/finding_text.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

// Px at scale 1: a narrower column says nothing.
constexpr float kLeastColumn = 3;
// The most that one GC drops in a usual comparison: for the width of what says so.
constexpr std::uint64_t kManyDropped = 888;

/// By time a call stands where it ended.
double value_of(const CallsView& view, std::size_t side, std::size_t call) {
  if (view.of.by_operation) return static_cast<double>(call);
  const ComparedCalls& calls = view.of.sides[side];
  return static_cast<double>(calls.calls[call].end.time_ns - calls.first.time_ns);
}

void add(CallColumn& column, const SeenCall& seen) {
  switch (seen.call.kind) {
    case Call::Kind::kGet:
      if (const auto from = get_from(seen.where)) ++column.from[static_cast<std::size_t>(*from)];
      ++column.gets;
      break;
    case Call::Kind::kPut:
    case Call::Kind::kDrop: ++column.puts; break;
    case Call::Kind::kGc:
      ++column.gcs;
      column.dropped += seen.dropped;
      break;
    case Call::Kind::kResize: ++column.resizes; break;
  }
  column.news = seen.news;
  column.pooled = seen.pooled;
}

std::vector<CallColumn> columns_of(const CallsView& view, std::size_t side, std::size_t count) {
  std::vector<CallColumn> columns(count);
  std::size_t filled = 0;
  const auto carry_to = [&](std::size_t column) {
    for (; filled < column; ++filled) {
      columns[filled + 1].news = columns[filled].news;
      columns[filled + 1].pooled = columns[filled].pooled;
    }
  };
  const std::vector<SeenCall>& calls = view.of.sides[side].calls;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const double share = value_of(view, side, i) / view.axis.end;
    const auto column =
        static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(count));
    carry_to(std::min(column, count - 1));
    add(columns[filled], calls[i]);
  }
  carry_to(count - 1);
  return columns;
}

/// What the name of a pool takes with the longest of what a call comes to beside it, or what is
/// counted under both.
float name_width(const Painter& painter) {
  const SeenCall gc{.call = {.kind = Call::Kind::kGc}, .dropped = kManyDropped};
  float outcome = painter.width_of(FontRole::kSmall, outcome_text(gc));
  for (const GetFrom from : kGetSourcesInOrder) {
    outcome = std::max(outcome, painter.width_of(FontRole::kSmall, source_text(from)));
  }
  float name = 0;
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    name = std::max(name, painter.width_of(FontRole::kSmallStrong, version_text(pool)));
  }
  const std::string most = count_text(kManyDropped);
  const float counted =
      painter.width_of(FontRole::kSmall, locale::trf("New: {0}, dropped: {1}", most, most));
  const float both = name + painter.px(theme::space::kWide) + outcome;
  return std::ceil(std::max(both, counted) + painter.px(theme::space::kWide));
}

}  // namespace

Rect CallsView::column_rect(const Rect& row, std::size_t column) const {
  const auto count = static_cast<float>(columns[0].size());
  const float left = std::round(row.x + row.w * static_cast<float>(column) / count);
  const float right = std::round(row.x + row.w * static_cast<float>(column + 1) / count);
  return {left, row.y, right - left, row.h};
}

const SeenCall* CallsView::call_at(std::size_t side, double value) const {
  const std::vector<SeenCall>& calls = of.sides[side].calls;
  if (value < 0) return nullptr;
  if (of.by_operation) {
    const auto i = static_cast<std::size_t>(value);
    return i < calls.size() ? &calls[i] : nullptr;
  }
  const auto own_ns = static_cast<std::int64_t>(value) + of.sides[side].first.time_ns;
  const auto after =
      std::ranges::upper_bound(calls, own_ns, {}, [](const SeenCall& c) { return c.end.time_ns; });
  return after == calls.begin() ? nullptr : &*(after - 1);
}

const SeenCall* CallsView::shown_call(std::size_t side) const {
  if (of.by_operation) return status.call_of(side);
  return call_at(side, head);
}

CallsView calls_view(Painter& painter, const ViewInput& input, const layout::Rect& area) {
  const ComparisonStatus& status = *input.session.comparison;
  const Comparison& of = *status.of;
  const theme::FontSpecs fonts = font_specs_of(input);
  const float name_w = std::min(name_width(painter), std::round(area.w / 3));
  CallsView view{.painter = painter,
                 .input = input,
                 .status = status,
                 .of = of,
                 .at = layout::calls_layout(area, input.sizes, fonts, name_w),
                 .axis = {}};
  view.axis.plot = view.at.plot;
  view.axis.end = of.by_operation ? static_cast<double>(of.stretches.size())
                                  : static_cast<double>(of.length_ns());
  view.head =
      of.by_operation ? static_cast<double>(status.shown) : static_cast<double>(status.time_ns);
  auto count = static_cast<std::size_t>(
      std::max(1.0F, std::floor(view.at.plot.w / painter.px(kLeastColumn))));
  if (of.by_operation) count = std::min(count, of.stretches.size());
  for (std::size_t side = 0; side < kSides; ++side) {
    view.columns[side] = columns_of(view, side, count);
    for (const CallColumn& column : view.columns[side]) {
      view.most_news = std::max(view.most_news, column.news);
      view.most_pooled = std::max(view.most_pooled, column.pooled);
    }
  }
  return view;
}

}  // namespace poolscope::views
