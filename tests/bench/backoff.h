#pragma once

// Exponential back-off that is counted in occasions, not in time: nobody waits.
//
// Thread safety: none; its owner's only.

#include <algorithm>
#include <cstdint>

namespace poolscope::bench {

class Backoff {
 public:
  /// Whether this occasion is to be let pass.
  bool lets_pass() {
    if (left_ == 0) {
      met_others_ = false;
      return false;
    }
    --left_;
    return true;
  }
  /// Others are at it: the next 1, 2, 4 ... kMost occasions are let pass. Counts once an occasion.
  void met_others() {
    if (met_others_) return;
    met_others_ = true;
    left_ = next_;
    next_ = std::min(next_ * 2, kMost);
  }
  /// Nothing is in the way, unless others were met on this occasion too.
  void met_nobody() {
    if (!met_others_) next_ = 1;
  }

  static constexpr std::uint32_t kMost = 1024;

 private:
  std::uint32_t left_ = 0;
  std::uint32_t next_ = 1;
  bool met_others_ = false;  // on this occasion
};

}  // namespace poolscope::bench
