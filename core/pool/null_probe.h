#pragma once

// NullProbe: every call does nothing, and is compiled away. For measuring the pool itself and
// for using it outside a session.
//
// Thread safety: yes.

#include <cstddef>
#include <cstdint>

#include "core/base/ids.h"
#include "core/pool/step.h"
#include "core/pool/value.h"

namespace poolscope {

struct NullProbe {
  /// Whether goroutines stand at points, where others look at them.
  static constexpr bool kStands = false;

  static void reserve() {}
  template <Step kStep, bool kPinned>
  static void point() {}

  static void put_begin(const auto& /*pool*/, Value /*x*/) {}
  static void put_end() {}
  static void get_begin(const auto& /*pool*/) {}
  static void get_end(Value /*x*/) {}
  static void race_drop(const auto& /*pool*/, Value /*x*/) {}
  static void drop(Value /*x*/) {}

  static void pinned(auto* /*locals*/, std::uint32_t /*pid*/) {}
  static void unpinned() {}

  static void private_store(Value /*x*/) {}
  static void private_full() {}
  static void private_taken(Value /*x*/) {}
  static void lock_wait() {}
  static void locked() {}
  static void unlocked() {}
  static void shared_push(Value /*x*/) {}
  static void shared_popped(Value /*x*/) {}
  static void stamp() {}
  static void tail_popped(Value /*x*/, std::uint32_t /*position*/) {}
  static void dequeue_made(std::size_t /*length*/) {}
  static void dequeue_unlinked(std::size_t /*length*/) {}
  static void victim_loaded(auto* /*locals*/, std::size_t /*size*/, std::uint32_t /*pid*/) {}
  static void victim_private_taken(Value /*x*/) {}
  static void victim_size_zeroed(const auto& /*pool*/) {}
  static void slow_loaded(auto* /*locals*/, std::size_t /*size*/, std::uint32_t /*pid*/) {}
  static void probing(std::size_t /*j*/) {}

  static void new_begin(const auto& /*pool*/) {}
  static void new_made(const auto& /*pool*/, Value /*x*/) {}

  static void pin_slow(const auto& /*pool*/) {}
  static void all_pools_wait() {}
  static void all_pools_locked() {}
  static void all_pools_unlocked() {}
  static void all_pools_append(const auto& /*pool*/) {}
  static void array_made(auto* /*locals*/, std::uint32_t /*length*/) {}
  static void local_stored(const auto& /*pool*/, auto* /*locals*/) {}
  static void local_size_stored(const auto& /*pool*/, std::uint32_t /*size*/) {}
  static void pool_cleaned(const auto& /*pool*/, auto* /*locals*/) {}
  static void victim_dropped(const auto& /*pool*/, auto* /*locals*/) {}
  static void local_to_victim(const auto& /*pool*/, auto* /*locals*/) {}
  static PoolId pool_id(const auto& /*pool*/) { return PoolId{0}; }
};

}  // namespace poolscope
