#include "core/base/clock.h"

#include <thread>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace poolscope {
namespace {

bool counter_is_invariant() {
#if defined(__x86_64__)
  constexpr unsigned kPowerLeaf = 0x80000007U;
  constexpr unsigned kInvariantBit = 1U << 8U;
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
  return __get_cpuid(kPowerLeaf, &eax, &ebx, &ecx, &edx) != 0 && (edx & kInvariantBit) != 0;
#else
  return false;
#endif
}

}  // namespace

const TickClock& TickClock::instance() {
  static const TickClock clock;
  return clock;
}

TickClock::TickClock() : uses_counter_(counter_is_invariant()) {
  if (uses_counter_) {
    using Steady = std::chrono::steady_clock;
    const auto begin = Steady::now();
    const std::uint64_t begin_ticks = ticks();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const auto end = Steady::now();
    const std::uint64_t end_ticks = ticks();
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
    ns_per_tick_ = static_cast<double>(ns) / static_cast<double>(end_ticks - begin_ticks);
  }
  first_ticks_ = ticks();
}

}  // namespace poolscope
