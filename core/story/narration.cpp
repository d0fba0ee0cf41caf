// What is said of an operation.

#include "core/story/narration.h"

#include <algorithm>

namespace poolscope {
namespace {

using Kind = Claim::Kind;

const GState* state_of(const Model& model, GId g) { return model.gs.find(g); }

/// Says things of one goroutine's operation.
class Narrator {
 public:
  Narrator(const Model& model, GId g) : model_(model), g_(g) {}

  Claim& say(Kind kind) {
    Claim& claim = claims_.emplace_back();
    claim.kind = kind;
    claim.g = g_;
    return claim;
  }
  void say_if(bool holds, Kind kind) {
    if (holds) say(kind);
  }
  void say_of(Kind kind, ObjectId object) { say(kind).object = object; }
  void say_at(Kind kind, ObjectId object, std::uint16_t place) {
    Claim& claim = say(kind);
    claim.object = object;
    set_place(claim, place);
  }
  /// A place has an owner as long as there is a P of its number.
  void set_place(Claim& claim, std::uint16_t place) const {
    claim.place = place;
    claim.owner = place < model_.procs ? PId{place} : PId::none();
  }
  Claims take() { return std::move(claims_); }

 private:
  const Model& model_;
  const GId g_;
  Claims claims_;
};

/// Lost for good, or in a dropped array.
bool is_gone(const Model& model, ObjectId object) {
  const auto dropped = [&](const auto& entry) {
    return entry.second.status == ArrayState::Status::kDropped &&
           std::ranges::find(entry.second.orphans, object) != entry.second.orphans.end();
  };
  return std::ranges::find(model.lost, object, &LostObject::object) != model.lost.end() ||
         std::ranges::any_of(model.arrays, dropped);
}

void say_who(Narrator& n, const Model& model, const GState* state, const Operation& op,
             bool under_way) {
  if (!op.p.valid()) {
    n.say(Kind::kIs);
    return;
  }
  const bool there = op.p.value < model.procs && !op.migrated &&
                     (!under_way || state == nullptr || state->p == op.p);
  n.say(there ? Kind::kOn : Kind::kBeganOn).p = op.p;
}

void say_put_result(Narrator& n, const Model& model, const Operation& op) {
  switch (op.where) {
    case Where::kPrivate: return n.say_of(Kind::kStoredPrivate, op.object);
    case Where::kShared:
      if (op.migrated || op.index >= model.procs) {
        return n.say_at(Kind::kPushedAt, op.object, op.index);
      }
      return n.say_of(Kind::kPushed, op.object);
    case Where::kOrphan:
      return n.say_of(is_gone(model, op.object) ? Kind::kOrphaned : Kind::kPushedTooLate,
                      op.object);
    case Where::kDropped: return n.say_of(Kind::kDiceDropped, op.object);
    default: return;
  }
}

void say_get_result(Narrator& n, const Model& model, const Operation& op) {
  switch (op.where) {
    case Where::kPrivate: return n.say_of(Kind::kTookPrivate, op.object);
    case Where::kShared:
      if (op.migrated || op.index >= model.procs) {
        return n.say_at(Kind::kTookSharedAt, op.object, op.index);
      }
      return n.say_of(Kind::kTookShared, op.object);
    case Where::kSteal:
      if (op.found_at == op.slow_pid) return n.say_of(Kind::kFoundInOwn, op.object);
      return n.say_at(Kind::kStole, op.object, op.found_at);
    case Where::kOrphanSteal: return n.say_of(Kind::kRescued, op.object);
    case Where::kNew: return n.say_of(Kind::kNewMade, op.object);
    case Where::kNil: n.say(Kind::kReturnsNil); return;
    case Where::kVictimPrivate: return n.say_of(Kind::kTookVictimPrivate, op.object);
    case Where::kVictimSteal: return n.say_at(Kind::kTookVictim, op.object, op.found_at);
    default: return;
  }
}

void say_wait(Narrator& n, const Model& model, const GState& state) {
  if (!state.wait_array.valid()) {
    n.say(Kind::kWaitsForAllPools).other = model.all_pools_mu.holder;
    return;
  }
  Claim& claim = n.say(Kind::kWaitsForLock);
  n.set_place(claim, state.wait_index);
  const ArrayState* array = model.array(state.wait_array);
  if (array != nullptr && state.wait_index < array->locals.size()) {
    claim.other = array->locals[state.wait_index].lock.holder;
  }
}

void say_step(Narrator& n, const GState& state, const Operation& op) {
  if (state.step == Step::kNone) return;
  Claim& claim = n.say(Kind::kStands);
  claim.step = state.step;
  claim.put = op.kind == Operation::Kind::kPut;
  claim.more = op.private_missed ? 0 : 1;  // what it put is stored already
  claim.count = op.slow_size;
  claim.victim = op.victim_array.valid();
  n.set_place(claim, probed_place(op));
}

void say_operation(Narrator& n, const Model& model, const GState* now, const Operation& op) {
  const bool put = op.kind == Operation::Kind::kPut;
  if (op.made_array.valid() && op.made_size > 0) {
    n.say(Kind::kMadeArray).count = op.made_size;
    if (op.dropped_with_old > 0) n.say(Kind::kDroppedWithOld).count = op.dropped_with_old;
  }
  n.say_if(op.private_missed, put ? Kind::kPrivateFull : Kind::kPrivateEmpty);
  n.say_if(op.own_shared_missed, Kind::kOwnSharedEmpty);
  const bool found_nothing = op.where == Where::kNew || op.where == Where::kNil;
  n.say_if(found_nothing && op.slow, Kind::kNothingToSteal);
  n.say_if(found_nothing && op.victim_array.valid(), Kind::kNothingInVictim);
  if (op.where != Where::kNone) {
    put ? say_put_result(n, model, op) : say_get_result(n, model, op);
  } else if (now != nullptr && now->waits_for_lock) {
    say_wait(n, model, *now);
  } else if (now != nullptr) {
    say_step(n, *now, op);
  }
}

Claims idle_claims(const Model& model, GId g) {
  const GState& state = *model.gs.find(g);
  Narrator n(model, g);
  if (state.status == GState::Status::kAbsent) {
    n.say(Kind::kEnded);
  } else if (state.status == GState::Status::kWaitingP) {
    n.say(Kind::kWaitsForP);
  } else if (state.last_op.kind != Operation::Kind::kNone) {
    return operation_claims(model, g, state.last_op);
  } else {
    n.say(Kind::kUnused);
  }
  return n.take();
}

}  // namespace

std::uint16_t probed_place(const Operation& op) {
  const std::uint32_t size = op.victim_array.valid() ? op.victim_size : op.slow_size;
  if (size == 0) return 0;
  // In local the neighbour is first, in the victim its own slot.
  const std::uint32_t place =
      op.victim_array.valid() ? op.slow_pid + op.victim_probes : op.slow_pid + op.probes + 1U;
  return static_cast<std::uint16_t>(place % size);
}

Claims operation_claims(const Model& model, GId g, const Operation& op) {
  const GState* state = state_of(model, g);
  // A past operation is described without the step where the goroutine stands now.
  const bool under_way = state != nullptr && state->op == op;
  Narrator n(model, g);
  say_who(n, model, state, op, under_way);
  if (op.kind == Operation::Kind::kPut) {
    n.say_of(Kind::kPuts, op.object);
  } else {
    n.say(Kind::kGets);
  }
  say_operation(n, model, under_way ? state : nullptr, op);
  return n.take();
}

namespace {

Claims goroutine_claims(const Model& model, GId g) {
  if (const GState* state = state_of(model, g)) {
    return state->op.kind != Operation::Kind::kNone ? operation_claims(model, g, state->op)
                                                    : idle_claims(model, g);
  }
  Narrator n(model, g);
  n.say(Kind::kEnded);
  return n.take();
}

}  // namespace

Claims sentence_claims(const Model& model, const Spotlight& spot, const Followed& followed,
                       PoolId shown) {
  if (followed.g.valid()) return goroutine_claims(model, followed.g);
  if (followed.object.valid()) return object_claims(model, followed.object);
  switch (spot.rarity) {
    case Spotlight::Rarity::kNothing: return {Claim{}};
    case Spotlight::Rarity::kGc:
    case Spotlight::Rarity::kResize: return consequence_claims(model, spot.stop, shown);
    case Spotlight::Rarity::kLost: return loss_claims(spot.loss);
    default: return operation_claims(model, spot.g, spot.op);
  }
}

}  // namespace poolscope
