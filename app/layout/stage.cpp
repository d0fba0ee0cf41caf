#include "app/layout/stage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "app/layout/card.h"

namespace poolscope::layout {
namespace {

using theme::FontRole;

// What stands around the cards, px.
struct Chrome {
  float inset_x;
  float inset_y;
  float line_h;     // of a line of the heading
  float heading_h;  // of all of it
  float above;      // the heading, and the gap under it
  float foot_h;
  float below;  // the foot, and the gap over it
};

Chrome chrome_of(const theme::Sizes& sizes, const theme::FontSpecs& fonts, bool two_lines) {
  Chrome chrome{};
  chrome.inset_x = sizes.panel_inset;
  chrome.inset_y = sizes.panel_inset * 0.75F;
  chrome.line_h = std::ceil(spec_of(fonts, FontRole::kBody).size_px * 1.4F);
  chrome.heading_h = chrome.line_h + (two_lines ? chrome.line_h + std::round(sizes.gap * 0.4F) : 0);
  chrome.above = chrome.heading_h + std::round(sizes.gap * 0.6F);
  chrome.foot_h = sizes.badge_h + std::round(2 * sizes.scale);
  chrome.below = chrome.foot_h + std::round(sizes.gap * 0.8F);
  return chrome;
}

/// Of a panel of that width: its heading has a second line where it is a narrow one.
Chrome chrome_in(float panel_w, const theme::Sizes& sizes, const theme::FontSpecs& fonts) {
  // Panels are whole pixels wide.
  return chrome_of(sizes, fonts, panel_w + 1 < least_stage(sizes, fonts).w);
}

struct Grid {
  std::size_t columns = 1;
  CardDetail detail = CardDetail::kNarrow;
  float card_w = 0;
  float live_h = 0;
  float dead_h = 0;
};

std::size_t rows_for(std::size_t cards, std::size_t columns) {
  return (cards + columns - 1) / columns;
}

// Details from the fullest, with and without notes on the places without a P.
constexpr std::array<std::pair<CardDetail, bool>, 15> kInOrder = {{
    {CardDetail::kRoomy, true},
    {CardDetail::kRoomy, false},
    {CardDetail::kFull, true},
    {CardDetail::kFull, false},
    {CardDetail::kShort, true},
    {CardDetail::kShort, false},
    {CardDetail::kDense, true},
    {CardDetail::kLine, true},
    {CardDetail::kPacked, true},
    {CardDetail::kPacked, false},
    {CardDetail::kTall, true},
    {CardDetail::kNarrow, true},
    {CardDetail::kNarrow, false},
    {CardDetail::kMini, true},
    {CardDetail::kMini, false},
}};

// The grid with these columns, in the fullest detail that fits; false when none does.
bool fit(Grid& grid, const Rect& room, const StageShape& shape, std::size_t dead, const Measures& m,
         float gutter) {
  const auto columns = static_cast<float>(grid.columns);
  grid.card_w = std::floor((room.w - gutter * (columns - 1)) / columns);
  const std::size_t live_rows = rows_for(shape.live, grid.columns);
  const std::size_t dead_rows = rows_for(dead, grid.columns);
  for (const auto& [detail, notes] : kInOrder) {
    if (!notes && dead == 0) continue;
    grid.detail = detail;
    grid.dead_h = dead_height(m, notes);
    const float dead_part =
        dead_rows == 0 ? 0 : m.divider_h + static_cast<float>(dead_rows) * (grid.dead_h + gutter);
    const auto rows = static_cast<float>(live_rows);
    grid.live_h = std::floor((room.h - dead_part - gutter * (rows - 1)) / rows);
    if (grid.card_w >= card_width(m, detail) && grid.live_h >= card_height(m, detail)) {
      return true;
    }
  }
  return false;
}

// Of the grids that fit, the one with the most detail; among those the one whose cards are nearest
// to the proportion of the study.
bool best_grid(Grid& best, const Rect& room, const StageShape& shape, std::size_t dead,
               const Measures& m, float gutter) {
  constexpr float kGoodProportion = 1.5F;
  bool found = false;
  float best_off = 0;
  for (std::size_t columns = 1; columns <= std::max(shape.live, dead); ++columns) {
    Grid grid;
    grid.columns = columns;
    if (!fit(grid, room, shape, dead, m, gutter)) continue;
    // Rows of different lengths look unfinished.
    const std::size_t holes = rows_for(shape.live, columns) * columns - shape.live;
    const float off = std::abs(std::log(grid.card_w / grid.live_h / kGoodProportion)) +
                      0.4F * static_cast<float>(holes);
    const bool better =
        !found || grid.detail < best.detail || (grid.detail == best.detail && off < best_off);
    if (better) {
      best = grid;
      best_off = off;
      found = true;
    }
  }
  return found;
}

void place_cards(StageLayout& stage, Rect room, const StageShape& shape, const Grid& grid,
                 const Measures& m, float gutter, float widest, float highest) {
  const std::size_t total = std::max(shape.live, shape.places);
  const std::size_t dead = total - shape.live;
  const float card_w = std::min(grid.card_w, widest);
  const float live_h = std::min(grid.live_h, highest);
  const auto columns = static_cast<float>(grid.columns);
  const float used_w = columns * card_w + (columns - 1) * gutter;
  const float x0 = room.x + std::floor((room.w - used_w) / 2);
  const std::size_t live_rows = rows_for(shape.live, grid.columns);
  const auto rows = static_cast<float>(live_rows);
  float used_h = rows * (live_h + gutter) - gutter;
  if (dead > 0) {
    used_h +=
        m.divider_h + static_cast<float>(rows_for(dead, grid.columns)) * (grid.dead_h + gutter);
  }
  const float y0 = room.y + std::floor(std::max(0.0F, room.h - used_h) / 2);
  const float dead_y = y0 + rows * (live_h + gutter) + m.divider_h;
  if (dead > 0) stage.divider = {room.x, dead_y - m.divider_h - gutter / 2, room.w, m.divider_h};
  for (std::size_t i = 0; i < total; ++i) {
    CardLayout card;
    card.index = i;
    card.live = i < shape.live;
    card.detail = grid.detail;
    const std::size_t nth = card.live ? i : i - shape.live;
    const auto row_number = nth / grid.columns;
    const auto row = static_cast<float>(row_number);
    const float x = x0 + static_cast<float>(nth % grid.columns) * (card_w + gutter);
    card.frame = card.live ? Rect{x, y0 + row * (live_h + gutter), card_w, live_h}
                           : Rect{x, dead_y + row * (grid.dead_h + gutter), card_w, grid.dead_h};
    lay_out_card(card, m);
    stage.cards.push_back(card);
  }
}

/// The columns of the grid whose cells have the best proportion.
std::size_t best_columns_of(std::size_t total, const Rect& room, float gap) {
  constexpr float kGoodProportion = 1.1F;
  constexpr std::size_t kEasyToCount = 8;
  std::size_t best_columns = 1;
  float best_off = 1e9F;
  for (std::size_t columns = 1; columns <= total; ++columns) {
    const auto c = static_cast<float>(columns);
    const auto r = static_cast<float>(rows_for(total, columns));
    const float w = (room.w - gap * (c - 1)) / c;
    const float h = (room.h - gap * (r - 1)) / r;
    if (w < 4 || h < 4) continue;
    const std::size_t holes = rows_for(total, columns) * columns - total;
    const float off = std::abs(std::log(w / h / kGoodProportion)) +
                      1.5F * static_cast<float>(holes) / c +
                      (columns % kEasyToCount == 0 ? 0.0F : 0.3F);
    if (off < best_off) {
      best_off = off;
      best_columns = columns;
    }
  }
  return best_columns;
}

// The compact grid: cells of the best proportion for their number.
void place_cells(StageLayout& stage, Rect room, const StageShape& shape, const theme::Sizes& sizes,
                 const theme::FontSpecs& fonts) {
  const std::size_t total = std::max(shape.live, shape.places);
  const float gap = std::max(1.0F, std::round(sizes.object_gap * 0.8F));
  std::size_t best_columns = best_columns_of(total, room, gap);
  // A digit is about 0.66 em of the smallest type.
  const float micro = spec_of(fonts, FontRole::kMicro).size_px;
  const float digits = std::ceil(std::log10(static_cast<float>(total)));
  const auto width_of_cell = [&] {
    const auto n = static_cast<float>(best_columns);
    return (room.w - gap * (n - 1)) / n;
  };
  const bool named = width_of_cell() < digits * 0.66F * micro + 2 * std::round(2 * sizes.scale);
  Rect names;
  if (named) {
    names = room.cut_left(std::ceil((digits + 1) * 0.7F * micro));
    room.cut_left(2 * gap);
    best_columns = best_columns_of(total, room, gap);
  }
  const auto c = static_cast<float>(best_columns);
  const auto r = static_cast<float>(rows_for(total, best_columns));
  const float most = sizes.object * 5;
  const float w = std::min(most, (room.w - gap * (c - 1)) / c);
  const float h = std::min(most, (room.h - gap * (r - 1)) / r);
  for (std::size_t i = 0; i < total; ++i) {
    CardLayout card;
    card.index = i;
    card.live = i < shape.live;
    card.detail = CardDetail::kCompact;
    const float x = room.x + static_cast<float>(i % best_columns) * (w + gap);
    const auto row = i / best_columns;
    const float y = room.y + static_cast<float>(row) * (h + gap);
    const Rect exact{x, y, w, h};
    // Whole pixels, or the cells' borders are of different widths.
    card.frame = {std::round(exact.x), std::round(exact.y),
                  std::round(exact.right()) - std::round(exact.x),
                  std::round(exact.bottom()) - std::round(exact.y)};
    stage.cards.push_back(card);
    // Low rows are named by twos or more.
    const auto every =
        static_cast<std::size_t>(std::max(1.0F, std::ceil(micro * 1.1F / (h + gap))));
    if (named && i % (best_columns * every) == 0) {
      stage.row_names.push_back({{names.x, card.frame.y, names.w, card.frame.h}, i});
    }
  }
}

}  // namespace

LeastRoom least_stage(const theme::Sizes& sizes, const theme::FontSpecs& fonts, std::size_t rows,
                      std::size_t columns) {
  constexpr StageShape kFour{.live = 4, .places = 4, .digits = 2, .has_victims = true};
  const Measures m = measures_of(kFour, sizes, fonts);
  const Chrome chrome = chrome_of(sizes, fonts, columns < kUsualColumns);
  const auto n = static_cast<float>(columns);
  return {n * card_width(m, CardDetail::kNarrow) + (n - 1) * sizes.gap + 2 * chrome.inset_x,
          static_cast<float>(rows) * (card_height(m, CardDetail::kNarrow) + sizes.gap) - sizes.gap +
              chrome.above + chrome.below + 2 * chrome.inset_y};
}

float height_for(CardDetail detail, float panel_w, const StageShape& shape,
                 const theme::Sizes& sizes, const theme::FontSpecs& fonts) {
  float least = std::numeric_limits<float>::infinity();
  const std::size_t total = std::max(shape.live, shape.places);
  if (total > kMostCards) return least;
  const Chrome chrome = chrome_in(panel_w, sizes, fonts);
  const Measures m = measures_of(shape, sizes, fonts);
  const float room_w = panel_w - 2 * chrome.inset_x;
  const std::size_t dead = total - shape.live;
  for (std::size_t columns = 1; columns <= std::max(shape.live, dead); ++columns) {
    const auto n = static_cast<float>(columns);
    const float card_w = std::floor((room_w - sizes.gap * (n - 1)) / n);
    for (const auto& [shown, notes] : kInOrder) {
      if (shown > detail || card_w < card_width(m, shown)) continue;
      const auto rows = static_cast<float>(rows_for(shape.live, columns));
      // Cards are whole pixels high.
      float h = rows * (std::ceil(card_height(m, shown)) + sizes.gap) - sizes.gap;
      if (dead > 0) {
        h += m.divider_h +
             static_cast<float>(rows_for(dead, columns)) * (dead_height(m, notes) + sizes.gap);
      }
      least = std::min(least, h);
    }
  }
  return least + chrome.above + chrome.below + 2 * chrome.inset_y;
}

Rect stage_heading(const Rect& panel, const theme::Sizes& sizes, const theme::FontSpecs& fonts) {
  const Chrome chrome = chrome_in(panel.w, sizes, fonts);
  return panel.inset(chrome.inset_x, chrome.inset_y).cut_top(chrome.heading_h);
}

StageLayout stage_layout(const Rect& panel, const StageShape& shape, const theme::Sizes& sizes,
                         const theme::FontSpecs& fonts) {
  StageLayout stage;
  const Chrome chrome = chrome_in(panel.w, sizes, fonts);
  stage.area = panel.inset(chrome.inset_x, chrome.inset_y);
  Rect room = stage.area;
  Rect heading = stage_heading(panel, sizes, fonts);
  stage.heading = heading.cut_top(chrome.line_h);
  stage.chips = heading.empty() ? stage.heading : heading.cut_bottom(chrome.line_h);
  room.cut_top(chrome.above);
  stage.foot = room.cut_bottom(chrome.foot_h);
  room.cut_bottom(chrome.below - chrome.foot_h);
  Rect foot = stage.foot;
  stage.outside = foot.cut_left(std::floor(foot.w * 0.56F));
  foot.cut_left(sizes.gap);
  stage.shelf = foot;

  const Measures m = measures_of(shape, sizes, fonts);
  const std::size_t total = std::max(shape.live, shape.places);
  Grid grid;
  const bool cards =
      total <= kMostCards && best_grid(grid, room, shape, total - shape.live, m, sizes.gap);
  if (cards) {
    stage.detail = grid.detail;
    const float widest = std::round(460 * sizes.scale);
    const float highest = card_height(m, grid.detail) + m.tile_h * 3.6F;
    place_cards(stage, room, shape, grid, m, sizes.gap, widest, highest);
  } else {
    stage.detail = CardDetail::kCompact;
    place_cells(stage, room, shape, sizes, fonts);
  }
  return stage;
}

}  // namespace poolscope::layout
