#pragma once

// The pool's lock: 8 bytes as Go's sync.Mutex (state, sema), parking in the kernel.
//
// Thread safety: it is one.
// Invariants: state is 1 exactly while somebody holds it; waiters counts the threads inside the
// slow part of lock().

#include <atomic>
#include <cstdint>

namespace poolscope {

class Lock {
 public:
  /// Takes the lock if it is free. Acquire; pairs with the exchange in unlock().
  bool try_lock() {
    std::uint32_t free = 0;
    return state_.load(std::memory_order_relaxed) == 0 &&
           state_.compare_exchange_strong(free, 1, std::memory_order_acquire,
                                          std::memory_order_relaxed);
  }

  /// Waits until the lock is free and takes it.
  void lock() {
    if (try_lock()) return;
    // seq_cst with unlock's exchange and load: either the unlocker sees this waiter, or the wait
    // below sees the freed state.
    waiters_.fetch_add(1, std::memory_order_seq_cst);
    while (!try_lock()) state_.wait(1, std::memory_order_seq_cst);
    waiters_.fetch_sub(1, std::memory_order_relaxed);
  }

  /// Whether nobody held it a moment ago.
  [[nodiscard]] bool is_free() const { return state_.load(std::memory_order_relaxed) == 0; }

  void unlock() {
    state_.exchange(0, std::memory_order_seq_cst);
    if (waiters_.load(std::memory_order_seq_cst) != 0) state_.notify_one();
  }

 private:
  std::atomic<std::uint32_t> state_{0};
  std::atomic<std::uint32_t> waiters_{0};
};

static_assert(sizeof(Lock) == 8, "Go's sync.Mutex has 8 bytes, and the layout view shows it");

}  // namespace poolscope
