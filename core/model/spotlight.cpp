// What the one sentence tells when nobody is followed: of all facts since it last changed, the
// rarest; of equally rare ones the newest. turn_spotlight (reduction.h) lets it take its turn.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

/// The candidate, ready to be filled for this fact; nullptr if a rarer one waits.
Spotlight* candidate(Model& m, const Event& e, Spotlight::Rarity rarity) {
  Spotlight& next = m.spotlight_next;
  if (next.rarity > rarity) return nullptr;
  if (next.stop.phase != StopState::Phase::kNone) next.stop = StopState{};
  next.rarity = rarity;
  next.g = e.g;
  next.lost = LostObject{};
  next.since_ns = e.time_ns;
  next.seq = e.seq;
  return &next;
}

}  // namespace

void note_operation(Model& m, const Event& e, Spotlight::Rarity rarity, const Operation& op) {
  if (Spotlight* next = candidate(m, e, rarity)) next->op = op;
}

void note_stop(Model& m, const Event& e) {
  if (m.stop.cause == StopCause::kCheck) return;
  const bool gc = m.stop.cause == StopCause::kGc;
  if (Spotlight* next = candidate(m, e, gc ? Spotlight::Rarity::kGc : Spotlight::Rarity::kResize)) {
    next->op = Operation{};
    next->stop = m.stop;
  }
}

void note_lost(Model& m, const Event& e, const Operation& op, const LostObject& lost) {
  if (Spotlight* next = candidate(m, e, Spotlight::Rarity::kLost)) {
    next->op = op;
    next->lost = lost;
  }
}

}  // namespace poolscope::reduction
