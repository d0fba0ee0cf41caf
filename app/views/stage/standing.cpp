#include "app/views/stage/standing.h"

#include <algorithm>

#include "app/views/stage/spots.h"

namespace poolscope::views {
namespace {

using layout::CardLayout;
using layout::Point;
using Found = std::optional<Point>;

Found in_tiles(const std::vector<StandingTile>& tiles, ObjectId object) {
  for (const StandingTile& tile : tiles) {
    if (std::ranges::find(tile.objects, object) != tile.objects.end()) return tile.at.center();
  }
  return {};
}

// Of one place of the array that is shown, or of its victim.
Found in_local(const Scene& scene, const CardLayout& card, const LocalState& local, ObjectId object,
               bool victim) {
  const layout::Rect own =
      victim ? sliding(scene, card.private_slot, card.victim_private) : card.private_slot;
  if (local.private_object == object) {
    // Where there is no slot of its own, one tile stands for all.
    return own.empty() ? card.victim.center() : own.center();
  }
  return in_tiles(victim ? tiles_in_victim(scene, card, local.shared.cells())

                         : tiles_in_row(card, card.shared_slots, &CardLayout::shared_slot,
                                        local.shared.cells()),
                  object);
}

Found in_array(const Scene& scene, const ArrayState* array, ObjectId object, bool victim) {
  if (array == nullptr) return {};
  for (const CardLayout& card : scene.stage.cards) {
    if (card.index >= array->locals.size() || card.tray.empty()) continue;
    if (const Found at = in_local(scene, card, array->locals[card.index], object, victim))
      return at;
  }
  return {};
}

Found with_goroutine(const Scene& scene, const GState& g, ObjectId object) {
  if (const auto seat = scene.seating.card_of.find(g.id); seat != scene.seating.card_of.end()) {
    if (seat->second >= scene.stage.cards.size()) return {};
    const CardLayout& card = scene.stage.cards[seat->second];
    if (card.hand_slots == 0) return {};
    if (g.in_flight == object) return card.hand_slot(0).center();
    return in_tiles(tiles_in_hand(card, g), object);
  }
  const auto place = std::ranges::find(scene.foot.places, g.id, &FootPlace::g);
  if (place == scene.foot.places.end()) {
    // One of those for which there is no room.
    for (const FootGroup& group : scene.foot.groups) {
      const bool here = std::ranges::find(group.gs, g.id) != group.gs.end();
      if (here && !group.more_at.empty()) return group.more_at.center();
    }
    return {};
  }
  if (g.in_flight == object) return place->tile.center();
  const auto newer = newer_in_hand(g, object);
  if (!newer) return {};
  const layout::Rect at = place->in_use(*newer);
  if (at.empty()) return {};
  return at.center();
}

}  // namespace

std::vector<StandingTile> tiles_in_row(const CardLayout& card, std::size_t slots, SlotOf slot,
                                       std::span<const ObjectId> cells) {
  std::vector<StandingTile> tiles;
  if (slots == 0 || cells.empty()) return tiles;
  const std::size_t first =
      slots == 1 && cells.size() > 1 ? cells.size() : Scene::first_shown(cells.size(), slots);
  std::size_t at = 0;
  if (first > 0)
    tiles.push_back(
        {(card.*slot)(at++), {cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(first)}});
  for (std::size_t i = first; i < cells.size() && at < slots; ++i) {
    tiles.push_back({(card.*slot)(at++), {cells[i]}});
  }
  return tiles;
}

std::vector<StandingTile> tiles_in_hand(const CardLayout& card, const GState& g) {
  std::vector<StandingTile> tiles;
  if (g.hand.empty() || card.hand_slots == 0) return tiles;
  const std::size_t newest = g.hand.size() - 1;
  const std::size_t first = hand_slot(card, g, newest);
  if (first == 0 && g.in_flight.valid()) {
    // The only slot is the operation's.
    tiles.push_back({card.hand_slot(0), g.hand, true});
    return tiles;
  }
  const std::size_t slots = card.hand_slots - first;
  const std::size_t shown = g.hand.size() <= slots ? g.hand.size() : slots - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    tiles.push_back({card.hand_slot(first + i), {g.hand[newest - i]}});
  }
  if (shown < g.hand.size()) {
    const auto rest = static_cast<std::ptrdiff_t>(g.hand.size() - shown);
    tiles.push_back({card.hand_slot(first + shown), {g.hand.begin(), g.hand.begin() + rest}});
  }
  return tiles;
}

bool victims_slide(const Scene& scene) {
  const StopState* gc = newest_gc(scene.input.model);
  if (gc == nullptr || !scene.input.state.motion) return false;
  const float t = part_of(gc->stopped_ns, theme::kSlide_ns, scene.input.session.motion_ns);
  return t >= 0 && t < 1;
}

layout::Rect sliding(const Scene& scene, const layout::Rect& from, const layout::Rect& to) {
  if (!victims_slide(scene) || from.empty() || to.empty()) return to;
  const StopState* gc = newest_gc(scene.input.model);
  const float t = part_of(gc->stopped_ns, theme::kSlide_ns, scene.input.session.motion_ns);
  const auto done = static_cast<float>(eased(t));
  return {from.x + (to.x - from.x) * done, from.y + (to.y - from.y) * done,
          from.w + (to.w - from.w) * done, from.h + (to.h - from.h) * done};
}

std::vector<StandingTile> tiles_in_victim(const Scene& scene, const CardLayout& card,
                                          std::span<const ObjectId> cells) {
  auto tiles = tiles_in_row(card, card.victim_slots, &CardLayout::victim_slot, cells);
  for (StandingTile& tile : tiles) {
    // Each from the tile of local that showed its newest.
    for (const StandingTile& before :
         tiles_in_row(card, card.shared_slots, &CardLayout::shared_slot, cells)) {
      const bool same =
          std::ranges::find(before.objects, tile.objects.back()) != before.objects.end();
      if (same) tile.at = sliding(scene, before.at, tile.at);
    }
  }
  return tiles;
}

std::optional<Point> drawn_at(const Scene& scene, ObjectId object) {
  if (const Flight* flight = scene.flight_of(object)) {
    return layout::point_on(flight->way, flight->part);
  }
  for (const GState& g : scene.input.model.gs) {
    const bool holds = g.in_flight == object || std::ranges::find(g.hand, object) != g.hand.end();
    if (holds) return with_goroutine(scene, g, object);
  }
  if (const Found at = in_array(scene, scene.local, object, false)) return at;
  return in_array(scene, scene.victim, object, true);
}

}  // namespace poolscope::views
