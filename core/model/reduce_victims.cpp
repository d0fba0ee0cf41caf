// The victim of a modern pool: what a GC leaves for one cycle more, what Gets find in it, and its
// end.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

void load(Model& m, const Event& e, GState& g) {
  if (g.op.pool.value < m.pools.size() && m.pools[g.op.pool.value].victim != e.array) {
    diverge(m, e, "getSlow loads {} as the victim, the model has {}", name_of(e.array),
            name_of(m.pools[g.op.pool.value].victim));
  }
  if (!in_get_slow(m, g)) {
    diverge(m, e, "G{} looks into the victim, and is not in getSlow", e.g.value);
  }
  const ArrayState* array = array_of(m, e.array);
  const std::size_t length = array == nullptr ? 0 : array->locals.size();
  if (e.number() > length) {
    diverge(m, e, "getSlow loads victimSize {}, {} has {} slots", e.number(), name_of(e.array),
            length);
  }
  g.op.victim_array = e.array;
  g.op.victim_size = e.number();
}

void take_victim_private(Model& m, const Event& e, GState& g, const Slot& slot) {
  const ObjectId there = std::exchange(slot.local->private_object, ObjectId::none());
  if (there != e.object) {
    diverge(m, e, "{} is taken from private of the victim's slot {}, the model has {} there",
            name_of(e.object), e.index, name_of(there));
  }
  if (there.valid()) leave(m, *slot.array, there);
  put_in_flight(m, e, g);
  count_hit(m, g, &HitCounts::from_victim);
  decide(e, g, Where::kVictimPrivate);
}

/// Private of the victim is its P's own, as that of local is. A miss writes nil all the same.
void look_at_private(Model& m, const Event& e, GState& g) {
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  if (!in_get_slow(m, g) || g.op.victim_array != e.array || g.op.index != e.index) {
    diverge(m, e, "private of {} slot {} is touched by G{}, which is not pinned there",
            name_of(e.array), e.index, e.g.value);
  }
  note_write(e, slot);
  if (e.kind == EventKind::kVictimPrivateTake) return take_victim_private(m, e, g, slot);
  if (slot.local->private_object.valid()) {
    diverge(m, e, "private of the victim is found empty, the model has {}",
            name_of(slot.local->private_object));
  }
}

void zero_size(Model& m, const Event& e, const GState& g) {
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (!in_get_slow(m, g) || g.op.victim_array != pool->victim ||
      g.op.victim_probes < g.op.victim_size) {
    diverge(m, e, "G{} gives the victim up, and has not looked everywhere", e.g.value);
  }
  pool->victim_size = 0;
}

/// No goroutine finds the old victim any more. One that pinned it as local two GCs ago and has not
/// ended its operation may still reach it.
void drop(Model& m, const Event& e, PoolState& pool) {
  if (pool.victim != e.array) {
    diverge(m, e, "pool {} loses the victim {}, the model has {}", e.index, name_of(e.array),
            name_of(pool.victim));
  }
  if (ArrayState* array = array_of(m, pool.victim)) {
    const std::uint64_t count = objects_in(*array);
    take_from(m.totals.pooled, count);
    m.totals.stale += count;
    m.stop.dropped += count;
    array->status = ArrayState::Status::kDropped;
    array->dropped_by = LostCause::kGc;
    array->dropped_at_ns = e.time_ns;
    if (array->held_by.empty()) {
      lose_contents(m, e, *array);
      m.arrays.erase(pool.victim);
    }
  }
  pool.victim = ArrayId::none();
  pool.victim_size = 0;
}

void make_victim(Model& m, const Event& e, PoolState& pool) {
  if (pool.local != e.array) {
    diverge(m, e, "pool {}: {} becomes the victim, the model has {} as local", e.index,
            name_of(e.array), name_of(pool.local));
  }
  if (pool.victim.valid()) {
    diverge(m, e, "pool {} gets a victim and has {} already", e.index, name_of(pool.victim));
  }
  if (ArrayState* array = array_of(m, pool.local)) array->status = ArrayState::Status::kVictim;
  pool.victim = std::exchange(pool.local, ArrayId::none());
  pool.victim_size = std::exchange(pool.local_size, 0);
}

}  // namespace

void reduce_victim(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  switch (e.kind) {
    case EventKind::kVictimLoaded: return load(m, e, g);
    case EventKind::kVictimSizeZeroed: return zero_size(m, e, g);
    default: return look_at_private(m, e, g);
  }
}

void reduce_victim_stop(Model& m, const Event& e) {
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (e.kind == EventKind::kVictimDropped) return drop(m, e, *pool);
  make_victim(m, e, *pool);
}

}  // namespace poolscope::reduction
