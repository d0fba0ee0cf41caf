#pragma once

// The figures of all pools, counted from the statistics that the session has gathered anyway, as
// often as these have grown and only while somebody looks at them.
//
// Thread safety: the window's thread.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "core/story/pool_figures.h"

namespace poolscope {

class PoolList {
 public:
  /// `shown`: whether anybody looks. `runs`: the session goes on, and a row must not move away
  /// under the pointer: the order stays that of the first look. Returns whether the figures have
  /// changed.
  bool update(bool shown, bool runs, const std::shared_ptr<const Statistics>& statistics,
              std::size_t pools) {
    if (!shown) {
      *this = {};
      return false;
    }
    if (statistics == of_ && figures_.size() == pools) return false;
    of_ = statistics;
    std::vector<PoolFigures> newest = pools_by_gets(*statistics, pools);
    if (runs && figures_.size() == pools) keep_order(newest);
    figures_ = std::move(newest);
    return true;
  }

  /// By their Gets; nullptr: nobody looks.
  [[nodiscard]] const std::vector<PoolFigures>* figures() const {
    return of_ == nullptr ? nullptr : &figures_;
  }

 private:
  /// Puts `newest`, of the same pools as figures_, into the order of those.
  void keep_order(std::vector<PoolFigures>& newest) const {
    std::vector<std::size_t> place(figures_.size());
    for (std::size_t i = 0; i < figures_.size(); ++i) place[figures_[i].pool.value] = i;
    std::ranges::sort(newest, {},
                      [&](const PoolFigures& figures) { return place[figures.pool.value]; });
  }

  std::shared_ptr<const Statistics> of_;
  std::vector<PoolFigures> figures_;
};

}  // namespace poolscope
