#pragma once

// How long what is rare is told, and so how long all goroutines of a story rest after it.
//
// Thread safety: pure functions.

#include <algorithm>
#include <cstdint>

namespace poolscope {

/// A GC, a change of GOMAXPROCS and a loss take the sentence at once and keep it for this time.
inline constexpr std::int64_t kRareHold_ns = 4'000'000'000;

/// Where goroutines take turns: all of them rest for so long after a GC, a change of GOMAXPROCS or
/// a loss, so that nothing happens that its sentence would have to give way to. Shorter where the
/// step time is shorter than any that can be read.
constexpr std::int64_t told_rest_ns(std::int64_t step_time_ns) {
  constexpr std::int64_t kMostSteps = 14;
  return std::min(kRareHold_ns, kMostSteps * step_time_ns);
}

}  // namespace poolscope
