#include "app/layout/pools.h"

#include <gtest/gtest.h>

namespace poolscope::layout {
namespace {

constexpr PoolColumnWidths kWidths{.name = 100, .of = {50, 80, 60, 40, 40, 70}, .gap = 10};

TEST(PoolRow, HasAllColumnsWhereTheyFitAndTheNameTakesTheRest) {
  const PoolRow at = pool_row({0, 5, 1000, 20}, kWidths);
  for (const Rect& column : at.of) EXPECT_FALSE(column.empty());
  EXPECT_EQ(at.at(PoolColumn::kLists), (Rect{930, 5, 70, 20}));
  EXPECT_EQ(at.name, (Rect{0, 5, 1000 - 340 - 60, 20}));
}

TEST(PoolRow, InANarrowRowTheLastColumnsGoFirst) {
  const PoolRow at = pool_row({0, 0, 260, 20}, kWidths);
  EXPECT_FALSE(at.at(PoolColumn::kGets).empty());
  EXPECT_FALSE(at.at(PoolColumn::kTiers).empty());
  EXPECT_TRUE(at.at(PoolColumn::kSaved).empty());
  EXPECT_TRUE(at.at(PoolColumn::kNew).empty()) << "a later one has no place before an earlier one";
}

TEST(PoolRow, ColumnsStandInTheRowAndNeverTouch) {
  for (float w = 20; w < 700; w += 7) {
    const Rect row{3, 4, w, 20};
    const PoolRow at = pool_row(row, kWidths);
    float right = at.name.right();
    EXPECT_TRUE(row.contains(at.name)) << w;
    for (const Rect& column : at.of) {
      if (column.empty()) continue;
      EXPECT_TRUE(row.contains(column)) << w;
      EXPECT_EQ(column.x, right + kWidths.gap) << w;
      right = column.right();
    }
    if (right > at.name.right()) {
      EXPECT_GE(at.name.w, kWidths.name) << w;
    }
  }
}

}  // namespace
}  // namespace poolscope::layout
