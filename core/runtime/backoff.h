#pragma once

// Exponential back-off that is counted in occasions, not in time: nobody waits.
//
// Thread safety: none; its owner's only.

#include <algorithm>
#include <cstdint>

namespace poolscope {

class Backoff {
 public:
  /// Whether this occasion is to be let pass.
  bool lets_pass() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }
  /// Others are at it: the next 1, 2, 4 ... kMost occasions are let pass.
  void met_others() {
    left_ = next_;
    next_ = std::min(next_ * 2, kMost);
  }
  void met_nobody() { next_ = 1; }

  /// Some microseconds' worth of Gets: an owner who is at full speed is met so seldom that its
  /// lock comes to be biased again.
  static constexpr std::uint32_t kMost = 1024;

 private:
  std::uint32_t left_ = 0;
  std::uint32_t next_ = 1;
};

}  // namespace poolscope
