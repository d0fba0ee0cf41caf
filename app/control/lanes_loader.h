#pragma once

// Scans a recording through once, for the lanes and the statistics of the whole session.
//
// Thread safety: yes.
// Invariants: as of PastScan.

#include <filesystem>
#include <memory>

#include "app/control/past_scan.h"
#include "core/story/lanes.h"
#include "core/story/statistics.h"

namespace poolscope {

class LanesLoader {
 public:
  explicit LanesLoader(const std::filesystem::path& file);

  /// What is known so far, these two; never null.
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const { return lanes_->latest(); }

  [[nodiscard]] std::shared_ptr<const Statistics> statistics() const {
    return statistics_->latest();
  }

 private:
  std::shared_ptr<Gathered<Lanes>> lanes_ = std::make_shared<Gathered<Lanes>>();
  std::shared_ptr<Gathered<Statistics>> statistics_ = std::make_shared<Gathered<Statistics>>();
  PastScan scan_;
};

}  // namespace poolscope
