#pragma once

// Scans a recording through once, for the lanes of the whole session.
//
// Thread safety: yes.
// Invariants: as of PastScan.

#include <filesystem>
#include <memory>

#include "app/control/past_scan.h"
#include "core/story/lanes.h"

namespace poolscope {

class LanesLoader {
 public:
  explicit LanesLoader(const std::filesystem::path& file);

  /// What is known so far; never null.
  [[nodiscard]] std::shared_ptr<const Lanes> lanes() const { return lanes_->latest(); }

 private:
  std::shared_ptr<Gathered<Lanes>> lanes_ = std::make_shared<Gathered<Lanes>>();
  PastScan scan_;
};

}  // namespace poolscope
