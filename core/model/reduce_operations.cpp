// The frame of a Put or Get: its start and end, pin, New, and the race dice.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

using Kind = Operation::Kind;

void begin(Model& m, const Event& e, GState& g, Kind kind) {
  if (g.op.kind != Kind::kNone) {
    diverge(m, e, "G{} begins an operation in the middle of another", e.g.value);
    release_all(m, e, e.g);
  }
  g.op = Operation{};
  g.op.kind = kind;
  g.op.pool = e.pool();
  g.op.begin_ns = e.time_ns;
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  ++(kind == Kind::kPut ? pool->puts : pool->gets);
}

void begin_put(Model& m, const Event& e, GState& g) {
  begin(m, e, g, Kind::kPut);
  g.op.object = e.object;
  if (go_out_of_use(m, e, g)) {
    take_from(m.totals.in_use);
  } else if (m.config.double_put && e.object.value <= m.totals.created) {
    put_again(m, e.object);
  } else {
    diverge(m, e, "G{} puts {}, which it does not have", e.g.value, name_of(e.object));
  }
  put_in_flight(m, e, g);
}

void check_no_lock_held(Model& m, const Event& e, const Operation& op) {
  bool held = m.all_pools_mu.holder == e.g || has_lock(m, e, op.array, op.index);
  if (op.slow && op.slow_size != 0) {
    const std::size_t last = op.where == Where::kSteal || op.where == Where::kOrphanSteal
                                 ? op.found_at
                                 : (op.slow_pid + op.probes) % op.slow_size;
    held = held || has_lock(m, e, op.slow_array, last);
  }
  if (held) diverge(m, e, "G{} ends an operation with a lock held", e.g.value);
}

void end(Model& m, const Event& e, GState& g, Kind kind) {
  if (g.op.kind != kind) diverge(m, e, "G{} is not in the middle of such an operation", e.g.value);
  if (g.pinned) diverge(m, e, "G{} ends an operation and is still pinned", e.g.value);
  if (g.in_flight.valid()) {
    diverge(m, e, "G{} ends an operation with {} in flight", e.g.value, name_of(g.in_flight));
    take_from(m.totals.in_flight);
    g.in_flight = ObjectId::none();
  }
  check_no_lock_held(m, e, g.op);
  g.op.end_ns = e.time_ns;
  g.last_op = g.op;
  g.op = Operation{};
  ++(kind == Kind::kPut ? g.puts : g.gets);
  release_all(m, e, e.g);
}

/// The modern getSlow says nothing where the victim has no place for its P: that it has found
/// nothing is known when it is over.
void miss_in_modern_get_slow(Model& m, const GState& g) {
  if (m.config.pool == PoolKind::kModern && g.op.kind == Kind::kGet && g.op.slow &&
      !g.op.object.valid()) {
    count_miss(m, g);
  }
}

/// A Get without New, or whose New is none, that found nothing.
void answer_nil(Model& m, GState& g) {
  if (!m.config.details.pins && !g.op.new_called) miss_in_modern_get_slow(m, g);
  g.op.where = Where::kNil;
  if (g.op.pool.value < m.pools.size()) ++m.pools[g.op.pool.value].hits.nil;
  if (PState* p = p_of(m, g.op.p)) ++p->hits.nil;
}

void end_get(Model& m, const Event& e, GState& g) {
  if (e.object.valid()) {
    take_from_flight(m, e, g);
    ++m.totals.in_use;
    come_into_use(m, e, g);
  } else {
    answer_nil(m, g);
  }
  end(m, e, g, Kind::kGet);
}

void drop_by_dice(Model& m, const Event& e, GState& g) {
  g.op.where = Where::kDropped;
  take_from_flight(m, e, g);
  lose(m, e, e.object, e.pool(), LostCause::kRaceDrop, flight_of(e.g));
  if (PoolState* pool = pool_of(m, e)) {
    take_from(pool->puts);
    ++pool->drops;
  }
}

void pin(Model& m, const Event& e, GState& g) {
  if (g.status != GState::Status::kRunning || g.p != e.p || e.p.value != e.index) {
    diverge(m, e, "G{} is pinned on {} at slot {}, the model has it on {}", e.g.value, name_of(e.p),
            e.index, name_of(g.p));
  }
  if (g.pinned) diverge(m, e, "G{} is pinned already", e.g.value);
  g.pinned = true;
  g.pinned_since_ns = e.time_ns;
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  if (slot.array->pool != g.op.pool) {
    diverge(m, e, "{} belongs to pool {}, the operation is about pool {}", name_of(e.array),
            slot.array->pool.value, g.op.pool.value);
  }
  settle_at(m, e, g, *slot.array);
}

void unpin(Model& m, GState& g) {
  g.pinned = false;
  miss_in_modern_get_slow(m, g);
}

void make_new(Model& m, const Event& e, GState& g) {
  ++m.totals.created;
  put_in_flight(m, e, g);
  g.op.object = e.object;
  g.op.where = Where::kNew;
  if (PoolState* pool = pool_of(m, e)) {
    ++pool->news;
    ++pool->hits.from_new;
  }
  if (PState* p = p_of(m, g.op.p)) ++p->hits.from_new;
}

}  // namespace

void reduce_operation(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  switch (e.kind) {
    case EventKind::kPutBegin: return begin_put(m, e, g);
    case EventKind::kPutEnd: return end(m, e, g, Kind::kPut);
    case EventKind::kGetBegin: return begin(m, e, g, Kind::kGet);
    case EventKind::kGetEnd: return end_get(m, e, g);
    case EventKind::kRaceDrop: return drop_by_dice(m, e, g);
    case EventKind::kPinned: return pin(m, e, g);
    // pinSlow and getSlow unpin as well; their procPin is not reported, pin's return is.
    case EventKind::kUnpinned: return unpin(m, g);
    case EventKind::kNewBegin:
      if (!m.config.details.pins) miss_in_modern_get_slow(m, g);
      g.op.new_called = true;
      return;
    default: return make_new(m, e, g);  // kNewMade
  }
}

}  // namespace poolscope::reduction
