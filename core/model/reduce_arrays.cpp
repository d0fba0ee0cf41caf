// pinSlow: how a pool gets its array, and what happens to the one before.
//
// kLocalStored is stamped while pinSlow holds allPoolsMu, perhaps a moment before the store itself.
// Others may pin the old array in that moment and say so only later. So the goroutine in pinSlow is
// counted as a holder of the old array until its next event, which comes after the store; then
// those that may have loaded the old array without having said so are, until they say what they
// have.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

ObjectId newest_in(const ArrayState& array) {
  ObjectId newest;
  for (const LocalState& local : array.locals) {
    newest = std::max({newest, local.private_object, local.shared.newest()});
  }
  return newest;
}

void append_pool(Model& m, const Event& e) {
  if (pool_of(m, e) == nullptr) return;
  if (std::ranges::find(m.all_pools, e.pool()) != m.all_pools.end()) {
    diverge(m, e, "pool {} is in allPools already", e.index);
    return;
  }
  m.all_pools.push_back(e.pool());
}

void make_array(Model& m, const Event& e, GState& g) {
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (e.number() != m.procs) {
    diverge(m, e, "{} has {} slots, GOMAXPROCS is {}", name_of(e.array), e.number(), m.procs);
  }
  if (m.arrays.contains(e.array)) {
    diverge(m, e, "{} is there already", name_of(e.array));
    return;
  }
  const std::size_t places = std::max<std::size_t>(e.number(), m.ps.size());
  if (!e.array.valid() || places > kMostPlaces ||
      (m.arrays.size() + 1) * places > kMostPlacesInAll) {
    return diverge(m, e, "{} with {} slots cannot be; it is left out", name_of(e.array),
                   e.number());
  }
  ++pool->arrays;
  ArrayState& array = m.arrays[e.array];
  array.id = e.array;
  array.pool = pool->id;
  array.locals.resize(e.number());
  g.op.made_array = e.array;
  g.op.made_size = e.number();
}

/// pool.local no longer is `old`: its objects are the pool's no more.
void drop_array(Model& m, const Event& e, GState& g, ArrayState& old) {
  const std::uint64_t count = objects_in(old);
  g.op.dropped_with_old = static_cast<std::uint32_t>(count);
  take_from(m.totals.pooled, count);
  m.totals.stale += count;
  old.status = ArrayState::Status::kDropped;
  old.dropped_by = LostCause::kRealloc;
  old.dropped_at_ns = e.time_ns;
  hold(g, e.g, old);
  if (count != 0) {
    note_loss(m, e, old, LostCause::kRealloc, newest_in(old), count);
  }
}

void store_local(Model& m, const Event& e, GState& g) {
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  ArrayState* made = array_of(m, e.array);
  if (made == nullptr) {
    diverge(m, e, "pool {} gets {}, which was never made", e.index, name_of(e.array));
    return;
  }
  if (m.config.details.locks && m.all_pools_mu.holder != e.g) {
    diverge(m, e, "G{} stores local without allPoolsMu, which {} holds", e.g.value,
            name_of(m.all_pools_mu.holder));
  }
  if (std::ranges::find(m.all_pools, pool->id) == m.all_pools.end()) {
    diverge(m, e, "pool {} gets an array and is not in allPools", e.index);
  }
  if (ArrayState* old = array_of(m, pool->local); old != nullptr && old != made) {
    drop_array(m, e, g, *old);
  }
  pool->local = e.array;
  made->status = ArrayState::Status::kCurrent;
}

void store_local_size(Model& m, const Event& e, GState& g) {
  PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  const ArrayState* array = array_of(m, pool->local);
  const std::size_t length = array == nullptr ? 0 : array->locals.size();
  if (e.number() != length) {
    diverge(m, e, "pool {}: localSize is {}, its array has {} slots", e.index, e.number(), length);
  }
  pool->local_size = e.number();
  settle_drop(m, e, g);
}

}  // namespace

void settle_drop(Model& m, const Event& e, GState& g) {
  for (const ArrayId id : g.holds) {
    ArrayState* old = array_of(m, id);
    if (old == nullptr || id == g.op.array || id == g.op.slow_array ||
        old->status != ArrayState::Status::kDropped) {
      continue;
    }
    for (GState& other : m.gs) {
      if (other.id != e.g && may_have_loaded(m, other, old->pool)) hold(other, other.id, *old);
    }
  }
  release_all_but_named(m, e, e.g);
}

void reduce_array(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  switch (e.kind) {
    case EventKind::kPinSlow:
      ++g.op.pin_slows;
      // It has loaded nothing that it will use.
      return release_all_but_named(m, e, e.g);
    case EventKind::kAllPoolsAppend: return append_pool(m, e);
    case EventKind::kArrayMade: return make_array(m, e, g);
    case EventKind::kLocalStored: return store_local(m, e, g);
    default: return store_local_size(m, e, g);
  }
}

}  // namespace poolscope::reduction
