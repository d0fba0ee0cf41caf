#pragma once

// Time for stamping events: the processor's time stamp counter where it runs at one rate on all
// cores, the steady clock elsewhere. A stamp is taken in ticks and turned into nanoseconds later,
// by the one thread that orders the events.
//
// Thread safety: yes.
// Invariants: ticks never decrease on one thread.

#include <chrono>
#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace poolscope {

class TickClock {
 public:
  /// Measures the counter's rate against the steady clock once, for about 10 ms.
  static const TickClock& instance();

  [[nodiscard]] std::uint64_t ticks() const {
#if defined(__x86_64__)
    if (uses_counter_) return __rdtsc();
#endif
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }

  /// Nanoseconds since this clock was first used.
  [[nodiscard]] std::int64_t to_ns(std::uint64_t ticks) const {
    const auto since = static_cast<std::int64_t>(ticks - first_ticks_);
    return static_cast<std::int64_t>(static_cast<double>(since) * ns_per_tick_);
  }

  [[nodiscard]] std::int64_t now_ns() const { return to_ns(ticks()); }
  [[nodiscard]] bool uses_counter() const { return uses_counter_; }

 private:
  TickClock();

  std::uint64_t first_ticks_ = 0;
  double ns_per_tick_ = 1.0;
  bool uses_counter_ = false;
};

}  // namespace poolscope
