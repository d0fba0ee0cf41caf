#pragma once

// The figures of all pools, counted from the statistics that the session has gathered anyway, as
// often as these have grown and only while somebody looks at them.
//
// Thread safety: the window's thread.

#include <cstddef>
#include <memory>
#include <vector>

#include "core/story/pool_figures.h"

namespace poolscope {

class PoolList {
 public:
  /// `shown`: whether anybody looks. Returns whether the figures have changed.
  bool update(bool shown, const std::shared_ptr<const Statistics>& statistics, std::size_t pools) {
    if (!shown) {
      *this = {};
      return false;
    }
    if (statistics == of_ && figures_.size() == pools) return false;
    of_ = statistics;
    figures_ = pools_by_gets(*statistics, pools);
    return true;
  }

  /// By their Gets; nullptr: nobody looks.
  [[nodiscard]] const std::vector<PoolFigures>* figures() const {
    return of_ == nullptr ? nullptr : &figures_;
  }

 private:
  std::shared_ptr<const Statistics> of_;
  std::vector<PoolFigures> figures_;
};

}  // namespace poolscope
