#pragma once

// A full barrier of which one side is nearly free: the rare side makes all running threads of the
// program pass one (Linux: membarrier), so that the frequent side only has to keep the compiler
// from moving its accesses. Where the kernel has no such call, both sides are ordinary fences.
//
// Thread safety: yes.
// Invariants: of two threads, one past a heavy barrier and one past a light one, at least one sees
// what the other wrote before its own. The tests run the asymmetric kind where the kernel has it.

#include <atomic>

namespace poolscope {

/// Whether heavy_barrier() reaches the other threads. Decided once, before main.
extern const bool kBarrierIsAsymmetric;

/// The rare side: what it has written before is seen by every light_barrier() that comes later, and
/// it sees after what was written before every light_barrier() that came earlier. Some
/// microseconds.
void heavy_barrier();

/// A full barrier of the calling thread alone.
inline void full_barrier() {
#ifdef __SANITIZE_THREAD__
  // ThreadSanitizer knows no fences; its read-modify-writes are full barriers on the processors it
  // runs on.
  std::atomic<int> nothing{0};
  nothing.exchange(1, std::memory_order_seq_cst);
#else
  // No read-modify-write here: on AArch64 a load after it may be done before it stores.
  std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
}

/// The frequent side.
[[gnu::always_inline]] inline void light_barrier() {
  if (kBarrierIsAsymmetric) [[likely]] {
    std::atomic_signal_fence(std::memory_order_seq_cst);
  } else {
    full_barrier();
  }
}

}  // namespace poolscope
