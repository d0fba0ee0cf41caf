#pragma once

// The pool's lock: 8 bytes as Go's sync.Mutex (state, sema), parking in the kernel.
//
// An uncontended unlock is one plain store. What it would need a fence for, to see a waiter that
// comes at that very moment, the waiter pays for: it makes every running thread pass a barrier
// (asymmetric_barrier.h) between saying that it waits and looking at the state.
//
// Thread safety: it is one.
// Invariants: state is 1 exactly while somebody holds it; waiters counts the threads inside the
// slow part of lock().

#include <atomic>
#include <cstdint>

#include "core/runtime/asymmetric_barrier.h"

namespace poolscope {

class Lock {
 public:
  /// Takes the lock if it is free. Acquire; pairs with the release store in unlock(). The load
  /// before it is a hint.
  bool try_lock() {
    std::uint32_t free = 0;
    return state_.load(std::memory_order_relaxed) == 0 &&
           state_.compare_exchange_strong(free, 1, std::memory_order_acquire,
                                          std::memory_order_relaxed);
  }

  /// Waits until the lock is free and takes it.
  void lock() {
    if (try_lock()) return;
    waiters_.fetch_add(1, std::memory_order_seq_cst);
    // Pairs with the light barrier in unlock(): either the unlocker sees this waiter, or the wait
    // below sees the freed state.
    heavy_barrier();
    while (!try_lock()) state_.wait(1, std::memory_order_seq_cst);
    waiters_.fetch_sub(1, std::memory_order_relaxed);
  }

  /// Whether nobody held it a moment ago.
  [[nodiscard]] bool is_free() const { return state_.load(std::memory_order_relaxed) == 0; }

  /// Release; pairs with the acquire in try_lock().
  void unlock() {
    state_.store(0, std::memory_order_release);
    light_barrier();
    // Relaxed: pairs with fetch_add and the heavy barrier in lock(). A late fetch_sub costs a
    // notify.
    if (waiters_.load(std::memory_order_relaxed) != 0) [[unlikely]] {
      // The wait counts its sleepers by itself, and notify looks at that count: after the store.
      full_barrier();
      state_.notify_one();
    }
  }

 private:
  std::atomic<std::uint32_t> state_{0};
  std::atomic<std::uint32_t> waiters_{0};
};

static_assert(sizeof(Lock) == 8, "Go's sync.Mutex has 8 bytes, and the layout view shows it");

}  // namespace poolscope
