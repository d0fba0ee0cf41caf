#pragma once

// How a comparison stands: which two sessions, and where the one playhead over both is.
//
// Thread safety: a value.
// Invariants: `of` is never nullptr; it is the same for both sides.

#include <cstddef>
#include <cstdint>
#include <memory>

#include "app/control/comparison.h"

namespace poolscope {

struct ComparisonStatus {
  std::shared_ptr<const Comparison> of;
  std::size_t side = 0;      // the one that this status is of
  std::size_t shown = 0;     // by operation: the calls that the picture shows
  std::int64_t time_ns = 0;  // over both

  /// The call that the picture shows, under way or done; nullptr: none.
  [[nodiscard]] const SeenCall* call() const { return call_of(side); }
  [[nodiscard]] const SeenCall* call_of(std::size_t of_side) const {
    return shown == 0 ? nullptr : &of->sides[of_side].calls[shown - 1];
  }
};

}  // namespace poolscope
