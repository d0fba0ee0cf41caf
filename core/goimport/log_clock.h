#pragma once

// When a record was made, from its stamp: ticks of the processor's counter, or its number in the
// one sequence of all Ps. Now and then a record has the time; between two of these moments it
// goes evenly.
//
// Thread safety: values.
// Invariants: a later stamp has no earlier time.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/goimport/log_format.h"

namespace poolscope::goimport {

class LogClock {
 public:
  /// A stamp, and its time, in nanoseconds since the recording began.
  struct Moment {
    std::uint64_t stamp = 0;
    std::int64_t ns = 0;
  };

  LogClock() = default;
  LogClock(Order order, std::uint64_t first_stamp) : order_(order), moments_{{first_stamp, 0}} {}

  /// The log says so. In any order; what lies before the beginning says nothing.
  void add(Moment moment) {
    if (moment.stamp <= moments_.front().stamp || moment.ns <= 0) return;
    if (order_ == Order::kTime) {
      // One rate for all: the counter is even, and reading both clocks takes its time.
      if (moments_.size() == 1) moments_.push_back(moment);
      Moment& last = moments_.back();
      if (moment.stamp > last.stamp && moment.ns > last.ns) last = moment;
      return;
    }
    moments_.push_back(moment);
  }
  /// All have been added.
  void settle() {
    std::ranges::sort(moments_, {}, &Moment::stamp);
    for (std::size_t i = 1; i < moments_.size(); ++i) {
      moments_[i].ns = std::max(moments_[i].ns, moments_[i - 1].ns);
    }
  }

  /// Nanoseconds since the recording began.
  [[nodiscard]] std::int64_t to_ns(std::uint64_t stamp) const {
    if (stamp <= moments_.front().stamp) return 0;
    if (moments_.size() == 1) return between({}, {1, 1}, stamp - moments_.front().stamp);
    auto later = std::ranges::upper_bound(moments_, stamp, {}, &Moment::stamp);
    // Behind the last moment the counter goes on as before; of a sequence nothing more is known.
    if (later == moments_.end()) {
      if (order_ == Order::kSequence) return moments_.back().ns;
      --later;
    }
    return between(*std::prev(later), *later, stamp);
  }

 private:
  static std::int64_t between(Moment a, Moment b, std::uint64_t stamp) {
    constexpr double kMost_ns = 9e18;  // of a damaged log
    const double rate = b.stamp == a.stamp ? 0.0
                                           : static_cast<double>(b.ns - a.ns) /
                                                 static_cast<double>(b.stamp - a.stamp);
    const double ns = static_cast<double>(a.ns) + static_cast<double>(stamp - a.stamp) * rate;
    return static_cast<std::int64_t>(std::min(kMost_ns, ns));
  }

  Order order_ = Order::kTime;
  std::vector<Moment> moments_{Moment{}};
};

}  // namespace poolscope::goimport
