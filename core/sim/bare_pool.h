#pragma once

// A pool that nobody watches, in the machine that lectures run on: for measuring.
//
// Thread safety: Shared is made and destroyed while no Worker is there. Each thread makes a Worker
// and keeps it to itself.

#include <cstddef>
#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/ids.h"
#include "core/pool/value.h"
#include "core/pool/world.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/silent_observer.h"

namespace poolscope {

/// Objects of a bare pool have this type.
inline constexpr TypeTag kBareType{"*object"};

/// `Pool` with an environment that reports nothing. InWorld: what its World knows it as.
template <class Pool, class InWorld = Pool>
struct BarePool {
  /// Made for so many threads: each has a P.
  struct Shared {
    explicit Shared(std::size_t threads)
        : scheduler(static_cast<std::uint32_t>(threads), observer, 1), world([](Value) {}) {}
    ~Shared() {
      if (pool.locals() != nullptr) world.free_array(pool.locals());
    }
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    SilentObserver observer;
    Scheduler scheduler;
    World<InWorld> world;
    Pool pool;
  };

  /// The calling thread as a goroutine, at home on the P of its number.
  class Worker {
   public:
    Worker(Shared& shared, std::size_t thread) : pool_(shared.pool) {
      g_.id = GId{static_cast<std::uint32_t>(thread)};
      g_.home = PId{static_cast<std::uint16_t>(thread)};
      g_.scheduler = &shared.scheduler;
      g_.world = &shared.world;
      current_g = &g_;
      g_.scheduler->unpark(g_);
    }
    ~Worker() {
      g_.scheduler->park(g_, ParkReason::kSleep);
      current_g = nullptr;
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // As a goroutine does: a safepoint between two operations.
    void put(void* object) {
      g_.scheduler->safepoint(g_);
      pool_.put({&kBareType, object});
    }
    void* get() {
      g_.scheduler->safepoint(g_);
      return pool_.get().data;
    }

   private:
    Pool& pool_;
    alignas(kCacheLinePair) Goroutine g_;
  };
};

}  // namespace poolscope
