// private and shared: what is stored where, what is taken from where, what is not found.

#include "core/model/reduction.h"

namespace poolscope::reduction {
namespace {

bool dropped(const ArrayState& array) { return array.status == ArrayState::Status::kDropped; }
bool modern(const Model& m) { return m.config.pool == PoolKind::kModern; }

/// Whether a Put may come to `where` after its array was dropped, and leave an orphan: the classic
/// one, which appends unpinned. A pinned store belongs to the array as it was pinned, whichever
/// event comes first, and shares the fate of what lay there.
bool can_be_orphan(const Model& m, Where where) { return where == Where::kShared && !modern(m); }

/// A Put's object arrives in a place of `array`. In a dropped one it can no longer be found by pin.
void arrive(Model& m, const Event& e, GState& g, ArrayState& array, Where where) {
  if (PState* p = p_of(m, g.op.p)) ++p->puts;
  ++total_in(m, array);
  if (!dropped(array) || !can_be_orphan(m, where)) return decide(e, g, where);
  array.orphans.push_back(e.object);
  decide(e, g, Where::kOrphan);
  note_loss(m, e, array, LostCause::kOrphan, e.object, 1);
}

void check_owner(Model& m, const Event& e, const GState& g) {
  if (!owns_place(m, e, g)) [[unlikely]] {
    diverge(m, e, "private of {} slot {} is touched by G{}, which is not pinned there",
            name_of(e.array), e.index, e.g.value);
  }
}

/// Only the lock's holder may push and pop in shared; modern, at the head: only the pinned owner.
void check_may_touch_shared(Model& m, const Event& e, const GState& g, const Slot& slot) {
  if (modern(m)) {
    if (!owns_place(m, e, g)) [[unlikely]] {
      diverge(m, e, "the head of {} slot {} is touched by G{}, which is not pinned there",
              name_of(e.array), e.index, e.g.value);
    }
  } else if (m.config.details.locks && slot.local->lock.holder != e.g) [[unlikely]] {
    diverge(m, e, "shared of {} slot {} is touched by G{}, its lock is held by {}",
            name_of(e.array), e.index, e.g.value, name_of(slot.local->lock.holder));
  }
}

void store_private(Model& m, const Event& e, GState& g, const Slot& slot) {
  if (slot.local->private_object.valid()) {
    diverge(m, e, "private of {} slot {} holds {} already", name_of(e.array), e.index,
            name_of(slot.local->private_object));
    leave(m, *slot.array, slot.local->private_object);
  }
  take_from_flight(m, e, g);
  slot.local->private_object = e.object;
  note_write(e, slot);
  arrive(m, e, g, *slot.array, Where::kPrivate);
}

void take_private(Model& m, const Event& e, GState& g, const Slot& slot) {
  if (slot.local->private_object != e.object) {
    diverge(m, e, "{} is taken from private of {} slot {}, the model has {} there",
            name_of(e.object), name_of(e.array), e.index, name_of(slot.local->private_object));
  }
  if (slot.local->private_object.valid()) leave(m, *slot.array, slot.local->private_object);
  slot.local->private_object = ObjectId::none();
  put_in_flight(m, e, g);
  note_write(e, slot);
  count_hit(m, g, &HitCounts::from_private);
  decide(e, g, Where::kPrivate);
}

void push_shared(Model& m, const Event& e, GState& g, const Slot& slot) {
  take_from_flight(m, e, g);
  slot.local->shared.push_newest(e.object);
  if (modern(m)) {
    push_to_chain(m, e, *slot.local);  // writes to the dequeue, not to the poolLocal
  } else {
    note_write(e, slot);
  }
  arrive(m, e, g, *slot.array, Where::kShared);
}

/// Takes the object out of shared: the newest; anything else is a divergence. Returns where it lay.
std::size_t remove_newest(Model& m, const Event& e, const Slot& slot) {
  SharedCells& shared = slot.local->shared;
  if (shared.newest() == e.object && !shared.empty()) {
    shared.pop_newest();
    leave(m, *slot.array, e.object);
    return shared.size();
  }
  diverge(m, e, "{} is popped from shared of {} slot {}, whose newest is {} of {} in the model",
          name_of(e.object), name_of(e.array), e.index, name_of(shared.newest()), shared.size());
  const auto cells = shared.cells();
  const auto found = std::ranges::find(cells, e.object);
  if (found == cells.end()) return cells.size();
  const auto cell = static_cast<std::size_t>(found - cells.begin());
  shared.erase(cell);
  leave(m, *slot.array, e.object);
  return cell;
}

void pop_shared(Model& m, const Event& e, GState& g, const Slot& slot) {
  const std::size_t before = slot.local->shared.size();
  const std::size_t cell = remove_newest(m, e, slot);
  if (modern(m)) {
    if (slot.local->shared.size() < before) take_from_chain(m, e, *slot.local, cell, false);
  } else {
    note_write(e, slot);
  }
  put_in_flight(m, e, g);
  if (!g.op.slow) {
    count_hit(m, g, &HitCounts::from_shared);
    return decide(e, g, Where::kShared);
  }
  count_hit(m, g, &HitCounts::from_steal);
  count_robbery(m, e, g);
  decide(e, g, dropped(*slot.array) ? Where::kOrphanSteal : Where::kSteal);
}

void find_shared_empty(Model& m, const Event& e, GState& g, const Slot& slot) {
  // Modern: what is stamped may not be seen yet (a push), or no longer (a pop at the tail).
  if (!modern(m) && !slot.local->shared.empty()) {
    diverge(m, e, "shared of {} slot {} is found empty, the model has {} objects there",
            name_of(e.array), e.index, slot.local->shared.size());
  }
  if (!g.op.slow) {
    g.op.own_shared_missed = true;
  } else if (g.op.victim_array.valid()) {
    ++g.op.victim_probes;
  } else if (++g.op.probes == g.op.slow_size && !modern(m)) {
    count_miss(m, g);
  }
}

void load_slow(Model& m, const Event& e, GState& g) {
  if (has_lock(m, e, g.op.array, g.op.index)) {
    diverge(m, e, "G{} comes to getSlow with its own lock held", e.g.value);
  }
  g.op.slow = true;
  g.op.slow_array = e.array;
  g.op.slow_size = e.number();
  g.op.slow_pid = e.index;
  if (g.op.slow_size == 0 && !modern(m)) count_miss(m, g);
  if (ArrayState* array = array_of(m, e.array)) {
    if (e.number() > array->locals.size()) {
      diverge(m, e, "getSlow loads localSize {}, {} has {} slots", e.number(), name_of(e.array),
              array->locals.size());
    }
    hold(g, e.g, *array);
  } else if (e.array.valid()) {
    diverge(m, e, "getSlow loads {}, which is not there any more, or never was", name_of(e.array));
  }
  if (g.holds.size() > 1) release_all_but_named(m, e, e.g);
}

/// One of the objects that were dropped is found after all.
void rescue_from(LossState& loss, ObjectId object) {
  // An orphan is one object; what else the array held was dropped before it.
  if (loss.cause == LostCause::kOrphan && loss.object != object) return;
  if (loss.count <= 1) {
    loss = {};
    return;
  }
  --loss.count;
  if (loss.object == object) loss.object = ObjectId::none();
}

}  // namespace

void decide(const Event& e, GState& g, Where where) {
  g.op.where = where;
  g.op.object = e.object;
  g.op.found_at = e.index;
}

void count_hit(Model& m, const GState& g, std::uint64_t HitCounts::*counter) {
  if (g.op.pool.value < m.pools.size()) ++(m.pools[g.op.pool.value].hits.*counter);
  if (PState* p = p_of(m, g.op.p)) ++(p->hits.*counter);
}

void leave(Model& m, ArrayState& array, ObjectId object) {
  take_from(total_in(m, array));
  if (dropped(array) && array.id == m.last_loss.array) rescue_from(m.last_loss, object);
  if (!array.orphans.empty()) std::erase(array.orphans, object);
}

void count_robbery(Model& m, const Event& e, const GState& g) {
  PState* robbed = p_of(m, PId{e.index});
  if (robbed == nullptr || g.p.value == e.index) return;
  ++robbed->steals_from;
}

void count_miss(Model& m, const GState& g) {
  if (g.op.pool.value < m.pools.size()) ++m.pools[g.op.pool.value].misses;
}

void reduce_private(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  // Where pins are not known, this is the first that is heard of where it is.
  if (!m.config.details.pins) settle_at(m, e, g, *slot.array);
  check_owner(m, e, g);
  g.op.private_seen = true;
  const ObjectId there = slot.local->private_object;
  switch (e.kind) {
    case EventKind::kPrivateStore: return store_private(m, e, g, slot);
    case EventKind::kPrivateTake: return take_private(m, e, g, slot);
    case EventKind::kPrivateFull:
      g.op.private_missed = true;
      if (!there.valid()) diverge(m, e, "private is found full, the model has nothing there");
      return;
    default:  // kPrivateEmpty
      g.op.private_missed = true;
      if (there.valid()) diverge(m, e, "private is found empty, the model has {}", name_of(there));
      // A miss writes nil all the same.
      return note_write(e, slot);
  }
}

void reduce_shared(Model& m, const Event& e) {
  GState& g = g_of(m, e);
  if (e.kind == EventKind::kSlowLoaded) return load_slow(m, e, g);
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  if (e.kind == EventKind::kSharedEmpty) {
    if (!modern(m)) check_may_touch_shared(m, e, g, slot);
    return find_shared_empty(m, e, g, slot);
  }
  check_may_touch_shared(m, e, g, slot);
  if (e.kind == EventKind::kSharedPush) return push_shared(m, e, g, slot);
  pop_shared(m, e, g, slot);
}

}  // namespace poolscope::reduction
