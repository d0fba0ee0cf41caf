#pragma once

// The list of pools: which of its columns have room in a row, and where they stand.
//
// Thread safety: pure functions of values.
// Invariants: the columns lie in the row, in their order, and do not overlap; the name keeps its
// least width, or all that the row has.

#include <array>
#include <cstddef>
#include <cstdint>

#include "app/layout/rect.h"

namespace poolscope::layout {

/// From left to right, behind the name.
enum class PoolColumn : std::uint8_t { kGets, kTiers, kSaved, kNew, kDropped, kLists };
inline constexpr std::size_t kPoolColumns = 6;

struct PoolColumnWidths {
  float name = 0;                        // its least
  std::array<float, kPoolColumns> of{};  // by PoolColumn
  float gap = 0;                         // before each of them
};

struct PoolRow {
  Rect name;
  std::array<Rect, kPoolColumns> of{};  // by PoolColumn; empty: it has no room
  [[nodiscard]] const Rect& at(PoolColumn column) const {
    return of[static_cast<std::size_t>(column)];
  }
};

/// Where the room is not enough for all columns, the last ones go first.
PoolRow pool_row(const Rect& row, const PoolColumnWidths& widths);

}  // namespace poolscope::layout
