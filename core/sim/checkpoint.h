#pragma once

// Checkpoints: the pools' real contents as events, for the audit.
//
// Thread safety: in a stopped world, on the coordinator's thread.

#include <bit>
#include <chrono>
#include <cstdint>
#include <span>
#include <thread>

#include "core/pool/local_array.h"
#include "core/pool/pool_chain.h"
#include "core/pool/slice.h"
#include "core/sim/heap.h"
#include "core/trace/event_probe.h"
#include "core/trace/trace_context.h"

namespace poolscope {

/// A pool that keeps what the last GC found.
template <class Pool>
concept HasVictim = requires(const Pool& pool) { pool.victim(); };

/// Calls f(const Local&) for each place of `locals`, which may be null.
template <class Local, class F>
void for_each_local_of(Local* locals, const F& f) {
  if (locals == nullptr) return;
  for (const Local& l : std::span(locals, header_of(locals).length)) f(l);
}

/// Calls f(const Local&) for each place of the pool's current array and of its victim.
template <class Pool, class F>
void for_each_local(const Pool& pool, const F& f) {
  for_each_local_of(pool.locals(), f);
  if constexpr (HasVictim<Pool>) for_each_local_of(pool.victim(), f);
}

/// Dequeues of a shared. A classic one has none.
inline std::size_t dequeues_of(const Slice& /*shared*/) { return 0; }
template <class Env>
std::size_t dequeues_of(const PoolChain<Env>& shared) {
  std::size_t count = 0;
  shared.for_each_dequeue([&](const auto& /*dequeue*/) { ++count; });
  return count;
}

inline void emit_dequeues(TraceContext& /*trace*/, const Slice& /*shared*/,
                          std::uint16_t /*index*/) {}
template <class Env>
void emit_dequeues(TraceContext& trace, const PoolChain<Env>& shared, std::uint16_t index) {
  shared.for_each_dequeue([&](const auto& d) {
    trace.emit_number(EventKind::kCheckpointDequeue, static_cast<std::uint32_t>(d.count()),
                      ArrayId{d.tail()}, index,
                      static_cast<std::uint8_t>(std::countr_zero(d.length())));
  });
}

/// Calls f(Value) for each object of a shared, from the oldest.
template <class F>
void for_each_cell(const Slice& shared, const F& f) {
  for (const Value x : shared.cells()) f(x);
}
template <class Env, class F>
void for_each_cell(const PoolChain<Env>& shared, const F& f) {
  shared.for_each_value(f);
}

template <class Local>
void emit_local(TraceContext& trace, const Local& l, ArrayId array, std::uint16_t index) {
  std::uint32_t length = 0;
  CellsHash hash;
  for_each_cell(l.shared, [&](Value x) {
    hash.add(id_of(x));
    ++length;
  });
  const std::size_t dequeues = dequeues_of(l.shared);
  trace.emit(EventKind::kCheckpointShard, id_of(l.private_value), array, index,
             static_cast<std::uint8_t>((dequeues << 1U) | (length == 0 ? 0U : 1U)));
  emit_dequeues(trace, l.shared, index);
  if (length != 0) {
    trace.emit_number(EventKind::kCheckpointCells, length, ArrayId{hash.value()}, index);
  }
}

/// `kind`: of the event that names the array and its size. Waits until the collector has made room:
/// many pools of many Ps do not fit into one ring.
template <class Local>
void emit_array(TraceContext& trace, EventKind kind, PoolId pool, Local* locals, std::size_t size) {
  constexpr std::size_t kEventsOfAnArray = 16'384;
  while (!trace.ring.has_room(kEventsOfAnArray)) {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
  const ArrayId array = locals == nullptr ? ArrayId::none() : header_of(locals).id;
  trace.emit_number(kind, static_cast<std::uint32_t>(size), array, pool.value);
  std::uint16_t index = 0;
  for_each_local_of(locals, [&](const Local& l) { emit_local(trace, l, array, index++); });
}

template <class Pool>
void emit_checkpoint(TraceContext& trace, std::span<Pool> pools, const Heap& heap) {
  for (const Pool& pool : pools) {
    const PoolId id = Pool::Probe::pool_id(pool);
    emit_array(trace, EventKind::kCheckpointPool, id, pool.locals(), pool.local_size());
    if constexpr (HasVictim<Pool>) {
      emit_array(trace, EventKind::kCheckpointVictim, id, pool.victim(), pool.victim_size());
    }
  }
  trace.emit_number(EventKind::kCheckpointHeap, heap.alive(), ArrayId{heap.created()});
}

}  // namespace poolscope
