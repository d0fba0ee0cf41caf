#include "core/story/statistics.h"

#include <algorithm>
#include <utility>

namespace poolscope {
namespace {

const Operation& ended_operation(const Event& event, const Model& model) {
  static const Operation kUnknown;
  const GState* g = model.gs.find(event.g);
  return g != nullptr ? g->last_op : kUnknown;
}

std::size_t rows_of(const Tally& tally) {
  return tally.by_p.rows().size() + tally.by_pool.rows().size();
}

}  // namespace

void Statistics::add(const Event& event, const Model& model) {
  go_to(event, model);
  switch (event.kind) {
    case EventKind::kGetEnd: end_get(event, model); break;
    case EventKind::kPutEnd: end_put(event, model); break;
    case EventKind::kNewMade: ++stretches_.back().made_by_new; break;
    case EventKind::kObjectMade: ++stretches_.back().made_by_user; break;
    case EventKind::kLockWait:
    case EventKind::kAllPoolsWait: waits_[event.g] = event.time_ns; break;
    case EventKind::kLocked:
    case EventKind::kAllPoolsLocked:
      if (!waits_.empty()) got_lock(event, model);
      break;
    case EventKind::kLocalStored:
      count({}, event.pool(), [&](Counts& counts) {
        counts.dropped_by_grow += model.totals.stale - std::min(stale_, model.totals.stale);
      });
      break;
    case EventKind::kStopRequested: cleared_ = 0; break;
    case EventKind::kPoolCleaned:
    case EventKind::kVictimDropped: {
      const std::uint64_t before = std::exchange(cleared_, model.stop.dropped);
      count({}, event.pool(),
            [&](Counts& counts) { counts.dropped_by_gc += model.stop.dropped - before; });
      break;
    }
    case EventKind::kWorldStarted: end_stop(model); break;
    case EventKind::kGoExit: waits_.erase(event.g); break;
    default: break;
  }
  stale_ = model.totals.stale;
  Tally& tally = stretches_.back();
  tally.pooled = model.totals.pooled;
  tally.most_pooled = std::max(tally.most_pooled, tally.pooled);
  tally.in_use = model.totals.in_use;
}

void Statistics::begin_part(const Model& first) {
  waits_.clear();
  cleared_ = 0;
  stale_ = first.totals.stale;
}

void Statistics::go_to(const Event& event, const Model& model) {
  end_ns_ = event.time_ns;
  if (stretches_.empty()) {
    begin_ns_ = event.time_ns;
    stretch_end_ns_ = begin_ns_ + stretch_ns_;
    stretches_.emplace_back();
    return;
  }
  if (event.time_ns < stretch_end_ns_) return;
  rows_ += rows_of(stretches_.back());
  while (stretches_.size() > 1 && rows_ > kRowsKept) halve();
  const auto wanted = [&] {
    return static_cast<std::size_t>((event.time_ns - begin_ns_) / stretch_ns_) + 1;
  };
  while (wanted() > kStretchesKept) halve();
  // What was in the pools stays there while nothing happens.
  const Tally& last = stretches_.back();
  Tally quiet;
  quiet.pooled = last.pooled;
  quiet.most_pooled = last.pooled;
  quiet.in_use = last.in_use;
  if (wanted() > stretches_.size()) stretches_.resize(wanted(), quiet);
  stretches_.back().most_pooled = std::max(stretches_.back().most_pooled, model.totals.pooled);
  stretch_end_ns_ = begin_ns_ + static_cast<std::int64_t>(stretches_.size()) * stretch_ns_;
}

void Statistics::halve() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < stretches_.size(); i += 2) {
    Tally sum = std::move(stretches_[i]);
    if (i + 1 < stretches_.size()) sum += stretches_[i + 1];
    stretches_[kept++] = std::move(sum);
  }
  stretches_.resize(kept);
  stretch_ns_ *= 2;
  rows_ = 0;
  for (const Tally& tally : stretches_) rows_ += rows_of(tally);
}

template <class Change>
void Statistics::count(PId p, PoolId pool, Change change) {
  Tally& tally = stretches_.back();
  change(tally.all);
  if (p.valid()) change(tally.by_p[p.value]);
  if (pool.valid()) change(tally.by_pool[pool.value]);
}

void Statistics::end_get(const Event& event, const Model& model) {
  const Operation& op = ended_operation(event, model);
  const std::optional<GetFrom> from = get_from(op.where);
  if (!from) return;
  const StopState& gc = model.last_gc;
  const bool soon = *from == GetFrom::kNew && gc.phase != StopState::Phase::kNone &&
                    event.time_ns - gc.started_ns <= kSoonAfterGc_ns;
  count(op.p, op.pool, [&](Counts& counts) {
    ++counts.from[static_cast<std::size_t>(*from)];
    counts.getters.add(event.g);
    if (*from != GetFrom::kNil) counts.out.give();
    if (soon) ++counts.new_soon_after_gc;
  });
  if (*from != GetFrom::kSteal || op.found_at == op.p.value) return;
  count(PId{op.found_at}, op.pool, [](Counts& counts) { ++counts.stolen; });
}

void Statistics::end_put(const Event& event, const Model& model) {
  const Operation& op = ended_operation(event, model);
  const std::optional<PutTo> to = put_to(op.where);
  if (!to) return;
  count(op.p, op.pool, [&](Counts& counts) {
    ++counts.to[static_cast<std::size_t>(*to)];
    counts.putters.add(event.g);
    counts.out.take_back();
  });
}

void Statistics::got_lock(const Event& event, const Model& model) {
  const auto wait = waits_.find(event.g);
  if (wait == waits_.end()) return;
  const std::int64_t ns = event.time_ns - wait->second;
  waits_.erase(wait);
  const auto add = [&](Counts& counts) {
    ++counts.lock_waits;
    counts.lock_wait_ns += ns;
    counts.longest_lock_wait_ns = std::max(counts.longest_lock_wait_ns, ns);
  };
  const GState* g = model.gs.find(event.g);
  const PoolId pool = g != nullptr ? g->op.pool : PoolId::none();
  const bool all_pools = event.kind == EventKind::kAllPoolsLocked;
  count(all_pools ? PId::none() : PId{event.index}, pool, add);
  if (all_pools) add(stretches_.back().all_pools_mu);
}

void Statistics::end_stop(const Model& model) {
  const StopState& stop = model.stop;
  if (stop.cause == StopCause::kCheck) return;
  const StopRecord record{.cause = stop.cause,
                          .seq = stop.seq,
                          .time_ns = stop.requested_ns,
                          .wait_ns = stop.stopped_ns - stop.requested_ns,
                          .stopped_ns = stop.started_ns - stop.stopped_ns,
                          .waited_for = stop.waited_for};
  Tally& tally = stretches_.back();
  (stop.cause == StopCause::kGc ? tally.gc : tally.resize).add(record);
  for (const PId p : stop.waited_for) ++tally.by_p[p.value].held_up_stops;
}

Statistics::Range Statistics::range(std::int64_t from_ns, std::int64_t to_ns) const {
  if (stretches_.empty() || to_ns < begin_ns_ || from_ns > end_ns_ || to_ns < from_ns) return {};
  const auto at = [&](std::int64_t time_ns) {
    const std::int64_t since = std::max<std::int64_t>(time_ns - begin_ns_, 0);
    return std::min(static_cast<std::size_t>(since / stretch_ns_), stretches_.size() - 1);
  };
  return {at(from_ns), at(to_ns) + 1};
}

Tally Statistics::sum(Range range) const {
  Tally sum;
  for (std::size_t i = range.first; i < range.last; ++i) sum += stretches_[i];
  return sum;
}

}  // namespace poolscope
