#include "core/story/seen_calls.h"

#include <utility>

#include "core/story/tally.h"

namespace poolscope {
namespace {

Position position_of(const Event& event) { return {event.seq, event.time_ns}; }

}  // namespace

void SeenCalls::add(const Event& event, const Model& model) {
  switch (event.kind) {
    // What a goroutine does on its way to a call belongs to it.
    case EventKind::kGoStart:
    case EventKind::kGoRun:
    case EventKind::kObjectMade:
    case EventKind::kObjectHanded:
      if (!begun_.contains(event.g)) on_its_way_.try_emplace(event.g, position_of(event));
      break;
    case EventKind::kGoPark:
    case EventKind::kGoExit: on_its_way_.erase(event.g); break;
    case EventKind::kPutBegin:
    case EventKind::kGetBegin:
      begun_[event.g] = {on_its_way_.try_emplace(event.g, position_of(event)).first->second,
                         event.p};
      on_its_way_.erase(event.g);
      break;
    case EventKind::kPutEnd:
    case EventKind::kGetEnd: end_operation(event, model); break;
    case EventKind::kStopRequested: stop_ = position_of(event); break;
    case EventKind::kWorldStarted: end_stop(event, model); break;
    default: break;
  }
}

void SeenCalls::begin_part(const Model& /*first*/) {
  // Objects have other numbers from here on.
  on_its_way_.clear();
  begun_.clear();
  came_from_.clear();
}

void SeenCalls::end_operation(const Event& event, const Model& model) {
  const GState* g = model.gs.find(event.g);
  const auto begun = begun_.find(event.g);
  if (g == nullptr || begun == begun_.end()) return;  // it began before all that is seen
  const Operation& op = g->last_op;
  const bool puts = op.kind == Operation::Kind::kPut;
  SeenCall seen{.call = {.kind = !puts                         ? Call::Kind::kGet
                                 : op.where == Where::kDropped ? Call::Kind::kDrop
                                                               : Call::Kind::kPut,
                         .p = begun->second.p,
                         .pool = op.pool},
                .where = op.where,
                .found_at = op.found_at,
                .g = event.g,
                .object = op.object,
                .begin = begun->second.at,
                .end = position_of(event)};
  begun_.erase(begun);
  if (op.object.valid()) {
    const auto [it, first] = came_from_.try_emplace(op.object, calls_.size());
    if (puts && !first) seen.call.of = it->second;
    it->second = calls_.size();
  }
  add_call(seen, model);
}

void SeenCalls::end_stop(const Event& event, const Model& model) {
  SeenCall seen{.begin = stop_, .end = position_of(event)};
  switch (event.stop_cause()) {
    case StopCause::kGc:
      seen.call.kind = Call::Kind::kGc;
      seen.dropped = model.stop.dropped;
      break;
    case StopCause::kResize: seen.call = {.kind = Call::Kind::kResize, .procs = model.procs}; break;
    case StopCause::kCheck: return;  // nobody has called anything
  }
  add_call(seen, model);
}

void SeenCalls::add_call(SeenCall seen, const Model& model) {
  if (calls_.size() == most_) {
    full_ = true;
    return;
  }
  for (const PoolState& pool : model.pools) seen.news += pool.news;
  seen.dropped_so_far = model.totals.dropped();
  seen.pooled = model.totals.pooled;
  calls_.push_back(seen);
}

bool went_the_same_way(const SeenCall& a, const SeenCall& b) {
  if (a.call.kind == Call::Kind::kGet) return get_from(a.where) == get_from(b.where);
  if (a.call.puts()) return put_to(a.where) == put_to(b.where);
  return a.dropped == b.dropped;
}

}  // namespace poolscope
