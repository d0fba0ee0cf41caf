#pragma once

// Private to app/layout: what one card looks like inside, by how much of it is shown; the stage
// only places the frames.
//
// Thread safety: pure functions of values.
// Invariants: a frame of card_width by card_height at least has room for everything of a card.

#include "app/layout/stage.h"

namespace poolscope::layout {

/// The measures that cards are built from, px.
struct Measures {
  float inset;
  float gap;  // between lines of a card
  float head_h;
  float status_h;
  float tight_h;  // the same where there is no height to spare
  float hits_h;
  float tile_h;
  float tile_w;
  float tile_gap;
  float ends_h;
  float tray_inset;
  float label_w;  // "private", "shared"
  float lock_w;   // "held by G12"
  float name_w;
  float badge_w;
  float divider_h;
  float victim_h;  // with the gap over it; 0: there is none
};

Measures measures_of(const StageShape& shape, const theme::Sizes& sizes,
                     const theme::FontSpecs& fonts);

/// The least that a card of that detail takes.
float card_height(const Measures& m, CardDetail detail);
float card_width(const Measures& m, CardDetail detail);
/// A place that no P runs is one line: private, shared, and below it what may still become of them.
float dead_height(const Measures& m, bool notes);

/// Fills in everything of `card` but its index, frame, detail and whether it lives.
void lay_out_card(CardLayout& card, const Measures& m);

}  // namespace poolscope::layout
