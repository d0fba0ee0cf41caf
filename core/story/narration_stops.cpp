// What is said of a GC, a change of GOMAXPROCS and a loss.

#include <algorithm>

#include "core/story/narration.h"

namespace poolscope {
namespace {

using Kind = Claim::Kind;

Claim claim(Kind kind, std::uint64_t count = 0, std::uint64_t more = 0) {
  Claim made;
  made.kind = kind;
  made.count = count;
  made.more = more;
  return made;
}

Claim about_gc(const Model& model, const StopState& gc) {
  const bool modern = model.config.pool == PoolKind::kModern;
  Claim made = claim(modern ? Kind::kGcMadeVictim : Kind::kGcCleared, gc.dropped, gc.in_use);
  made.number = gc.number;
  return made;
}

std::uint64_t objects_in(const ArrayState* array) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; array != nullptr && i < array->locals.size(); ++i) {
    const LocalState& local = array->locals[i];
    count += local.shared.size() + (local.private_object.valid() ? 1U : 0U);
  }
  return count;
}

/// Where the Gets after a GC find their objects.
Claim what_comes_next(const Model& model, PoolId shown) {
  const PoolState& pool = model.pools[shown.value];
  if (const std::uint64_t n = objects_in(model.victim_of(shown)); n > 0 && pool.victim_size > 0) {
    return claim(Kind::kNextLookIntoVictim, n);
  }
  if (const std::uint64_t n = objects_in(model.local_of(shown)); n > 0) {
    return claim(Kind::kPutSince, n);
  }
  return claim(pool.has_new ? Kind::kNextCallNew : Kind::kNextReturnNil);
}

/// What pins and thieves meet after GOMAXPROCS has changed.
Claim what_pins_meet(const Model& model, PoolId shown) {
  const ArrayState* local = model.local_of(shown);
  if (local == nullptr) return claim(Kind::kNextPinMakes, model.procs);
  const std::size_t slots = local->locals.size();
  if (slots < model.procs) return claim(Kind::kPinBeyondMakes, slots);
  if (slots > model.procs) return claim(Kind::kBeyondLastP, model.procs, slots - 1);
  return claim(Kind::kEachPHasASlot);
}

/// The operation that made the array that the pool uses, if all of it was after `stop`.
const Operation* maker_of(const Model& model, ArrayId array, const StopState& stop) {
  for (const GState& g : model.gs) {
    for (const Operation* op : {&g.op, &g.last_op}) {
      const bool made = op->kind != Operation::Kind::kNone && op->made_array == array;
      if (made && op->p.valid() && op->begin_ns >= stop.started_ns) return op;
    }
  }
  return nullptr;
}

void say_what_lies_without_a_p(Claims& claims, const Model& model, const ArrayState& local) {
  std::uint64_t stealable = 0;
  std::uint64_t stranded = 0;
  for (std::size_t i = model.procs; i < local.locals.size(); ++i) {
    stealable += local.locals[i].shared.size();
    stranded += local.locals[i].private_object.valid() ? 1U : 0U;
  }
  if (stealable != 0) claims.push_back(claim(Kind::kStealable, stealable));
  if (stranded != 0) claims.push_back(claim(Kind::kStranded, stranded));
}

/// What has become of the pool's array since GOMAXPROCS changed.
void say_what_the_array_is(Claims& claims, const Model& model, const StopState& resize,
                           PoolId shown) {
  const ArrayState* local = model.local_of(shown);
  if (local == nullptr) {
    claims.push_back(claim(Kind::kNoArray));
    return;
  }
  const std::size_t slots = local->locals.size();
  if (slots < model.procs) {
    claims.push_back(claim(Kind::kArrayTooShort, slots));
  } else if (slots > model.procs) {
    claims.push_back(claim(Kind::kArrayTooLong, slots));
    say_what_lies_without_a_p(claims, model, *local);
  } else if (const Operation* op = maker_of(model, local->id, resize)) {
    Claim& made = claims.emplace_back(
        claim(op->dropped_with_old == 0 ? Kind::kRanPinSlow : Kind::kRanPinSlowDropping,
              op->made_size, op->dropped_with_old));
    made.p = op->p;
  } else {
    claims.push_back(claim(Kind::kArrayFits, slots));
  }
}

Claims gc_banner(const Model& model, const StopState& gc) {
  Claims claims{about_gc(model, gc)};
  Claim& waited = claims.emplace_back(claim(Kind::kWaited));
  waited.ns = gc.stopped_ns - gc.requested_ns;
  waited.ps = gc.waited_for;
  if (gc.phase == StopState::Phase::kStarted) {
    claims.emplace_back(claim(Kind::kStoppedFor)).ns = gc.started_ns - gc.stopped_ns;
  }
  return claims;
}

Claims resize_claims(const Model& model, const StopState& resize, PoolId shown) {
  Claims claims{claim(Kind::kResized, resize.wanted_procs, resize.procs_before)};
  say_what_the_array_is(claims, model, resize, shown);
  return claims;
}

}  // namespace

Claims request_claims(const Model& model) {
  const StopState& stop = model.stop;
  if (stop.phase != StopState::Phase::kRequested || stop.cause == StopCause::kCheck) return {};
  Claim made = claim(Kind::kAboutToStop, stop.wanted_procs, stop.procs_before);
  made.gc = stop.cause == StopCause::kGc;
  made.number = stop.number;
  for (const PId p : stop.waited_for) {
    if (p.value >= model.ps.size()) continue;
    const GId g = model.ps[p.value].g;
    const GState* state = model.gs.find(g);
    if (state == nullptr || !state->pinned) continue;
    made.kind = Kind::kWaitsForPinned;
    made.p = p;
    made.g = g;
    made.put = state->op.kind == Operation::Kind::kPut;
    break;
  }
  return {made};
}

Claims consequence_claims(const Model& model, const StopState& stop, PoolId shown) {
  if (stop.phase == StopState::Phase::kRequested) {
    // The banner says whom it waits for, and this what that goroutine is at.
    const Claims waits = request_claims(model);
    const bool pinned = !waits.empty() && waits.front().kind == Kind::kWaitsForPinned;
    if (!pinned) return {claim(Kind::kNobodyPinned)};
    return operation_claims(model, waits.front().g, model.gs.find(waits.front().g)->op);
  }
  if (stop.phase == StopState::Phase::kStopped) {
    Claim stopped = claim(Kind::kWorldStopped, stop.wanted_procs);
    stopped.gc = stop.cause == StopCause::kGc;
    return {stopped};
  }
  if (shown.value >= model.pools.size()) return {};
  return {stop.cause == StopCause::kGc ? what_comes_next(model, shown)
                                       : what_pins_meet(model, shown)};
}

Claims loss_claims(const LossState& loss) {
  // The banner of the resize has the number and the cause.
  if (loss.cause == LostCause::kRealloc) return {claim(Kind::kStaysInOld, loss.count)};
  const bool one = loss.count == 1 && loss.object.valid();
  Claim made = claim(one ? Kind::kLost : Kind::kLostMany, loss.count);
  made.object = one ? loss.object : ObjectId::none();
  made.cause = loss.cause;
  return {made};
}

Claims banner_claims(const Model& model, PoolId shown) {
  if (Claims waits = request_claims(model); !waits.empty()) return waits;
  const bool had_gc = model.last_gc.phase != StopState::Phase::kNone;
  const bool had_resize = model.last_resize.phase != StopState::Phase::kNone;
  if (had_gc && (!had_resize || model.last_gc.seq > model.last_resize.seq)) {
    return gc_banner(model, model.last_gc);
  }
  return had_resize ? resize_claims(model, model.last_resize, shown) : Claims{};
}

}  // namespace poolscope
