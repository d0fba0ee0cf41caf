#pragma once

// The stage: where each P's card, its tray (the poolLocal of the pool shown) and every slot in them
// stand, what stands beside the cards, and along which gutters an object runs from one to another.
//
// Thread safety: pure functions of values.
// Invariants:
//  1. Cards lie inside `area` and do not overlap each other, the heading or the foot; everything of
//     a card lies in its frame.
//  2. Live Ps come first. Places of the array that no P runs any more stand below them, under a
//     dividing line, as trays without a P's strip.
//  3. Above kMostCards places the stage is the compact grid: frames only, and the names of its rows
//     where a frame is too narrow for its number.

#include <cstddef>
#include <vector>

#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::layout {

inline constexpr std::size_t kMostCards = 16;

/// How much a card shows; by what fits.
enum class CardDetail {
  kRoomy,    // a line of its own for the hand
  kFull,     // the hand beside the goroutine's badge
  kShort,    // kFull without the names of the ends
  kDense,    // private and shared on one line
  kLine,     // kDense without the names of the ends
  kPacked,   // private beside shared, their names under them
  kTall,     // narrow and high: labels over their rows, the status on two lines
  kNarrow,   // no status line
  kMini,     // the P and its goroutine over one line of private and shared
  kCompact,  // a cell of the grid
};

struct CardLayout {
  std::size_t index = 0;  // the P, and the place in the array
  bool live = true;       // a P runs it
  CardDetail detail = CardDetail::kFull;
  Rect frame;
  // The P: empty for a place that no P runs.
  Rect strip;
  Rect name;
  Rect badge;
  Rect status;
  int status_lines = 1;
  Rect hits;                     // the stacked bar of Gets
  Rect hand_label;               // kRoomy: between slot 0 and the others
  float hand_rest_x = 0;         // kRoomy: where slot 1 begins
  Rect hand;                     // row of tiles; slot 0 is what the operation holds
  bool hand_from_right = false;  // slot 0 stands at the side where objects come in
  std::size_t hand_slots = 0;
  // Its place in the array.
  Rect tray;
  Rect private_label;
  Rect private_slot;
  Rect lock;  // the Mutex, its holder and those that wait
  Rect shared_label;
  Rect shared;  // row of tiles, the oldest at the left
  std::size_t shared_slots = 0;
  Rect ends;  // the names of the two ends; empty where there is no room
  // The same place of the victim, under those of local; empty in a classic pool.
  Rect victim;  // the row
  Rect victim_label;
  Rect victim_private;  // empty in kMini, where one tile stands for all of it
  Rect victim_shared;
  std::size_t victim_slots = 0;

  [[nodiscard]] Rect hand_slot(std::size_t i) const;
  [[nodiscard]] Rect shared_slot(std::size_t i) const;
  [[nodiscard]] Rect victim_slot(std::size_t i) const;
  float slot_step = 0;  // from one tile to the next
  float slot_w = 0;
};

/// What decides how the stage is divided.
struct StageShape {
  std::size_t live = 4;      // Ps
  std::size_t places = 4;    // of the array that is shown; may be more or fewer than Ps
  std::size_t digits = 2;    // of the largest object number that is shown
  bool has_victims = false;  // the pool is a modern one
  bool operator==(const StageShape&) const = default;
};

/// The name of a row of cells: that of its first place.
struct RowName {
  Rect at;
  std::size_t first = 0;
};

struct StageLayout {
  CardDetail detail = CardDetail::kFull;
  Rect area;  // inside the panel
  Rect heading;
  Rect chips;                      // which pool runs, and more: the heading, or a line under it
  Rect divider;                    // over the places without a P; empty when there are none
  Rect foot;                       // the row under the cards
  Rect outside;                    // its left part: goroutines without a P
  Rect shelf;                      // its right part: old arrays
  std::vector<CardLayout> cards;   // by index
  std::vector<RowName> row_names;  // of cells that have no room for their own numbers
};

/// The least room for a panel that shows so many Ps in each row, as cards with private and shared.
/// With fewer than kUsualColumns the heading has two lines.
inline constexpr std::size_t kUsualColumns = 4;
struct LeastRoom {
  float w = 0;
  float h = 0;
};
LeastRoom least_stage(const theme::Sizes& sizes, const theme::FontSpecs& fonts,
                      std::size_t rows = 1, std::size_t columns = kUsualColumns);

/// The least height of a panel of that width in which the cards show as much as `detail` or more,
/// px; infinite where the panel is too narrow for it, or the stage is the compact grid.
float height_for(CardDetail detail, float panel_w, const StageShape& shape,
                 const theme::Sizes& sizes, const theme::FontSpecs& fonts);

/// What stands over the cards: the stage's name, the legend, and which pool runs; two lines where
/// the panel has no room for kUsualColumns.
Rect stage_heading(const Rect& panel, const theme::Sizes& sizes, const theme::FontSpecs& fonts);

StageLayout stage_layout(const Rect& panel, const StageShape& shape, const theme::Sizes& sizes,
                         const theme::FontSpecs& fonts);

/// The way of an object from a slot of one card to a slot of another, along the gutters: corners,
/// both ends included. Of the sides at which it can leave the one card and enter the other, those
/// that make it shortest: to the card beside it goes straight. Between slots of one card it keeps
/// to the room between its two halves.
/// A card index of kNoCard stands for the row under the cards.
inline constexpr std::size_t kNoCard = static_cast<std::size_t>(-1);
std::vector<Point> route(const StageLayout& stage, Point from, std::size_t from_card, Point to,
                         std::size_t to_card);

/// From under a card to over the shelf, in the middle of the gutters: along the row's gutter to the
/// side, and down there.
std::vector<Point> way_to_shelf(const StageLayout& stage, std::size_t card);

/// The point at `part` (0 .. 1) of the way's length.
Point point_on(const std::vector<Point>& way, float part);

}  // namespace poolscope::layout
