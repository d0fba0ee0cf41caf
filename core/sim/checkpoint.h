#pragma once

// Checkpoints: the pools' real contents as events, for the audit.
//
// Thread safety: in a stopped world, on the coordinator's thread.

#include <cstdint>
#include <span>

#include "core/pool/local_array.h"
#include "core/sim/heap.h"
#include "core/trace/event_probe.h"
#include "core/trace/trace_context.h"

namespace poolscope {

/// Calls f(const Local&) for each place of the pool's current array.
template <class Pool, class F>
void for_each_local(const Pool& pool, const F& f) {
  if (pool.locals() == nullptr) return;
  for (const auto& l : std::span(pool.locals(), header_of(pool.locals()).length)) f(l);
}

template <class Pool>
void emit_checkpoint(TraceContext& trace, std::span<Pool> pools, const Heap& heap) {
  for (const Pool& pool : pools) {
    const PoolId id = Pool::Probe::pool_id(pool);
    const ArrayId array = pool.locals() == nullptr ? ArrayId::none() : header_of(pool.locals()).id;
    trace.emit_number(EventKind::kCheckpointPool, static_cast<std::uint32_t>(pool.local_size()),
                      array, id.value);
    std::uint16_t index = 0;
    for_each_local(pool, [&](const auto& l) {
      const std::size_t length = l.shared.len();
      trace.emit(EventKind::kCheckpointShard, id_of(l.private_value), array, index,
                 length == 0 ? 0 : 1);
      if (length != 0) {
        CellsHash hash;
        for (const Value x : l.shared.cells()) hash.add(id_of(x));
        trace.emit_number(EventKind::kCheckpointCells, static_cast<std::uint32_t>(length),
                          ArrayId{hash.value()}, index);
      }
      ++index;
    });
  }
  trace.emit_number(EventKind::kCheckpointHeap, heap.alive(), ArrayId{heap.created()});
}

}  // namespace poolscope
