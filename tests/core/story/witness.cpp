#include "tests/core/story/witness.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/event_table.h"

namespace poolscope::testing {
namespace {

using Kind = Claim::Kind;
using enum EventKind;

std::uint64_t objects_in(const ArrayState* array) {
  std::uint64_t n = 0;
  for (std::size_t i = 0; array != nullptr && i < array->locals.size(); ++i) {
    n += array->locals[i].shared.size() + (array->locals[i].private_object.valid() ? 1U : 0U);
  }
  return n;
}

/// The first event of that kind, with that object where one is given.
const Event* find(const std::vector<Event>& op, std::initializer_list<EventKind> kinds,
                  ObjectId object = {}) {
  for (const Event& e : op) {
    const bool wanted = std::ranges::find(kinds, e.kind) != kinds.end();
    if (wanted && (!object.valid() || e.object == object)) return &e;
  }
  return nullptr;
}

bool before(const std::vector<Event>& op, EventKind first, const Event* second) {
  const Event* e = find(op, {first});
  return e != nullptr && second != nullptr && e->seq < second->seq;
}

bool has_ended(const std::vector<Event>& op) {
  return !op.empty() && (op.back().kind == kPutEnd || op.back().kind == kGetEnd);
}

/// Places have the owner that they are said to have.
bool owner_holds(const Claim& claim, const Model& model) {
  return claim.owner.valid() ? claim.owner.value == claim.place && claim.place < model.procs
                             : claim.place >= model.procs;
}

bool is_gone(const Model& model, ObjectId object) {
  for (const LostObject& lost : model.lost) {
    if (lost.object == object) return true;
  }
  for (const auto& [id, array] : model.arrays) {
    if (array.status != ArrayState::Status::kDropped) continue;
    for (const LocalState& local : array.locals) {
      if (local.private_object == object) return true;
      if (std::ranges::find(local.shared.cells(), object) != local.shared.cells().end())
        return true;
    }
  }
  return false;
}

std::size_t places_in(const Model& model, ObjectId object) {
  std::size_t count = 0;
  for (const GState& g : model.gs) {
    count += static_cast<std::size_t>(std::ranges::count(g.hand, object));
    if (g.in_flight == object) ++count;
  }
  for (const auto& [id, array] : model.arrays) {
    for (const LocalState& local : array.locals) {
      const auto cells = local.shared.cells();
      count += static_cast<std::size_t>(std::ranges::count(cells, object));
      if (local.private_object == object) ++count;
    }
  }
  return count;
}

}  // namespace

void Witness::see(const Event& event, const Model& before, const Model& after) {
  if (event.g.valid() && event.kind < kStopRequested) {
    see_move(event);
    std::vector<Events>& ops = operations_[event.g];
    if (event.kind == kPutBegin || event.kind == kGetBegin) ops.emplace_back();
    if (!ops.empty() && !has_ended(ops.back())) ops.back().push_back(event);
    if (event.kind == kPinned) pinned_[event.g] = event.p;
    if (event.kind == kUnpinned) pinned_.erase(event.g);
    if (event.kind == kLocked) lock_holders_[{event.array, event.index}] = event.g;
    if (event.kind == kUnlocked) lock_holders_.erase({event.array, event.index});
    if (event.kind == kAllPoolsLocked) lock_holders_[{ArrayId::none(), 0}] = event.g;
    if (event.kind == kAllPoolsUnlocked) lock_holders_.erase({ArrayId::none(), 0});
    if (event.kind == kLocalStored)
      dropped_at_[event.seq] = objects_in(before.local_of(event.pool()));
    if (event.kind == kSharedPop) {
      const ArrayState* array = before.array(event.array);
      from_dropped_[event.seq] = array != nullptr && array->status == ArrayState::Status::kDropped;
    }
    return;
  }
  switch (event.kind) {
    case kStopRequested:
      stop_ = Stop{.requested_ns = event.time_ns, .procs_before = procs_};
      for (const auto& [g, p] : pinned_) stop_.pinned.push_back(p);
      std::ranges::sort(stop_.pinned);
      return;
    case kWorldStopped:
      stop_.stopped_ns = event.time_ns;
      for (const PoolState& pool : after.pools) {
        stop_.in_locals += objects_in(after.array(pool.local));
        stop_.in_victims += objects_in(after.array(pool.victim));
      }
      for (const GState& g : after.gs) {
        stop_.outside += g.hand.size() + (g.in_flight.valid() ? 1U : 0U);
      }
      return;
    case kProcsChanged: procs_ = event.number(); return;
    case kWorldStarted:
      stop_.started_ns = event.time_ns;
      stop_.procs_after = procs_;
      if (event.stop_cause() == StopCause::kGc) gcs_.push_back(stop_);
      if (event.stop_cause() == StopCause::kResize) resizes_.push_back(stop_);
      return;
    default: return;
  }
}

Witness::About Witness::ended_at(GId g, std::int64_t end_ns) const {
  const auto ops = operations_.find(g);
  if (ops == operations_.end()) return {g, 0};
  for (auto op = ops->second.rbegin(); op != ops->second.rend(); ++op) {
    for (const Event& e : *op) {
      if ((e.kind == kPutEnd || e.kind == kGetEnd) && e.time_ns == end_ns) return {g, e.seq};
    }
  }
  return {g, 0};
}

Witness::Events Witness::operation(About about) const {
  Events events;
  const auto ops = operations_.find(about.g);
  if (ops == operations_.end()) return events;
  for (auto op = ops->second.rbegin(); op != ops->second.rend(); ++op) {
    if (op->front().seq > about.until_seq) continue;
    for (const Event& e : *op) {
      if (e.seq <= about.until_seq) events.push_back(e);
    }
    break;
  }
  return events;
}

std::string Witness::objection(const Claim& claim, About about, const Model& model) const {
  if (holds(claim, about, model)) return "";
  return fmt::format(
      "after event {} at GOMAXPROCS {}: claim {} of G{} is not true (P{}, #{}, place {}, "
      "count {}, more {})",
      model.seq, model.procs, static_cast<int>(claim.kind), claim.g.value, claim.p.value,
      claim.object.value, claim.place, claim.count, claim.more);
}

bool Witness::holds(const Claim& claim, About about, const Model& model) const {
  switch (claim.kind) {
    case Kind::kNothingYet: {
      const auto ended = [](const GState& g) { return g.puts + g.gets != 0; };
      return std::ranges::none_of(model.gs, ended);
    }
    case Kind::kEnded: return model.gs[claim.g.value].status == GState::Status::kAbsent;
    case Kind::kWaitsForP: return model.gs[claim.g.value].status == GState::Status::kWaitingP;
    case Kind::kUnused: {
      const auto ops = operations_.find(claim.g);
      return ops == operations_.end() || ops->second.empty();
    }
    case Kind::kLost: return claim.count == 1 && is_gone(model, claim.object);
    case Kind::kLostMany:
    case Kind::kStaysInOld: return claim.count > 0 && claim.count <= model.totals.dropped();
    default: break;
  }
  if (claim.kind >= Kind::kLiesInPrivate && claim.kind <= Kind::kIsNowhere) {
    return holds_of_object(claim, model);
  }
  if (claim.kind < Kind::kAboutToStop) {
    const Events op = operation(about);
    return !op.empty() && holds_of_operation(claim, op, model, about);
  }
  return claim.kind < Kind::kResized ? holds_of_stop(claim, model) : holds_of_array(claim, model);
}

bool Witness::holds_of_operation(const Claim& claim, const Events& op, const Model& model,
                                 About about) const {
  const bool ended = has_ended(op);
  const bool now = !ended && about.until_seq == UINT64_MAX;
  const Event* pinned = find(op, {kPinned});
  const Event* slow = find(op, {kSlowLoaded});
  const Event* popped = find(op, {kSharedPop, kTailPop}, claim.object);
  switch (claim.kind) {
    case Kind::kIs: return pinned == nullptr;
    case Kind::kOn:
      return pinned != nullptr && pinned->p == claim.p && claim.p.value < model.procs &&
             (!now || model.gs[claim.g.value].p == claim.p);
    case Kind::kBeganOn: return pinned != nullptr && pinned->p == claim.p;
    case Kind::kPuts: return op.front().kind == kPutBegin && op.front().object == claim.object;
    case Kind::kGets: return op.front().kind == kGetBegin;
    case Kind::kMadeArray: {
      const Event* made = find(op, {kArrayMade});
      return made != nullptr && made->number() == claim.count;
    }
    case Kind::kDroppedWithOld: {
      const Event* stored = find(op, {kLocalStored});
      return stored != nullptr && claim.count > 0 && dropped_at_.at(stored->seq) == claim.count;
    }
    case Kind::kPrivateFull: return find(op, {kPrivateFull}) != nullptr;
    case Kind::kPrivateEmpty: return find(op, {kPrivateEmpty}) != nullptr;
    case Kind::kOwnSharedEmpty:
      return before(op, kSharedEmpty, slow) ||
             (slow == nullptr && find(op, {kSharedEmpty}) != nullptr);
    case Kind::kNothingToSteal:
      return slow != nullptr && find(op, {kSharedPop, kTailPop}) == nullptr;
    case Kind::kNothingInVictim:
      return find(op, {kVictimLoaded}) != nullptr &&
             find(op, {kTailPop, kVictimPrivateTake}) == nullptr;
    case Kind::kStoredPrivate: return find(op, {kPrivateStore}, claim.object) != nullptr;
    case Kind::kPushed: {
      const Event* push = find(op, {kSharedPush}, claim.object);
      return push != nullptr && pinned != nullptr && push->index == pinned->index;
    }
    case Kind::kPushedAt: {
      const Event* push = find(op, {kSharedPush}, claim.object);
      return push != nullptr && push->index == claim.place && owner_holds(claim, model);
    }
    case Kind::kPushedTooLate: return find(op, {kSharedPush}, claim.object) != nullptr;
    case Kind::kOrphaned:
      return find(op, {kSharedPush}, claim.object) != nullptr && is_gone(model, claim.object);
    case Kind::kDiceDropped: return find(op, {kRaceDrop}, claim.object) != nullptr;
    case Kind::kTookPrivate: return find(op, {kPrivateTake}, claim.object) != nullptr;
    case Kind::kTookShared:
    case Kind::kTookSharedAt:
      return popped != nullptr && slow == nullptr && pinned != nullptr &&
             popped->index == pinned->index &&
             (claim.kind == Kind::kTookShared ||
              (popped->index == claim.place && owner_holds(claim, model)));
    case Kind::kStole:
      return before(op, kSlowLoaded, popped) && popped->index == claim.place &&
             popped->index != slow->index && owner_holds(claim, model);
    case Kind::kFoundInOwn: return before(op, kSlowLoaded, popped) && popped->index == slow->index;
    case Kind::kRescued: return before(op, kSlowLoaded, popped) && from_dropped_.at(popped->seq);
    case Kind::kNewMade: return find(op, {kNewMade}, claim.object) != nullptr;
    case Kind::kReturnsNil: return ended && !op.back().object.valid();
    case Kind::kTookVictimPrivate: return find(op, {kVictimPrivateTake}, claim.object) != nullptr;
    case Kind::kTookVictim:
      return before(op, kVictimLoaded, popped) && popped->index == claim.place &&
             owner_holds(claim, model);
    case Kind::kWaitsForLock:
    case Kind::kWaitsForAllPools: {
      const bool mutex = claim.kind == Kind::kWaitsForLock;
      const Event* wait = nullptr;
      for (const Event& e : op) {
        if (e.kind == (mutex ? kLockWait : kAllPoolsWait)) wait = &e;
      }
      if (wait == nullptr || (mutex && wait->index != claim.place)) return false;
      const auto holder = mutex ? lock_holders_.find({wait->array, wait->index})
                                : lock_holders_.find({ArrayId::none(), 0});
      return holder == lock_holders_.end() ? !claim.other.valid() : claim.other == holder->second;
    }
    case Kind::kStands: {
      for (auto e = op.rbegin(); e != op.rend(); ++e) {
        if (e->kind == kGoPark || e->kind == kGoWaitP) continue;
        return e->kind == kStand && e->step() == claim.step;
      }
      return false;
    }
    default: return false;
  }
}

bool Witness::holds_of_object(const Claim& claim, const Model& model) const {
  // Where the last event that moved it has left it, by the events alone.
  const auto found = places_.find(claim.object);
  const Whereabouts at = found == places_.end() ? Whereabouts{} : found->second;
  const ArrayState* array = model.array(at.array);
  const bool dropped = array != nullptr && array->status == ArrayState::Status::kDropped;
  switch (claim.kind) {
    case Kind::kIsInUse: return at.kind == Whereabouts::Kind::kHand && at.g == claim.g;
    case Kind::kLiesInPrivate:
      return at.kind == Whereabouts::Kind::kPrivate && !dropped && at.index == claim.place &&
             owner_holds(claim, model);
    case Kind::kLiesInShared: {
      if (at.kind != Whereabouts::Kind::kShared || dropped || at.index != claim.place) return false;
      const auto cells = array->locals[at.index].shared.cells();
      return owner_holds(claim, model) && claim.count == cells.size() && claim.number >= 1 &&
             cells[claim.number - 1] == claim.object;
    }
    case Kind::kLiesInOld:
      return dropped &&
             (at.kind == Whereabouts::Kind::kPrivate || at.kind == Whereabouts::Kind::kShared);
    case Kind::kIsGone: return is_gone(model, claim.object) && at.kind != Whereabouts::Kind::kHand;
    case Kind::kIsNowhere: return places_in(model, claim.object) == 0;
    default: return false;
  }
}

void Witness::see_move(const Event& event) {
  using At = Whereabouts::Kind;
  switch (event.kind) {
    case kObjectMade:
    case kObjectHanded: places_[event.object] = {At::kHand, event.g, {}, 0}; return;
    case kGetEnd:
      if (event.object.valid()) places_[event.object] = {At::kHand, event.g, {}, 0};
      return;
    case kPutBegin:
    case kNewMade:
    case kPrivateTake:
    case kSharedPop:
    case kTailPop:
    case kVictimPrivateTake:
      if (event.object.valid()) places_[event.object] = {At::kFlight, event.g, {}, 0};
      return;
    case kPrivateStore:
      places_[event.object] = {At::kPrivate, {}, event.array, event.index};
      return;
    case kSharedPush: places_[event.object] = {At::kShared, {}, event.array, event.index}; return;
    default: return;
  }
}

bool Witness::holds_of_stop(const Claim& claim, const Model& model) const {
  switch (claim.kind) {
    case Kind::kAboutToStop: return model.stop.phase == StopState::Phase::kRequested;
    case Kind::kWaitsForPinned: return pinned_.contains(claim.g) && pinned_.at(claim.g) == claim.p;
    case Kind::kGcCleared:
      return claim.number == gcs_.size() && claim.count == gcs_.back().in_locals &&
             claim.more == gcs_.back().outside;
    case Kind::kGcMadeVictim:
      return claim.number == gcs_.size() && claim.count == gcs_.back().in_victims &&
             claim.more == gcs_.back().outside;
    case Kind::kWaited: {
      std::vector<PId> ps = claim.ps;
      std::ranges::sort(ps);
      return claim.ns == gcs_.back().stopped_ns - gcs_.back().requested_ns &&
             ps == gcs_.back().pinned;
    }
    case Kind::kStoppedFor: return claim.ns == gcs_.back().started_ns - gcs_.back().stopped_ns;
    case Kind::kNobodyPinned:
      return std::ranges::none_of(stop_.pinned, [&](PId p) {
        return std::ranges::any_of(pinned_, [p](const auto& at) { return at.second == p; });
      });
    case Kind::kWorldStopped: return model.stop.phase == StopState::Phase::kStopped;
    case Kind::kNextCallNew:
    case Kind::kNextReturnNil:
      return objects_in(model.local_of(PoolId{0})) == 0 &&
             (model.pools[0].victim_size == 0 || objects_in(model.victim_of(PoolId{0})) == 0) &&
             model.pools[0].has_new == (claim.kind == Kind::kNextCallNew);
    case Kind::kNextLookIntoVictim:
      return model.pools[0].victim_size > 0 && claim.count > 0 &&
             claim.count == objects_in(model.victim_of(PoolId{0}));
    case Kind::kPutSince:
      return claim.count > 0 && claim.count == objects_in(model.local_of(PoolId{0}));
    default: return false;
  }
}

bool Witness::holds_of_array(const Claim& claim, const Model& model) const {
  const ArrayState* local = model.local_of(PoolId{0});
  const std::size_t slots = local == nullptr ? 0 : local->locals.size();
  std::uint64_t shared = 0;
  std::uint64_t priv = 0;
  for (std::size_t i = model.procs; i < slots; ++i) {
    shared += local->locals[i].shared.size();
    priv += local->locals[i].private_object.valid() ? 1U : 0U;
  }
  switch (claim.kind) {
    case Kind::kResized:
      return !resizes_.empty() && claim.more == resizes_.back().procs_before &&
             claim.count == resizes_.back().procs_after;
    case Kind::kNoArray: return local == nullptr;
    case Kind::kArrayTooShort: return slots == claim.count && slots < procs_ && slots > 0;
    case Kind::kArrayTooLong: return slots == claim.count && slots > procs_;
    case Kind::kArrayFits: return slots == claim.count && slots == procs_;
    case Kind::kNextPinMakes: return local == nullptr && claim.count == model.procs;
    case Kind::kPinBeyondMakes: return slots > 0 && slots == claim.count && slots < model.procs;
    case Kind::kBeyondLastP:
      return claim.count == model.procs && claim.more + 1 == slots && slots > model.procs;
    case Kind::kEachPHasASlot: return slots == model.procs;
    case Kind::kStealable: return claim.count == shared && shared > 0;
    case Kind::kStranded: return claim.count == priv && priv > 0;
    case Kind::kRanPinSlow:
    case Kind::kRanPinSlowDropping: {
      // Whoever made the array of now: on which P, of how many slots, and what was dropped for it.
      for (const auto& [g, ops] : operations_) {
        for (const Events& op : ops) {
          const Event* made = find(op, {kArrayMade});
          if (made == nullptr || local == nullptr || made->array != local->id) continue;
          const Event* pinned = find(op, {kPinned});
          const Event* stored = find(op, {kLocalStored});
          return pinned != nullptr && pinned->p == claim.p && made->number() == claim.count &&
                 dropped_at_.at(stored->seq) == claim.more && made->seq > 0 &&
                 made->time_ns >= resizes_.back().stopped_ns;
        }
      }
      return false;
    }
    default: return false;
  }
}

}  // namespace poolscope::testing
