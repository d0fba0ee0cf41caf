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

using Steady = std::chrono::steady_clock;

/// A time and the ticks at it.
struct Reading {
  Steady::time_point at;
  std::uint64_t ticks = 0;
};

/// A thread may be taken off its processor between the two reads: of some readings the quickest.
Reading read_both(const auto& ticks) {
  constexpr int kReadings = 20;
  Reading best;
  Steady::duration least = Steady::duration::max();
  for (int i = 0; i < kReadings; ++i) {
    const auto before = Steady::now();
    const std::uint64_t read = ticks();
    const auto took = Steady::now() - before;
    if (took >= least) continue;
    least = took;
    best = {before, read};
  }
  return best;
}

}  // namespace

const TickClock& TickClock::instance() {
  static const TickClock clock;
  return clock;
}

TickClock::TickClock() : uses_counter_(counter_is_invariant()) {
  if (uses_counter_) {
    const auto counter = [this] { return ticks(); };
    const Reading begin = read_both(counter);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const Reading end = read_both(counter);
    const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(end.at - begin.at).count();
    ns_per_tick_ = static_cast<double>(ns) / static_cast<double>(end.ticks - begin.ticks);
  }
  first_ticks_ = ticks();
}

}  // namespace poolscope
