#include "app/layout/comparison.h"

#include <algorithm>
#include <cmath>

#include "app/layout/stage.h"
#include "app/layout/window_layout.h"

namespace poolscope::layout {
namespace {

using theme::FontRole;

// The width in px at scale 1 from which on one row of the toolbar is enough: nothing in it changes
// the pool.
constexpr float kOneRowComparison = 1080;
// Of the height under the toolbar.
constexpr float kCallsShare = 0.25F;
// Heights in px at scale 1.
constexpr float kLeastCalls = 136;
constexpr float kMostCalls = 320;
// Of a row of the calls.
constexpr float kStripShare = 0.3F;
constexpr float kDifferences = 5;

}  // namespace

ComparisonLayout comparison_layout(const Rect& window, const theme::Sizes& sizes,
                                   const theme::FontSpecs& fonts) {
  ComparisonLayout at;
  const float gap = sizes.gap;
  const float least_calls = std::round(kLeastCalls * sizes.scale);
  const float width = std::max(window.w, 2 * least_stage(sizes, fonts).w + 3 * gap);
  at.toolbar_rows = width >= kOneRowComparison * sizes.scale ? 1 : 2;
  const float more_rows =
      static_cast<float>(at.toolbar_rows - 1) * std::round(sizes.button_h + sizes.gap * 0.7F);
  const float toolbar_h = sizes.toolbar_h + more_rows;
  const float column_w = std::floor((width - 3 * gap) / 2);
  const Column column = column_of(column_w, sizes, fonts);
  const float least_h = toolbar_h + column.least_h + least_calls + 3 * gap;
  at.canvas = {window.x, window.y, width, std::max(window.h, least_h)};
  at.sentence_lines = column.sentence_lines;
  Rect rest = at.canvas;
  at.toolbar = rest.cut_top(toolbar_h);
  rest = rest.inset(gap, gap);
  const float calls_h =
      std::min(std::round(rest.h * kCallsShare), std::round(kMostCalls * sizes.scale));
  const float room_h = rest.h - column.least_h - gap;
  at.calls = rest.cut_bottom(std::clamp(calls_h, least_calls, std::max(room_h, least_calls)));
  rest.cut_bottom(gap);
  for (ComparisonLayout::Side& side : at.sides) {
    Rect own = rest.cut_left(column_w);
    rest.cut_left(gap);
    side.conservation = own.cut_bottom(column.conservation_h);
    own.cut_bottom(gap);
    side.caption = own.cut_bottom(column.caption_h);
    own.cut_bottom(gap);
    side.stage = own;
  }
  return at;
}

CallsLayout calls_layout(const Rect& panel, const theme::Sizes& sizes,
                         const theme::FontSpecs& fonts, float name_w) {
  CallsLayout at;
  Rect in = panel.inset(sizes.panel_inset, std::round(sizes.gap * 0.7F));
  at.heading = in.cut_top(std::ceil(spec_of(fonts, FontRole::kBodyStrong).size_px * 1.4F));
  in.cut_top(std::round(sizes.gap * 0.4F));
  at.plot = in;
  at.plot.cut_left(name_w);
  const float between = std::round((kDifferences + 2 * theme::space::kTight) * sizes.scale);
  const float row_h = std::floor((in.h - between) / 2);
  for (std::size_t i = 0; i < at.rows.size(); ++i) {
    CallsRow& row = at.rows[i];
    Rect own = in.cut_top(row_h);
    row.name = own.cut_left(name_w);
    row.strip = own.cut_top(std::round(row_h * kStripShare));
    own.cut_top(std::round(theme::space::kThin * sizes.scale));
    row.chart = own;
    row.labels = own.cut_top(std::ceil(spec_of(fonts, FontRole::kMicro).size_px * 1.2F));
    if (i != 0) continue;
    at.differences = in.cut_top(between);
    at.differences.cut_left(name_w);
    at.differences = at.differences.inset(0, std::round(theme::space::kTight * sizes.scale));
  }
  return at;
}

}  // namespace poolscope::layout
