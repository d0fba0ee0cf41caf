#include "app/views/stage/seating.h"

namespace poolscope::views {
namespace {

// Whether a goroutine without a P is still shown on the P that it gave back.
bool stays_on(const Model& model, std::size_t g) {
  const GState& state = model.gs[g];
  if (state.status != GState::Status::kParked || !state.p.valid()) return false;
  if (state.p.value >= model.procs || state.p.value >= model.ps.size()) return false;
  if (state.park_reason == ParkReason::kSleep || state.park_reason == ParkReason::kHandoff) {
    return false;
  }
  const PState& p = model.ps[state.p.value];
  return !p.g.valid() && p.remembered_by.value == g;
}

void seat_elsewhere(const Model& model, std::size_t g, Seating& seating) {
  const GState& state = model.gs[g];
  const GId id{static_cast<std::uint32_t>(g)};
  if (state.status == GState::Status::kWaitingP) {
    seating.waiting.push_back(id);
  } else if (state.waits_for_lock) {
    seating.locked_out.push_back(id);
  } else if (state.park_reason == ParkReason::kSleep || state.park_reason == ParkReason::kHandoff ||
             state.park_reason == ParkReason::kRing) {
    seating.asleep.push_back(id);
  } else {
    seating.standing.push_back(id);
  }
}

}  // namespace

Seating seating_of(const Model& model) {
  Seating seating;
  seating.at.resize(model.ps.size());
  seating.card_of.assign(model.gs.size(), Seating::kNoSeat);
  for (std::size_t p = 0; p < model.ps.size(); ++p) {
    const GId g = model.ps[p].g;
    if (!g.valid() || g.value >= model.gs.size()) continue;
    seating.at[p] = {g, true};
    seating.card_of[g.value] = p;
  }
  for (std::size_t g = 0; g < model.gs.size(); ++g) {
    const GState& state = model.gs[g];
    if (state.status == GState::Status::kAbsent || seating.card_of[g] != Seating::kNoSeat) continue;
    if (stays_on(model, g)) {
      seating.at[state.p.value] = {GId{static_cast<std::uint32_t>(g)}, false};
      seating.card_of[g] = state.p.value;
    } else {
      seat_elsewhere(model, g, seating);
    }
  }
  return seating;
}

}  // namespace poolscope::views
