// The virtual pool's stop-the-world: checkpoints, poolCleanup, GOMAXPROCS.

#include <algorithm>

#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {

bool VirtualPool::can_stop() const {
  return std::ranges::none_of(gs_, [](const Goroutine& g) { return g.running; });
}

void VirtualPool::stop_the_world(StopCause cause, std::uint32_t wanted,
                                 const std::function<void()>& act) {
  emit_number(EventKind::kStopRequested, -1, wanted, {}, 0, static_cast<int>(cause));
  emit(EventKind::kWorldStopped, -1);
  checkpoint();
  act();
  emit(EventKind::kWorldStarted, -1, {}, {}, 0, static_cast<int>(cause));
  apply();
}

void VirtualPool::checkpoint() {
  for (std::size_t i = 0; i < pools_.size(); ++i) {
    const Pool& pool = pools_[i];
    const ArrayId array = pool.local == nullptr ? ArrayId::none() : pool.local->id;
    emit_number(EventKind::kCheckpointPool, -1, pool.local_size, array, static_cast<int>(i));
    for (std::size_t j = 0; pool.local != nullptr && j < pool.local->locals.size(); ++j) {
      const Local& local = pool.local->locals[j];
      const int place = static_cast<int>(j);
      emit(EventKind::kCheckpointShard, -1, local.private_object, array, place,
           local.shared.empty() ? 0 : 1);
      if (local.shared.empty()) continue;
      CellsHash hash;
      for (const ObjectId object : local.shared) hash.add(object);
      emit_number(EventKind::kCheckpointCells, -1, static_cast<std::uint32_t>(local.shared.size()),
                  ArrayId{hash.value()}, place);
    }
  }
  emit_number(EventKind::kCheckpointHeap, -1, objects_ - freed_, ArrayId{objects_});
}

bool VirtualPool::gc() {
  if (!can_stop()) return false;
  stop_the_world(StopCause::kGc, 0, [this] {
    std::uint32_t freed = 0;
    for (const int i : all_pools_) {
      Pool& pool = pools_[index(i)];
      for (Local& local : pool.local->locals) {
        freed += (local.private_object.valid() ? 1U : 0U) +
                 static_cast<std::uint32_t>(local.shared.size());
        local.private_object = {};
        local.shared.clear();
      }
      emit(EventKind::kPoolCleaned, -1, {}, pool.local->id, i);
      pool = {};
    }
    all_pools_.clear();
    emit(EventKind::kAllPoolsCleared, -1);
    freed_ += freed;
    if (freed != 0) emit_number(EventKind::kObjectsFreed, -1, freed);
  });
  return true;
}

bool VirtualPool::resize(std::uint32_t procs) {
  if (!can_stop()) return false;
  stop_the_world(StopCause::kResize, procs, [&] {
    procs_ = procs;
    emit_number(EventKind::kProcsChanged, -1, procs);
  });
  return true;
}

bool VirtualPool::check() {
  if (!can_stop()) return false;
  stop_the_world(StopCause::kCheck, 0, [] {});
  return true;
}

}  // namespace poolscope::testing
