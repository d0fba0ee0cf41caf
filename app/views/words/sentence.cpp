#include "app/views/words/sentence.h"

#include <algorithm>
#include <vector>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
using locale::trnf;

std::string joined(const std::vector<std::string>& clauses) {
  std::string text;
  for (const std::string& clause : clauses) {
    if (!text.empty()) text += tr(", ");
    text += clause;
  }
  return text;
}

const GState* state_of(const Model& model, GId g) {
  return g.valid() && g.value < model.gs.size() ? &model.gs[g.value] : nullptr;
}

bool modern(const Model& model) { return model.config.pool == PoolKind::kModern; }

std::string place_name(std::uint16_t index) { return name_of(PId{index}); }

// What a Put came to, once it is known.
std::string put_result(const Operation& op) {
  switch (op.where) {
    case Where::kPrivate: return tr("it goes into private");
    case Where::kShared:
      if (op.migrated) {
        return trf("it goes to shared of {0}, which it had pinned", place_name(op.index));
      }
      return tr("it goes to shared");
    case Where::kOrphan: return tr("it goes into an array that was dropped meanwhile: lost");
    case Where::kDropped: return tr("the race dice drop it before pin");
    default: return "";
  }
}

std::string get_result(const Operation& op) {
  const std::string object = name_of(op.object);
  switch (op.where) {
    case Where::kPrivate: return trf("takes {0} from private", object);
    case Where::kShared: return trf("takes {0} from its shared", object);
    case Where::kSteal: return trf("steals {0} from {1}", object, place_name(op.found_at));
    case Where::kOrphanSteal: return trf("rescues {0} from a dropped array", object);
    case Where::kNew: return trf("New makes {0}", object);
    case Where::kNil: return tr("there is no New, Get returns nil");
    case Where::kVictimPrivate: return trf("takes {0} from private of its victim", object);
    case Where::kVictimSteal:
      return trf("takes {0} from the victim of {1}", object, place_name(op.found_at));
    default: return "";
  }
}

std::string lock_name(const GState& state) {
  return state.wait_array.valid() ? trf("the lock of local[{0}]", state.wait_index)
                                  : std::string("allPoolsMu");
}

GId holder_of(const Model& model, const GState& state) {
  if (!state.wait_array.valid()) return model.all_pools_mu.holder;
  const auto it = model.arrays.find(state.wait_array);
  if (it == model.arrays.end() || state.wait_index >= it->second.locals.size()) return {};
  return it->second.locals[state.wait_index].lock.holder;
}

// What the goroutine does at the step where it stands.
std::string step_clause(const GState& state, const Operation& op) {
  switch (state.step) {
    case Step::kPutPinned:
    case Step::kGetPinned: return tr("is pinned and looks at private");
    case Step::kPutDecided:
      return op.private_missed ? tr("is still pinned") : tr("stored it, still pinned");
    case Step::kGetDecided: return tr("is still pinned");
    case Step::kPutUnpinned:
    case Step::kGetUnpinned: return tr("unpinned, goes for the lock: a GC may come in between");
    case Step::kPutLocked: return tr("has the lock and appends to shared");
    case Step::kGetLocked: return tr("has the lock and looks into shared");
    case Step::kGetSlow: return tr("goes on to getSlow");
    case Step::kSlowLoaded:
      return trf("getSlow has loaded an array of {0}, from here it may be stale", op.slow_size);
    case Step::kSlowLocked: return trf("getSlow has the lock of local[{0}]", probed_place(op));
    case Step::kSlowBegin: return tr("goes on to getSlow, still pinned");
    case Step::kPopHeadLoaded: return tr("is about to take its newest, if no thief is faster");
    case Step::kPopTailLoaded:
      return op.victim_array.valid()
                 ? trf("is about to take the oldest of the victim of {0}",
                       place_name(probed_place(op)))
                 : trf("is about to take the oldest of {0}, if nobody else is faster",
                       place_name(probed_place(op)));
    case Step::kGetNew: return tr("nothing found, calls New");
    case Step::kPinSlowUnpinned: return tr("pinSlow has unpinned and goes for allPoolsMu");
    case Step::kPinSlowLocked: return tr("pinSlow has allPoolsMu and pins again");
    case Step::kPinSlowPublished: return tr("pinSlow has stored the new array, its size not yet");
    default: return "";
  }
}

std::string clauses_so_far(const Model& model, const GState* state, const Operation& op) {
  std::vector<std::string> clauses;
  const bool put = op.kind == Operation::Kind::kPut;
  if (op.made_array.valid() && op.made_size > 0) {
    clauses.push_back(trf("pinSlow makes a new array of {0}", op.made_size));
    if (op.dropped_with_old > 0) {
      clauses.push_back(trnf("{0} object dropped with the old one",
                             "{0} objects dropped with the old one", op.dropped_with_old));
    }
  }
  if (op.private_missed) clauses.emplace_back(put ? tr("private full") : tr("private empty"));
  if (op.own_shared_missed) clauses.emplace_back(tr("own shared empty"));
  if (op.where == Where::kNew || op.where == Where::kNil) {
    if (op.slow) clauses.emplace_back(tr("nothing to steal"));
    if (op.victim_array.valid()) clauses.emplace_back(tr("nothing in the victim"));
  }
  const std::string result = put ? put_result(op) : get_result(op);
  if (!result.empty()) {
    clauses.push_back(result);
  } else if (state != nullptr && state->waits_for_lock) {
    const GId holder = holder_of(model, *state);
    clauses.push_back(holder.valid()
                          ? trf("waits for {0}, held by {1}", lock_name(*state), name_of(holder))
                          : trf("waits for {0}", lock_name(*state)));
  } else if (state != nullptr) {
    std::string step = step_clause(*state, op);
    if (!step.empty()) clauses.push_back(std::move(step));
  }
  return joined(clauses);
}

// "G4 on P2", with its P of the operation.
std::string subject(GId g, const Operation& op, const GState* state) {
  const PId p = op.p.valid() ? op.p : state != nullptr ? state->p : PId{};
  return p.valid() ? trf("{0} on {1}", name_of(g), name_of(p)) : name_of(g);
}

std::string idle_text(const Model& model, GId g) {
  const GState& state = model.gs[g.value];
  if (state.status == GState::Status::kAbsent) return trf("{0} has ended.", name_of(g));
  if (state.status == GState::Status::kWaitingP) return trf("{0} waits for a P.", name_of(g));
  if (state.last_op.kind != Operation::Kind::kNone) {
    return operation_text(model, g, state.last_op);
  }
  return trf("{0} has not used the pool yet.", name_of(g));
}

std::string gc_sentence(const Model& model, const StopState& stop) {
  if (stop.phase == StopState::Phase::kRequested) {
    const std::string who = waited_for_text(model);
    return who.empty() ? trf("GC {0} is about to stop the world.", stop.number)
                       : trf("GC {0} waits for {1}.", stop.number, who);
  }
  if (modern(model)) {
    return trf(
        "GC {0}: local becomes the victim, {1} of the old victim dropped, {2} in use and "
        "untouched.",
        stop.number, count_text(stop.dropped), count_text(stop.in_use));
  }
  return trf("GC {0} clears the pools: {1} dropped, {2} in use and untouched.", stop.number,
             count_text(stop.dropped), count_text(stop.in_use));
}

std::uint32_t stranded(const Model& model) {
  const ArrayState* local = model.local_of(PoolId{0});
  if (local == nullptr) return 0;
  std::uint32_t n = 0;
  for (std::size_t i = model.procs; i < local->locals.size(); ++i) {
    if (local->locals[i].private_object.valid()) ++n;
  }
  return n;
}

std::string resize_sentence(const Model& model, const StopState& stop) {
  if (stop.phase == StopState::Phase::kRequested) {
    const std::string who = waited_for_text(model);
    return who.empty() ? trf("GOMAXPROCS {0} to {1}: about to stop the world.", stop.procs_before,
                             stop.wanted_procs)
                       : trf("GOMAXPROCS {0} to {1} waits for {2}.", stop.procs_before,
                             stop.wanted_procs, who);
  }
  const std::uint32_t now = stop.wanted_procs;
  if (now > stop.procs_before) {
    return trf("GOMAXPROCS {0} to {1}: the pool is not told, its array stays as it is.",
               stop.procs_before, now);
  }
  return trf(
      "GOMAXPROCS {0} to {1}: the array stays, what lies in private of the dead Ps is stranded.",
      stop.procs_before, now);
}

std::string lost_sentence(const LossState& loss) {
  if (loss.count > 1 || !loss.object.valid()) {
    return trnf("{0} object is lost: {1}.", "{0} objects are lost: {1}.", loss.count,
                cause_text(loss.cause));
  }
  return trf("{0} is lost: {1}.", name_of(loss.object), cause_text(loss.cause));
}

std::string gc_banner(const Model& model, const StopState& stop, std::int64_t playhead_time_ns) {
  if (stop.phase == StopState::Phase::kRequested) {
    const std::string who = waited_for_text(model);
    const std::string so_far =
        duration_text(std::max<std::int64_t>(0, playhead_time_ns - stop.requested_ns));
    if (who.empty()) return trf("GC {0} is about to stop the world.", stop.number);
    return trf("GC {0} waits for {1}: {2} so far.", stop.number, who, so_far);
  }
  const auto dropped = static_cast<unsigned long>(stop.dropped);
  std::string text =
      modern(model)
          ? trnf(
                "GC {1}: local is the victim now, {2} object of the old one dropped, {3} in use "
                "untouched",
                "GC {1}: local is the victim now, {2} objects of the old one dropped, {3} in use "
                "untouched",
                dropped, stop.number, count_text(stop.dropped), count_text(stop.in_use))
          : trnf("GC {1}: {2} pooled object dropped, {3} in use untouched",
                 "GC {1}: {2} pooled objects dropped, {3} in use untouched", dropped, stop.number,
                 count_text(stop.dropped), count_text(stop.in_use));
  text += tr("; ");
  const std::string waited = duration_text(stop.stopped_ns - stop.requested_ns);
  text += stop.waited_for.empty() ? trf("waited {0}", waited)
                                  : trf("waited {0} for {1}", waited, list_text(stop.waited_for));
  if (stop.phase == StopState::Phase::kStarted) {
    text += tr(", ");
    text += trf("world stopped {0}", duration_text(stop.started_ns - stop.stopped_ns));
  }
  text +=
      modern(model) ? tr("; the next Gets look into the victim.") : tr("; the next Gets call New.");
  return text;
}

// Whose pinSlow made the array that the pool uses.
const GState* maker_of(const Model& model, ArrayId array, const Operation** made_by) {
  for (const GState& g : model.gs) {
    for (const Operation* op : {&g.op, &g.last_op}) {
      if (op->kind != Operation::Kind::kNone && array.valid() && op->made_array == array) {
        *made_by = op;
        return &g;
      }
    }
  }
  return nullptr;
}

std::string grow_banner(const Model& model, const StopState& stop) {
  const ArrayState* local = model.local_of(PoolId{0});
  if (local == nullptr) return tr("The pool has no array: the next pin makes one.");
  if (local->locals.size() < stop.wanted_procs) {
    return trf("Nothing happened yet: the array has {0} places.", local->locals.size());
  }
  const Operation* op = nullptr;
  if (maker_of(model, local->id, &op) != nullptr) {
    return trnf("{1} ran pinSlow: new array of {2}, {0} object dropped with the old one.",
                "{1} ran pinSlow: new array of {2}, {0} objects dropped with the old one.",
                op->dropped_with_old, name_of(op->p), op->made_size);
  }
  return trf("The array has {0} places, one for each P.", local->locals.size());
}

std::string resize_banner(const Model& model, const StopState& stop,
                          std::int64_t playhead_time_ns) {
  if (stop.phase == StopState::Phase::kRequested) {
    const std::string who = waited_for_text(model);
    if (who.empty()) return trf("GOMAXPROCS({0}) is about to stop the world.", stop.wanted_procs);
    return trf("GOMAXPROCS({0}) waits for {1}: {2} so far.", stop.wanted_procs, who,
               duration_text(std::max<std::int64_t>(0, playhead_time_ns - stop.requested_ns)));
  }
  const std::string head = trf("GOMAXPROCS {0} to {1}. ", stop.procs_before, stop.wanted_procs);
  if (stop.wanted_procs > stop.procs_before) return head + grow_banner(model, stop);
  const ArrayState* local = model.local_of(PoolId{0});
  if (local == nullptr || local->locals.size() <= stop.wanted_procs) {
    return head + trf("The array has {0} places.",
                      local == nullptr ? std::size_t{0} : local->locals.size());
  }
  return head + trf("The array keeps its {0} places: their shared can still be stolen, their "
                    "private is stranded until the next GC ({1}).",
                    local->locals.size(), stranded(model));
}

}  // namespace

std::string waited_for_text(const Model& model) {
  const StopState& stop = model.stop;
  if (stop.phase != StopState::Phase::kRequested) return "";
  for (PId p : stop.waited_for) {
    if (p.value >= model.ps.size()) continue;
    const GState* state = state_of(model, model.ps[p.value].g);
    if (state == nullptr || !state->pinned) continue;
    const bool put = state->op.kind == Operation::Kind::kPut;
    return trf("{0} (pinned in {1})", name_of(p), put ? "Put" : "Get");
  }
  return "";
}

std::string operation_text(const Model& model, GId g, const Operation& op) {
  const GState* state = state_of(model, g);
  // A past operation is told without the step where the goroutine stands now.
  const bool under_way = state != nullptr && state->op == op;
  const std::string what = clauses_so_far(model, under_way ? state : nullptr, op);
  const std::string who = subject(g, op, state);
  if (op.kind == Operation::Kind::kPut && op.object.valid()) {
    if (what.empty()) return trf("{0} begins to put {1}.", who, name_of(op.object));
    return trf("{0} puts {1}: {2}.", who, name_of(op.object), what);
  }
  if (what.empty()) return trf("{0} begins a Get.", who);
  return trf("{0}: {1}.", who, what);
}

std::string sentence_of(const Model& model, const Told& told, GId followed) {
  if (followed.valid() && followed.value < model.gs.size()) {
    const GState& state = model.gs[followed.value];
    if (state.op.kind != Operation::Kind::kNone) {
      return operation_text(model, followed, state.op);
    }
    return idle_text(model, followed);
  }
  const Spotlight& spot = told.spotlight;
  switch (spot.rarity) {
    case Spotlight::Rarity::kNothing: return tr("Nothing has been put or got yet.");
    case Spotlight::Rarity::kGc: return gc_sentence(model, spot.stop);
    case Spotlight::Rarity::kResize: return resize_sentence(model, spot.stop);
    case Spotlight::Rarity::kLost: return lost_sentence(spot.loss);
    default: return operation_text(model, spot.g, spot.op);
  }
}

std::string banner_of(const Model& model, std::int64_t playhead_time_ns) {
  const StopState& stop = model.stop;
  const bool waits = stop.phase == StopState::Phase::kRequested && stop.cause != StopCause::kCheck;
  const StopState* newest = waits ? &stop : nullptr;
  if (newest == nullptr) {
    if (model.last_gc.phase != StopState::Phase::kNone) newest = &model.last_gc;
    if (model.last_resize.phase != StopState::Phase::kNone &&
        (newest == nullptr || model.last_resize.seq > newest->seq)) {
      newest = &model.last_resize;
    }
  }
  if (newest == nullptr) return "";
  return newest->cause == StopCause::kGc ? gc_banner(model, *newest, playhead_time_ns)
                                         : resize_banner(model, *newest, playhead_time_ns);
}

}  // namespace poolscope::views
