#include <string>

#include "core/model/reduction.h"
#include "core/trace/event_table.h"

namespace poolscope::reduction {

void note_divergence(Model& m, const Event& e, std::string what) {
  if (m.divergences++ >= kDivergencesKept) return;
  m.divergence_list.push_back(
      {e.seq, e.time_ns, fmt::format("#{} {}: {}", e.seq, name_of(e.kind), what)});
}

std::string name_of(ObjectId object) {
  return object.valid() ? fmt::format("#{}", object.value) : "nothing";
}
std::string name_of(GId g) { return g.valid() ? fmt::format("G{}", g.value) : "nobody"; }
std::string name_of(PId p) { return p.valid() ? fmt::format("P{}", p.value) : "no P"; }
std::string name_of(ArrayId array) {
  return array.valid() ? fmt::format("array {}", array.value) : "nil";
}

void audit_checkpoint_pool(Model& m, const Event& e) {
  m.checkpoint_array = e.array;
  const PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (pool->local != e.array) {
    diverge(m, e, "pool {}: local is {}, the model has {}", e.index, name_of(e.array),
            name_of(pool->local));
  }
  if (pool->local_size != e.number()) {
    diverge(m, e, "pool {}: localSize is {}, the model has {}", e.index, e.number(),
            pool->local_size);
  }
}

void audit_checkpoint_shard(Model& m, const Event& e) {
  const Slot slot = slot_of(m, e);
  if (!slot) return;
  if (slot.local->private_object != e.object) {
    diverge(m, e, "{} slot {}: private holds {}, the model has {}", name_of(e.array), e.index,
            name_of(e.object), name_of(slot.local->private_object));
  }
  if ((e.detail & 1U) == 0 && !slot.local->shared.empty()) {
    diverge(m, e, "{} slot {}: shared is empty, the model has {} objects", name_of(e.array),
            e.index, slot.local->shared.size());
  }
  const std::vector<DequeueState>& chain = slot.local->chain;
  if (e.detail >> 1U != chain.size()) {
    diverge(m, e, "{} slot {}: shared has {} dequeues, the model has {}", name_of(e.array), e.index,
            e.detail >> 1U, chain.size());
  }
  for (const DequeueState& d : chain) {
    if (d.unlinked || !d.ahead.empty()) {
      diverge(m, e, "{} slot {}: pops at the tail of a dequeue of {} have no event",
              name_of(e.array), e.index, d.length);
    }
  }
}

void audit_checkpoint_victim(Model& m, const Event& e) {
  m.checkpoint_array = e.array;
  const PoolState* pool = pool_of(m, e);
  if (pool == nullptr) return;
  if (pool->victim != e.array) {
    diverge(m, e, "pool {}: victim is {}, the model has {}", e.index, name_of(e.array),
            name_of(pool->victim));
  }
  if (pool->victim_size != e.number()) {
    diverge(m, e, "pool {}: victimSize is {}, the model has {}", e.index, e.number(),
            pool->victim_size);
  }
}

void audit_checkpoint_dequeue(Model& m, const Event& e) {
  const ArrayState* array = array_of(m, m.checkpoint_array);
  if (array == nullptr || e.index >= array->locals.size()) {
    return diverge(m, e, "a dequeue of {} slot {}, which the model does not have",
                   name_of(m.checkpoint_array), e.index);
  }
  const std::uint64_t length = std::uint64_t{1} << (e.detail & 31U);
  const std::vector<DequeueState>& chain = array->locals[e.index].chain;
  const auto d =
      std::ranges::find_if(chain, [&](const DequeueState& x) { return x.length == length; });
  if (d == chain.end()) {
    return diverge(m, e, "{} slot {}: a dequeue of {}, which the model does not have",
                   name_of(array->id), e.index, length);
  }
  if (d->count != e.number() || d->tail != e.array.value) {
    diverge(m, e, "{} slot {}: the dequeue of {} holds {} from {} on, in the model {} from {} on",
            name_of(array->id), e.index, length, e.number(), e.array.value, d->count, d->tail);
  }
}

void audit_checkpoint_cells(Model& m, const Event& e) {
  const ArrayState* array = array_of(m, m.checkpoint_array);
  if (array == nullptr || e.index >= array->locals.size()) {
    return diverge(m, e, "cells of {} slot {}, which the model does not have",
                   name_of(m.checkpoint_array), e.index);
  }
  const SharedCells& shared = array->locals[e.index].shared;
  if (shared.size() != e.number()) {
    return diverge(m, e, "{} slot {}: shared holds {} objects, the model has {}",
                   name_of(array->id), e.index, e.number(), shared.size());
  }
  CellsHash hash;
  for (const ObjectId object : shared.cells()) hash.add(object);
  if (hash.value() != e.array.value) {
    diverge(m, e, "{} slot {}: shared holds other objects or another order than the model",
            name_of(array->id), e.index);
  }
}

void audit_checkpoint_heap(Model& m, const Event& e) {
  ++m.checkpoints;
  const Totals& t = m.totals;
  const std::uint64_t forgotten = t.lost_sum() - std::min(t.lost_sum(), t.freed);
  const std::uint64_t alive = t.in_use + t.in_flight + t.pooled + t.stale + forgotten;
  if (alive != e.number()) {
    diverge(m, e,
            "{} objects are alive, the model has {} = {} in use + {} in flight + {} pooled + "
            "{} stale + {} lost and not freed",
            e.number(), alive, t.in_use, t.in_flight, t.pooled, t.stale, forgotten);
  }
  if (static_cast<std::uint32_t>(t.created) != e.array.value) {
    diverge(m, e, "{} objects were created, the model has {}", e.array.value, t.created);
  }
}

}  // namespace poolscope::reduction
