#include "app/views/stage/seating.h"

namespace poolscope::views {
namespace {

// Whether a goroutine without a P is still shown on the P that it gave back.
bool stays_on(const Model& model, const GState& state) {
  if (state.status != GState::Status::kParked || !state.p.valid()) return false;
  if (state.p.value >= model.procs || state.p.value >= model.ps.size()) return false;
  if (state.park_reason == ParkReason::kSleep || state.park_reason == ParkReason::kHandoff) {
    return false;
  }
  const PState& p = model.ps[state.p.value];
  return !p.g.valid() && p.remembered_by == state.id;
}

void seat_elsewhere(const GState& state, Seating& seating) {
  const GId id = state.id;
  if (state.waits_for_lock) {
    seating.locked_out.push_back(id);
  } else if (state.park_reason == ParkReason::kSleep || state.park_reason == ParkReason::kHandoff ||
             state.park_reason == ParkReason::kRing) {
    seating.asleep.push_back(id);
  } else {
    seating.without_p.push_back(id);
  }
}

}  // namespace

Seating seating_of(const Model& model) {
  Seating seating;
  seating.at.resize(model.ps.size());
  for (std::size_t p = 0; p < model.ps.size(); ++p) {
    const GId g = model.ps[p].g;
    if (!model.gs.contains(g)) continue;
    seating.at[p] = {g, true};
    seating.card_of[g] = p;
  }
  for (const GState& state : model.gs) {
    if (state.status == GState::Status::kAbsent || seating.card_of.contains(state.id)) continue;
    if (stays_on(model, state)) {
      seating.at[state.p.value] = {state.id, false};
      seating.card_of[state.id] = state.p.value;
    } else {
      seat_elsewhere(state, seating);
    }
  }
  return seating;
}

}  // namespace poolscope::views
