#pragma once

// The tiles that stand: which slot of a hand, of private, of shared or of the victim shows which
// object, and which sum up those for which there is no room. The stage is drawn from these, and
// tests ask the same functions where an object is.
//
// Thread safety: pure functions of values.
// Invariants: each object of a hand or a row is in exactly one tile.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "app/layout/stage.h"
#include "app/views/stage/scene.h"

namespace poolscope::views {

struct StandingTile {
  layout::Rect at;
  std::vector<ObjectId> objects;  // one, or those that the tile sums up
  /// It shares the only slot of a hand with what the operation holds, and lies under that.
  bool under = false;
  [[nodiscard]] bool sums() const { return objects.size() > 1; }
};

/// A row of slots, by number.
using SlotOf = layout::Rect (layout::CardLayout::*)(std::size_t) const;

/// `cells`, oldest first, in `slots` slots of the card. Where there are too many, the first tile
/// sums the oldest up; a row of one slot sums up all.
std::vector<StandingTile> tiles_in_row(const layout::CardLayout& card, std::size_t slots,
                                       SlotOf slot, std::span<const ObjectId> cells);

/// What the goroutine of the card has in use: the newest nearest, the rest summed up in the last.
std::vector<StandingTile> tiles_in_hand(const layout::CardLayout& card, const GState& g);

/// Whether a GC's slide lasts.
bool victims_slide(const Scene& scene);
/// Where a tile of the victim stands that has its place at `to`: while a GC's slide lasts, on the
/// way from `from`, where it was in local.
layout::Rect sliding(const Scene& scene, const layout::Rect& from, const layout::Rect& to);

/// The row of the victim's shared at this moment.
std::vector<StandingTile> tiles_in_victim(const Scene& scene, const layout::CardLayout& card,
                                          std::span<const ObjectId> cells);

/// Where the object is drawn now: on its way, or in the middle of the tile that it has at rest;
/// nothing where it is not on the stage (of another pool, dropped, in a cell of the grid).
std::optional<layout::Point> drawn_at(const Scene& scene, ObjectId object);

}  // namespace poolscope::views
