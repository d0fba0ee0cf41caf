#pragma once

// How fast a session goes.
//
// Thread safety: a value.

#include <cstdint>

#include "core/runtime/reasons.h"

namespace poolscope {

struct Speed {
  Pacing pacing = Pacing::kEachWaits;
  std::int64_t step_time_ns = 0;  // the wait at each pace point, or the rest after each move
  bool operator==(const Speed&) const = default;

  /// Whether goroutines stand anywhere at all.
  [[nodiscard]] bool paced() const { return pacing == Pacing::kOneAtATime || step_time_ns > 0; }
};

}  // namespace poolscope
