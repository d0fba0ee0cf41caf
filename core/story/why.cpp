#include "core/story/why.h"

#include <optional>

namespace poolscope {
namespace {

using ReasonKind = Reason::Kind;

/// none: it has found nothing, or not yet.
std::optional<Reason> found_by(const Model& model, const Operation& op) {
  Reason reason{.place = op.found_at,
                .owner = op.found_at < model.procs ? PId{op.found_at} : PId::none()};
  switch (op.where) {
    case Where::kPrivate: reason.kind = ReasonKind::kFoundInPrivate; break;
    case Where::kShared: reason.kind = ReasonKind::kFoundInOwnShared; break;
    case Where::kSteal:
    case Where::kOrphanSteal:
      reason.kind = ReasonKind::kFoundInShared;
      reason.rescued = op.where == Where::kOrphanSteal;
      break;
    case Where::kVictimPrivate: reason.kind = ReasonKind::kFoundInVictimPrivate; break;
    case Where::kVictimSteal: reason.kind = ReasonKind::kFoundInVictim; break;
    default: return std::nullopt;
  }
  return reason;
}

}  // namespace

bool missed(const Operation& op) {
  return op.kind == Operation::Kind::kGet && (op.where == Where::kNew || op.where == Where::kNil);
}

std::vector<Reason> reasons_of_get(const Model& model, const Operation& op) {
  std::vector<Reason> reasons;
  const auto give = [&](ReasonKind kind, std::uint64_t count = 0) -> Reason& {
    return reasons.emplace_back(Reason{.kind = kind, .count = count});
  };
  if (op.private_missed) give(ReasonKind::kPrivateEmpty);
  if (op.own_shared_missed) give(ReasonKind::kOwnSharedEmpty);
  if (op.slow && op.slow_size == 0) give(ReasonKind::kNoLocal);
  if (op.probes > 0) give(ReasonKind::kOthersEmpty, op.probes);
  if (op.victim_probes > 0) give(ReasonKind::kVictimEmpty, op.victim_probes);
  if (op.made_array.valid()) give(ReasonKind::kArrayWasNew, op.made_size);
  if (const auto found = found_by(model, op)) reasons.push_back(*found);
  if (!missed(op)) return reasons;
  const StopState& gc = model.last_gc;
  if (gc.phase == StopState::Phase::kStarted && gc.started_ns <= op.begin_ns) {
    Reason& reason = give(ReasonKind::kGcBefore, gc.dropped);
    reason.number = gc.number;
    reason.ns = op.begin_ns - gc.started_ns;
  }
  return reasons;
}

std::vector<Reason> reasons_of_stop(const Model& model) {
  const StopState& gc = model.last_gc;
  const StopState& resize = model.last_resize;
  const StopState& last = resize.seq > gc.seq ? resize : gc;
  // Without the pins nobody knows what was waited for.
  if (last.phase != StopState::Phase::kStarted || !model.config.details.pins) return {};
  return {{.kind = last.waited_for.empty() ? ReasonKind::kWaitedForNobody
                                           : ReasonKind::kWaitedForPinned,
           .number = last.number,
           .ns = last.stopped_ns - last.requested_ns,
           .gc = last.cause == StopCause::kGc,
           .ps = last.waited_for}};
}

}  // namespace poolscope
