#pragma once

// Where each goroutine is drawn: on the card of the P that it runs on, or on which it ran last and
// where it stands at an unpinned point (it has given the P back, and nobody else has taken it); or
// in the row beside the cards.
//
// Thread safety: a value made by a pure function.
// Invariants: each goroutine that exists is in exactly one place; a card has at most one.

#include <cstddef>
#include <map>
#include <vector>

#include "core/model/model.h"

namespace poolscope::views {

struct Seat {
  GId g;
  bool running = false;  // holds the P; otherwise it only stands there
};

struct Seating {
  std::vector<Seat> at;                // by P
  std::vector<GId> locked_out;         // wait for a lock
  std::vector<GId> without_p;          // wait for a P, or stand unpinned and it has gone to others
  std::vector<GId> asleep;             // between two operations
  std::map<GId, std::size_t> card_of;  // the P of each goroutine that has a card
};

Seating seating_of(const Model& model);

}  // namespace poolscope::views
