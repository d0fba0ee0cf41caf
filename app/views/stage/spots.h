#pragma once

// Where on the stage an object stands when it is at a place of the model: in a slot of a card, in a
// hand, or on the shelf of old arrays. What comes from outside or goes there comes and goes where
// it stands inside: no tile hangs over a card's edge.
//
// Thread safety: pure functions.

#include <cstddef>
#include <optional>

#include "app/layout/stage.h"
#include "app/views/stage/scene.h"

namespace poolscope::views {

struct Spot {
  layout::Point at;
  std::size_t card = layout::kNoCard;
  bool known = false;
};

/// Whether the place is none on the stage: New, or the program.
bool is_outside(const Place& place);

/// Where `move` starts and where it ends. Unknown: a place that is not on the stage.
Spot start_of(const Scene& scene, const Move& move);
Spot end_of(const Scene& scene, const Move& move);

/// How many objects `g` has in use that are newer than `object`; none: it does not have that one.
std::optional<std::size_t> newer_in_hand(const GState& g, ObjectId object);

/// The slot of the card's hand for the object at `position` of the goroutine's hand, which is
/// oldest first; the newest stand nearest. Those for which there is no room share the last slot.
std::size_t hand_slot(const layout::CardLayout& card, const GState& g, std::size_t position);

}  // namespace poolscope::views
