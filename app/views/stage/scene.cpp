#include "app/views/stage/scene.h"

#include <algorithm>

#include "app/views/paint/paint.h"
#include "app/views/stage/spots.h"
#include "app/views/stage/stage.h"
#include "app/views/stage/stage_parts.h"

namespace poolscope::views {
namespace {

std::size_t digits_of(std::uint64_t n) {
  std::size_t digits = 1;
  for (; n >= 10; n /= 10) ++digits;
  return digits;
}

void add_flight(Scene& scene, const Leg& leg) {
  const Move& move = leg.move;
  Flight flight;
  flight.object = move.object;
  flight.move = move;
  flight.part = static_cast<float>(leg.part(scene.input.session.motion_ns));
  flight.dissolves = move.to.kind == Place::Kind::kLost;
  flight.grows = is_outside(move.from);
  flight.shrinks = is_outside(move.to);
  const Spot from = start_of(scene, move);
  // The cells of the grid have no slots: what comes to them or goes is there at once.
  if (!flight.dissolves && scene.stage.detail == layout::CardDetail::kCompact) return;
  if (flight.dissolves) {
    if (!from.known) return;
    flight.way = {from.at, from.at};
  } else {
    const Spot to = end_of(scene, move);
    if (!to.known) return;
    flight.way = from.known ? layout::route(scene.stage, from.at, from.card, to.at, to.card)
                            : std::vector<layout::Point>{to.at, to.at};
    flight.victim = scene.victim != nullptr && scene.victim->id == move.from.array;
    flight.steal = !flight.victim && move.from.kind == Place::Kind::kShared && from.card != to.card;
  }
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

LegTimes leg_times(const Model& model) {
  const std::int64_t usual_ns =
      model.step_time_ns <= 0
          ? theme::kFlightShortest_ns
          : std::clamp(model.step_time_ns * 5 / 4, theme::kFlightShortest_ns, theme::kFlight_ns);
  return {.usual_ns = usual_ns,
          .least_ns = std::min(usual_ns, theme::kLegLeast_ns),
          .lost_ns = theme::kCurtain_ns};
}

float part_of(std::int64_t begin_ns, std::int64_t duration_ns, std::int64_t now_ns) {
  return static_cast<float>(static_cast<double>(now_ns - begin_ns) /
                            static_cast<double>(duration_ns));
}

layout::StageShape shape_of(const ViewInput& input) {
  layout::StageShape shape = stage_shape(input.model, shown_pool(input));
  if (input.session.lesson != nullptr) {
    for (const std::string& name : input.session.lesson->names->objects) {
      shape.digits = std::max(shape.digits, name.empty() ? 0 : name.size() - 1);
    }
  }
  return shape;
}

Scene make_scene(const Painter& painter, const layout::Rect& area) {
  const ViewInput& input = painter.input();
  const theme::FontSpecs fonts = font_specs_of(input);
  Scene scene{input,
              layout::stage_layout(area, shape_of(input), input.sizes, fonts),
              seating_of(input.model),
              input.model.local_of(shown_pool(input)),
              input.model.victim_of(shown_pool(input)),
              {},
              {},
              fonts};
  std::vector<Leg> legs;
  if (input.state.motion && !input.session.summed) {
    legs = legs_of(input.told.moves, leg_times(input.model));
    std::erase_if(legs, [&](const Leg& leg) { return !leg.at(input.session.motion_ns); });
  }
  std::vector<GId> touched;
  touched.reserve(legs.size());
  for (const Leg& leg : legs) touched.push_back(leg.move.g);
  scene.foot = lay_out_foot(painter, scene.stage, scene.seating, touched);
  for (const Leg& leg : legs) add_flight(scene, leg);
  return scene;
}

bool is_told(const ViewInput& input, GId g) {
  const ViewState& state = input.state;
  if (state.followed.valid() || state.followed_object.valid()) return false;
  return g.valid() && spotlight_of(input).g == g;
}

bool is_told(const ViewInput& input, ObjectId object) {
  const Spotlight& spot = spotlight_of(input);
  return is_told(input, spot.g) && object.valid() && spot.op.object == object;
}

intents::ConservationPart part_of_object(const Model& model, ObjectId object) {
  using enum intents::ConservationPart;
  for (const GState& g : model.gs) {
    if (g.in_flight == object) return kInFlight;
    if (std::ranges::find(g.hand, object) != g.hand.end()) return kInUse;
  }
  const auto holds = [&](const auto& entry) {
    if (entry.second.status == ArrayState::Status::kDropped) return false;
    return std::ranges::any_of(entry.second.locals, [&](const LocalState& local) {
      const auto cells = local.shared.cells();
      return local.private_object == object || std::ranges::find(cells, object) != cells.end();
    });
  };
  return std::ranges::any_of(model.arrays, holds) ? kPooled : kDropped;
}

std::vector<ObjectId> flying(const Scene& scene) {
  std::vector<ObjectId> objects;
  for (const Flight& flight : scene.flights) {
    const bool counted = std::ranges::find(objects, flight.object) != objects.end();
    if (!flight.dissolves && !counted) objects.push_back(flight.object);
  }
  return objects;
}

DrawnSum drawn_sum(const Model& model, std::span<const ObjectId> flying) {
  const Totals& totals = model.totals;
  DrawnSum sum{totals.in_use, totals.in_flight, totals.pooled, totals.dropped()};
  for (const ObjectId object : flying) {
    std::uint64_t* part = &sum.dropped;
    switch (part_of_object(model, object)) {
      case intents::ConservationPart::kInUse: part = &sum.in_use; break;
      case intents::ConservationPart::kInFlight: part = &sum.in_flight; break;
      case intents::ConservationPart::kPooled: part = &sum.pooled; break;
      default: break;
    }
    if (*part == 0) continue;
    --*part;
    ++sum.in_flight;
  }
  return sum;
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
