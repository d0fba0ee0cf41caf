#include "app/views/stage/scene.h"

#include <algorithm>

#include "app/views/paint/paint.h"

namespace poolscope::views {
namespace {

using layout::CardLayout;
using layout::kNoCard;
using layout::Point;

struct Spot {
  Point at;
  std::size_t card = kNoCard;
  bool known = false;
};

std::size_t digits_of(std::uint64_t n) {
  std::size_t digits = 1;
  for (; n >= 10; n /= 10) ++digits;
  return digits;
}

Spot spot_of_g(const Scene& scene, GId g, std::size_t slot) {
  if (!scene.input.model.gs.contains(g)) return {};
  const auto seat = scene.seating.card_of.find(g);
  const std::size_t card = seat == scene.seating.card_of.end() ? kNoCard : seat->second;
  if (card >= scene.stage.cards.size()) {
    const layout::Rect& row = scene.stage.outside;
    return {{row.x + row.w * 0.4F, row.center().y}, kNoCard, true};
  }
  const CardLayout& at = scene.stage.cards[card];
  if (at.hand_slots == 0) {
    // No room for a hand: beside the badge, at the card's end.
    return {{at.strip.right() - at.slot_w / 2, at.badge.center().y}, card, true};
  }
  const std::size_t last = at.hand_slots - 1;
  return {at.hand_slot(std::min(slot, last)).center(), card, true};
}

// Whether the place is one of the victim, or was until a GC dropped that at `time_ns`.
bool in_victim(const Scene& scene, ArrayId array, std::int64_t time_ns) {
  if (scene.victim != nullptr && scene.victim->id == array) return true;
  const Model& model = scene.input.model;
  const StopState* gc = newest_gc(model);
  return model.config.pool == PoolKind::kModern && gc != nullptr && !model.arrays.contains(array) &&
         time_ns >= gc->stopped_ns && (gc->started_ns == 0 || time_ns <= gc->started_ns);
}

Spot spot_of_cell(const Scene& scene, const Place& place, std::int64_t time_ns) {
  if (place.index >= scene.stage.cards.size()) return {};
  const CardLayout& card = scene.stage.cards[place.index];
  if (card.tray.empty()) return {card.frame.center(), place.index, true};
  const bool victim = !card.victim.empty() && in_victim(scene, place.array, time_ns);
  if (place.kind == Place::Kind::kPrivate) {
    return {(victim ? card.victim_private : card.private_slot).center(), place.index, true};
  }
  std::size_t cells = place.cell;
  const ArrayState* array = scene.input.model.array(place.array);
  if (array != nullptr && place.index < array->locals.size()) {
    cells = array->locals[place.index].shared.size();
  }
  const std::size_t slots = victim ? card.victim_slots : card.shared_slots;
  const std::size_t first = Scene::first_shown(cells, slots);
  const std::size_t slot =
      std::min(place.cell < first ? 0 : place.cell - first + (first > 0 ? 1 : 0),
               slots == 0 ? 0 : slots - 1);
  return {(victim ? card.victim_slot(slot) : card.shared_slot(slot)).center(), place.index, true};
}

Spot spot_of(const Scene& scene, const Place& place, const Move& move) {
  const Model& model = scene.input.model;
  switch (place.kind) {
    case Place::Kind::kFlight: return spot_of_g(scene, place.g, 0);
    case Place::Kind::kHand: {
      std::size_t slot = 1;
      if (const GState* holder = model.gs.find(place.g)) {
        const auto& hand = holder->hand;
        const auto at = std::ranges::find(hand, move.object);
        if (at != hand.end()) slot = 1 + static_cast<std::size_t>(at - hand.begin());
      }
      return spot_of_g(scene, place.g, slot);
    }
    case Place::Kind::kPrivate:
    case Place::Kind::kShared: {
      const auto array = model.arrays.find(place.array);
      if (array != model.arrays.end() && array->second.pool != shown_pool(scene.input)) return {};
      return spot_of_cell(scene, place, move.time_ns);
    }
    default: return {};
  }
}

float eased(float t) { return t * t * (3 - 2 * t); }

void add_flight(Scene& scene, const Move& move, std::int64_t duration_ns) {
  const float t = part_of(move.time_ns, duration_ns, scene.input.session.playhead.time_ns);
  if (t < 0 || t >= 1) return;
  Flight flight;
  flight.object = move.object;
  flight.move = move;
  flight.part = eased(t);
  flight.dissolves = move.to.kind == Place::Kind::kLost;
  const Spot from = spot_of(scene, move.from, move);
  const Spot to = spot_of(scene, move.to, move);
  if (flight.dissolves) {
    if (!from.known) return;
    flight.way = {from.at, from.at};
  } else {
    if (!to.known) return;
    flight.way = from.known ? layout::route(scene.stage, from.at, from.card, to.at, to.card)
                            : std::vector<Point>{to.at, to.at};
    flight.victim = scene.victim != nullptr && scene.victim->id == move.from.array;
    flight.steal = !flight.victim && move.from.kind == Place::Kind::kShared && from.card != to.card;
  }
  // An object that moves on before it has arrived is drawn on its newest way only.
  std::erase_if(scene.flights, [&](const Flight& old) { return old.object == flight.object; });
  scene.flights.push_back(std::move(flight));
}

}  // namespace

const Flight* Scene::flight_of(ObjectId object) const {
  for (const Flight& flight : flights) {
    if (flight.object == object && !flight.dissolves) return &flight;
  }
  return nullptr;
}

std::size_t Scene::first_shown(std::size_t cells, std::size_t slots) {
  constexpr std::size_t kEnough = 4;
  if (slots >= kEnough) --slots;
  if (cells <= slots) return 0;
  return slots <= 1 ? cells : cells - (slots - 1);
}

layout::StageShape stage_shape(const Model& model, PoolId pool) {
  layout::StageShape shape;
  shape.live = std::max<std::size_t>(model.procs, 1);
  const ArrayState* local = model.local_of(pool);
  const ArrayState* victim = model.victim_of(pool);
  shape.places = std::max(local == nullptr ? 0 : local->locals.size(),
                          victim == nullptr ? 0 : victim->locals.size());
  shape.has_victims = model.config.pool == PoolKind::kModern;
  shape.digits = std::max<std::size_t>(2, digits_of(model.totals.created));
  return shape;
}

const StopState* newest_gc(const Model& model) {
  const StopState& stop = model.stop;
  const bool stopped =
      stop.phase == StopState::Phase::kStopped || stop.phase == StopState::Phase::kStarted;
  if (stop.cause == StopCause::kGc && stopped) return &stop;
  return model.last_gc.phase == StopState::Phase::kNone ? nullptr : &model.last_gc;
}

std::int64_t flight_duration(const Model& model) {
  if (model.step_time_ns <= 0) return theme::kFlightShortest_ns;
  return std::clamp(model.step_time_ns * 5 / 4, theme::kFlightShortest_ns, theme::kFlight_ns);
}

float part_of(std::int64_t begin_ns, std::int64_t duration_ns, std::int64_t now_ns) {
  return static_cast<float>(static_cast<double>(now_ns - begin_ns) /
                            static_cast<double>(duration_ns));
}

Scene make_scene(const ViewInput& input, const layout::Rect& area) {
  const theme::FontSpecs fonts = font_specs_of(input);
  Scene scene{
      input,
      layout::stage_layout(area, stage_shape(input.model, shown_pool(input)), input.sizes, fonts),
      seating_of(input.model),
      input.model.local_of(shown_pool(input)),
      input.model.victim_of(shown_pool(input)),
      {},
      fonts};
  if (input.state.motion && !input.session.summed) {
    const std::int64_t duration_ns = flight_duration(input.model);
    for (const Move& move : input.told.moves) {
      const bool lost = move.to.kind == Place::Kind::kLost;
      add_flight(scene, move, lost ? theme::kCurtain_ns : duration_ns);
    }
  }
  return scene;
}

float opacity_of_g(const ViewInput& input, GId g) {
  if (!input.state.followed.valid() || input.state.followed == g) return 1;
  return input.theme.unlit;
}

float opacity_of_object(const ViewInput& input, ObjectId object, GId owner,
                        intents::ConservationPart part) {
  const ViewState& state = input.state;
  if (state.lit != intents::ConservationPart::kNone) {
    return state.lit == part ? 1 : input.theme.unlit * input.theme.unlit;
  }
  if (state.followed_object.valid()) {
    return state.followed_object == object ? 1 : input.theme.unlit;
  }
  if (state.followed.valid() && owner.valid()) return opacity_of_g(input, owner);
  return 1;
}

}  // namespace poolscope::views
