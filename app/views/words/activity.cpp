#include "app/views/words/activity.h"

#include <string_view>

#include "app/locale/translate.h"
#include "app/views/words/words.h"
#include "core/story/narration.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;
// A card colours this part of its line.
using Verb = Activity::Kind;

Activity put_result(const Operation& op) {
  const std::string object = name_of(op.object);
  switch (op.where) {
    case Where::kPrivate: return {Verb::kPut, trf("Put: {0} in private", object)};
    case Where::kShared: return {Verb::kPut, trf("Put: {0} in shared", object)};
    case Where::kOrphan: return {Verb::kLost, trf("Put: {0} is lost", object)};
    case Where::kDropped: return {Verb::kLost, trf("Put: {0} dropped at random", object)};
    default: return {Verb::kPut, trf("Put {0}", object)};
  }
}

Activity get_result(const Model& model, const Operation& op) {
  const std::string object = name_of(op.object);
  switch (op.where) {
    case Where::kPrivate: return {Verb::kHit, trf("Get: {0} from private", object)};
    case Where::kShared: return {Verb::kHit, trf("Get: {0} from shared", object)};
    case Where::kSteal:
      if (op.found_at == op.slow_pid) {
        return {Verb::kHit, trf("{0} in its own shared after all", object),
                trf("Get: {0} from shared", object)};
      }
      return {Verb::kSteal, trf("steals {0} from {1}", object, place_text(model, op.found_at))};
    case Where::kOrphanSteal: return {Verb::kSteal, trf("rescues {0}", object)};
    case Where::kVictimPrivate:
    case Where::kVictimSteal: return {Verb::kHit, trf("Get: {0} from victim", object)};
    case Where::kNew: return {Verb::kNew, trf("New made {0}", object)};
    case Where::kNil: return {Verb::kGet, tr("Get: nil")};
    default: return {Verb::kGet, tr("Get")};
  }
}

Activity at_step(const Model& model, const GState& state) {
  const Operation& op = state.op;
  // Still at the step, but the object is found or stored: that is the news.
  const bool put = op.kind == Operation::Kind::kPut;
  if (op.where != Where::kNone) return put ? put_result(op) : get_result(model, op);
  switch (state.step) {
    case Step::kPutPinned: return {Verb::kPut, tr("Put: looks at private")};
    case Step::kGetPinned: return {Verb::kGet, tr("Get: looks at private")};
    case Step::kPutDecided: return {Verb::kPut, tr("Put: private full")};
    case Step::kGetDecided: return {Verb::kGet, tr("Get: private empty")};
    case Step::kPutUnpinned: return {Verb::kPut, tr("Put: unpinned, about to lock")};
    case Step::kGetUnpinned: return {Verb::kGet, tr("Get: unpinned, about to lock")};
    case Step::kPutLocked: return {Verb::kLockHeld, tr("Put: holds the lock")};
    case Step::kGetLocked: return {Verb::kLockHeld, tr("Get: holds the lock")};
    case Step::kGetSlow: return {Verb::kGet, tr("getSlow begins")};
    case Step::kSlowLoaded: return {Verb::kGet, trf("getSlow: sees {0} locals", op.slow_size)};
    case Step::kSlowLocked:
      return {Verb::kLockHeld, trf("getSlow: locks local[{0}]", probed_place(op))};
    case Step::kSlowBegin: return {Verb::kGet, tr("getSlow begins")};
    case Step::kPopHeadLoaded: return {Verb::kGet, tr("Get: pops its newest")};
    case Step::kPopTailLoaded:
      return {Verb::kSteal, trf("tries the tail of {0}", place_text(model, probed_place(op)))};
    case Step::kGetNew: return {Verb::kNew, tr("calls New")};
    case Step::kPinSlowUnpinned: return {Verb::kPinSlow, tr("pinSlow: unpinned")};
    case Step::kPinSlowLocked: return {Verb::kPinSlow, tr("pinSlow: has allPoolsMu")};
    case Step::kPinSlowPublished: return {Verb::kPinSlow, tr("pinSlow: array stored")};
    case Step::kUse: return {Verb::kUser, tr("user code")};
    default: break;
  }
  if (put) return put_result(op);
  if (op.kind == Operation::Kind::kGet) return get_result(model, op);
  return {Verb::kUser, tr("user code")};
}

}  // namespace

std::string Activity::short_text() const {
  if (!brief.empty()) return brief;
  for (const std::string_view colon : {": ", "："}) {
    const std::size_t at = text.find(colon);
    if (at != std::string::npos) return text.substr(at + colon.size());
  }
  return text;
}

Activity activity_of(const Model& model, GId g) {
  const GState* known = model.gs.find(g);
  if (known == nullptr) return {Verb::kNobody, tr("no goroutine")};
  const GState& state = *known;
  if (state.waits_for_lock) {
    if (!state.wait_array.valid()) return {Verb::kLockWait, tr("waits for allPoolsMu")};
    return {Verb::kLockWait, trf("waits for local[{0}]'s lock", state.wait_index),
            trf("lock of local[{0}]", state.wait_index)};
  }
  if (state.op.kind == Operation::Kind::kNone) {
    const bool asleep =
        state.status == GState::Status::kParked &&
        (state.park_reason == ParkReason::kSleep || state.park_reason == ParkReason::kHandoff);
    return {Verb::kUser, asleep ? tr("asleep") : tr("user code")};
  }
  return at_step(model, state);
}

}  // namespace poolscope::views
