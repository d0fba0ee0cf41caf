#pragma once

// How fast a session goes: from which rate on single moves are summed up, not shown.
//
// Thread safety: constants and pure functions.

#include <cstdint>

#include "core/model/model.h"

namespace poolscope {

/// Operations of all goroutines in a second of the viewer's time from which single moves cannot be
/// followed.
inline constexpr double kSummedFrom_per_s = 60;
/// The session time over which a rate is taken.
inline constexpr std::int64_t kRateWindow_ns = 500'000'000;

/// Puts and Gets of all pools so far.
inline std::uint64_t operations_of(const Model& model) {
  std::uint64_t sum = 0;
  for (const PoolState& pool : model.pools) sum += pool.gets + pool.puts;
  return sum;
}

}  // namespace poolscope
