#include "app/views/stage/spots.h"

#include <algorithm>

namespace poolscope::views {
namespace {

using layout::CardLayout;
using layout::kNoCard;

/// The card on which the goroutine sits, nullptr where it is in the row under the cards.
const CardLayout* card_of(const Scene& scene, GId g) {
  const auto seat = scene.seating.card_of.find(g);
  const bool seated =
      seat != scene.seating.card_of.end() && seat->second < scene.stage.cards.size();
  return seated ? &scene.stage.cards[seat->second] : nullptr;
}

// Beside the badge of a goroutine in the row under the cards: what its operation holds, or
// (`object`) what it has in use.
Spot in_foot(const Scene& scene, GId g, ObjectId object = ObjectId::none()) {
  const auto place = std::ranges::find(scene.foot.places, g, &FootPlace::g);
  if (place != scene.foot.places.end()) {
    const GState* holder = scene.input.model.gs.find(g);
    const auto newer = holder == nullptr ? std::nullopt : newer_in_hand(*holder, object);
    const layout::Rect tile = newer ? place->in_use(*newer) : place->tile;
    if (!tile.empty()) return {tile.center(), kNoCard, true};
    const float behind = place->badge.right() + scene.input.sizes.object / 2;
    return {{behind, place->badge.center().y}, kNoCard, true};
  }
  // One of those for which there is no room.
  for (const FootGroup& group : scene.foot.groups) {
    const bool here = std::ranges::find(group.gs, g) != group.gs.end();
    const layout::Rect& at = group.more_tile.empty() ? group.more_at : group.more_tile;
    if (here && !at.empty()) return {at.center(), kNoCard, true};
  }
  const layout::Rect& row = scene.stage.outside;
  return {{row.right(), row.center().y}, kNoCard, true};
}

Spot on_shelf(const Scene& scene, ObjectId object) {
  const auto place = std::ranges::find(scene.foot.on_shelf, object, &ShelfPlace::object);
  if (place != scene.foot.on_shelf.end()) return {place->at.center(), kNoCard, true};
  const layout::Rect& shelf = scene.stage.shelf;
  return {{shelf.right() - shelf.h, shelf.center().y}, kNoCard, true};
}

Spot at_slot(const Scene& scene, const CardLayout& card, std::size_t slot) {
  if (card.hand_slots == 0) {
    // No room for a hand: at the card's end, where it covers no name.
    const float edge = card.frame.right() - 2 * scene.input.sizes.outline - 1;
    return {{edge - card.slot_w / 2, card.badge.center().y}, card.index, true};
  }
  return {card.hand_slot(std::min(slot, card.hand_slots - 1)).center(), card.index, true};
}

Spot in_flight_at(const Scene& scene, GId g) {
  if (!scene.input.model.gs.contains(g)) return {};
  const CardLayout* card = card_of(scene, g);
  return card == nullptr ? in_foot(scene, g) : at_slot(scene, *card, 0);
}

Spot in_hand_of(const Scene& scene, GId g, ObjectId object) {
  const GState* holder = scene.input.model.gs.find(g);
  if (holder == nullptr) return {};
  const CardLayout* card = card_of(scene, g);
  if (card == nullptr) return in_foot(scene, g, object);
  const auto at = std::ranges::find(holder->hand, object);
  // One that has gone on was the newest.
  const auto position = at == holder->hand.end()
                            ? std::max<std::ptrdiff_t>(std::ssize(holder->hand) - 1, 0)
                            : at - holder->hand.begin();
  return at_slot(scene, *card, hand_slot(*card, *holder, static_cast<std::size_t>(position)));
}

/// Whether the place is one of the victim, or was until a GC dropped that at `time_ns`.
bool in_victim(const Scene& scene, ArrayId array, std::int64_t time_ns) {
  if (scene.victim != nullptr && scene.victim->id == array) return true;
  const Model& model = scene.input.model;
  const StopState* gc = newest_gc(model);
  return model.config.pool == PoolKind::kModern && gc != nullptr && !model.arrays.contains(array) &&
         time_ns >= gc->stopped_ns && (gc->started_ns == 0 || time_ns <= gc->started_ns);
}

/// Whether the place is of an array that lay on the shelf when the move was made. (A move that was
/// under way when the array was dropped goes on to where it was going.)
bool is_old(const Scene& scene, const Place& place, const Move& move) {
  if (move.to.kind == Place::Kind::kLost) return move.cause != LostCause::kGc;
  const ArrayState* array = scene.input.model.array(place.array);
  return array != nullptr && array->status == ArrayState::Status::kDropped &&
         array->dropped_at_ns <= move.time_ns;
}

Spot in_array(const Scene& scene, const Place& place, const Move& move) {
  const Model& model = scene.input.model;
  const ArrayState* array = model.array(place.array);
  if (array != nullptr && array->pool != shown_pool(scene.input)) return {};
  if (is_old(scene, place, move)) return on_shelf(scene, move.object);
  if (place.index >= scene.stage.cards.size()) return {};
  const CardLayout& card = scene.stage.cards[place.index];
  if (card.tray.empty()) return {card.frame.center(), place.index, true};
  const bool victim = !card.victim.empty() && in_victim(scene, place.array, move.time_ns);
  if (place.kind == Place::Kind::kPrivate) {
    return {(victim ? card.victim_private : card.private_slot).center(), place.index, true};
  }
  const bool there = array != nullptr && place.index < array->locals.size();
  const std::size_t cells = there ? array->locals[place.index].shared.size() : place.cell;
  const std::size_t slots = victim ? card.victim_slots : card.shared_slots;
  const std::size_t first = Scene::first_shown(cells, slots);
  const std::size_t slot =
      std::min(place.cell < first ? 0 : place.cell - first + (first > 0 ? 1 : 0),
               slots == 0 ? 0 : slots - 1);
  return {(victim ? card.victim_slot(slot) : card.shared_slot(slot)).center(), place.index, true};
}

Spot spot_of(const Scene& scene, const Place& place, const Move& move) {
  switch (place.kind) {
    case Place::Kind::kFlight: return in_flight_at(scene, place.g);
    case Place::Kind::kHand: return in_hand_of(scene, place.g, move.object);
    case Place::Kind::kPrivate:
    case Place::Kind::kShared: return in_array(scene, place, move);
    default: return {};
  }
}

}  // namespace

bool is_outside(const Place& place) {
  return place.kind == Place::Kind::kNew || place.kind == Place::Kind::kUser;
}

Spot start_of(const Scene& scene, const Move& move) {
  return spot_of(scene, is_outside(move.from) ? move.to : move.from, move);
}

Spot end_of(const Scene& scene, const Move& move) {
  return spot_of(scene, is_outside(move.to) ? move.from : move.to, move);
}

std::optional<std::size_t> newer_in_hand(const GState& g, ObjectId object) {
  const auto at = std::find(g.hand.rbegin(), g.hand.rend(), object);
  if (at == g.hand.rend()) return std::nullopt;
  return static_cast<std::size_t>(at - g.hand.rbegin());
}

std::size_t hand_slot(const CardLayout& card, const GState& g, std::size_t position) {
  // Slot 0 is what the operation holds, where there is one or the slots stand apart.
  const bool first_taken =
      g.in_flight.valid() || g.op.kind != Operation::Kind::kNone || card.hand_rest_x > 0;
  const std::size_t first = first_taken ? 1 : 0;
  if (card.hand_slots <= first) return card.hand_slots == 0 ? 0 : card.hand_slots - 1;
  const std::size_t newest = g.hand.empty() ? 0 : g.hand.size() - 1;
  const std::size_t behind = newest - std::min(position, newest);
  return std::min(first + behind, card.hand_slots - 1);
}

}  // namespace poolscope::views
