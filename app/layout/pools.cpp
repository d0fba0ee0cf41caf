#include "app/layout/pools.h"

namespace poolscope::layout {

PoolRow pool_row(const Rect& row, const PoolColumnWidths& widths) {
  std::size_t shown = 0;
  float needed = widths.name;
  while (shown < kPoolColumns && needed + widths.gap + widths.of[shown] <= row.w) {
    needed += widths.gap + widths.of[shown];
    ++shown;
  }
  PoolRow at;
  Rect rest = row;
  for (std::size_t i = shown; i-- > 0;) {
    at.of[i] = rest.cut_right(widths.of[i]);
    rest.cut_right(widths.gap);
  }
  at.name = rest;
  return at;
}

}  // namespace poolscope::layout
