// The Mutex of a poolLocal, and allPoolsMu.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

void wait(Model& m, const Event& e, GState& g, LockState& lock) {
  if (g.waits_for_lock) diverge(m, e, "G{} waits for a lock already", e.g.value);
  g.waits_for_lock = true;
  g.wait_array = e.array;
  g.wait_index = e.index;
  g.wait_since_ns = e.time_ns;
  lock.waiters.push_back(e.g);
}

void take(Model& m, const Event& e, GState& g, LockState& lock) {
  if (lock.holder.valid()) {
    diverge(m, e, "G{} takes a lock that {} holds", e.g.value, name_of(lock.holder));
  }
  if (g.op.slow && g.op.probes != 0 && g.op.slow_size != 0 &&
      has_lock(m, e, g.op.slow_array, (g.op.slow_pid + g.op.probes) % g.op.slow_size)) {
    diverge(m, e, "G{} goes on to the next shard with the lock of the last one held", e.g.value);
  }
  if (g.waits_for_lock) {
    std::erase(lock.waiters, e.g);
    g.waits_for_lock = false;
    g.wait_array = ArrayId::none();
    g.wait_index = 0;
  }
  lock.holder = e.g;
  lock.held_since_ns = e.time_ns;
}

void give(Model& m, const Event& e, LockState& lock) {
  if (lock.holder != e.g) {
    diverge(m, e, "G{} unlocks a lock that {} holds", e.g.value, name_of(lock.holder));
  }
  lock.holder = GId::none();
}

void reduce_mutex(Model& m, const Event& e, GState& g) {
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  if (e.kind == EventKind::kLockWait) return wait(m, e, g, slot.local->lock);
  if (e.kind == EventKind::kLocked) {
    take(m, e, g, slot.local->lock);
  } else {
    give(m, e, slot.local->lock);
  }
  note_write(e, slot);
}

}  // namespace

void reduce_lock(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  switch (e.kind) {
    case EventKind::kAllPoolsWait: return wait(m, e, g, m.all_pools_mu);
    case EventKind::kAllPoolsLocked: return take(m, e, g, m.all_pools_mu);
    case EventKind::kAllPoolsUnlocked: return give(m, e, m.all_pools_mu);
    default: return reduce_mutex(m, e, g);
  }
}

}  // namespace poolscope::reduction
