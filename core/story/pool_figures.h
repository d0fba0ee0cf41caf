#pragma once

// What each pool of a session was worth, for a list of them: its counts, the busiest pool first.
//
// Thread safety: pure functions.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/story/statistics.h"

namespace poolscope {

struct PoolFigures {
  PoolId pool;
  Counts counts;

  /// Gets that found an object, so that nothing had to be allocated.
  [[nodiscard]] std::uint64_t saved() const {
    return counts.gets() - counts.of(GetFrom::kNew) - counts.of(GetFrom::kNil);
  }
  bool operator==(const PoolFigures&) const = default;
};

/// A row for each of the session's `pools` pools, those of which nothing was counted too: by their
/// Gets, the most first; equal ones in the order of their numbers.
std::vector<PoolFigures> pools_by_gets(const Statistics& statistics, std::size_t pools);

}  // namespace poolscope
