#pragma once

// The spans of what the timeline shows of a long session, one by one. The lanes of a whole session
// keep only so many spans, and sum up the others; where the viewer has zoomed in far enough, the
// events of that stretch alone are looked through once more, beside the window.
//
// Thread safety: the window's thread.
// Invariants: lanes() are exact in stretch(), as far as they have been gathered.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/control/past_scan.h"
#include "core/story/lanes.h"

namespace poolscope {

/// From one time to another, ns.
struct ShownTimes {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
  [[nodiscard]] bool holds(const ShownTimes& other) const {
    return begin_ns <= other.begin_ns && other.end_ns <= end_ns;
  }
  bool operator==(const ShownTimes&) const = default;
};

class LaneDetails {
 public:
  /// More events than that are not looked through again: their spans could not be told apart.
  static constexpr std::uint64_t kMostEvents = 250'000;

  /// `shown`: what the timeline shows; none: nobody looks at a timeline that stands still. `whole`:
  /// the lanes of all of the session. `past` opens the session's past. Returns whether more is
  /// known.
  bool update(const std::optional<ShownTimes>& shown, const Lanes& whole,
              const std::function<PastScan::Open()>& past);
  /// Another session is shown.
  void forget() { *this = {}; }

  /// The lanes to draw `shown` from; nullptr: those of the whole session.
  [[nodiscard]] const Lanes* lanes_of(const ShownTimes& shown) const {
    return lanes_ != nullptr && stretch_.holds(shown) ? lanes_.get() : nullptr;
  }

 private:
  struct Scan;
  void begin(const ShownTimes& shown, const Lanes& whole, PastScan::Open past);

  std::shared_ptr<Scan> scan_;  // under way, or the last one
  std::shared_ptr<const Lanes> lanes_;
  ShownTimes stretch_;                // of lanes_
  std::optional<ShownTimes> needed_;  // what was asked for last, and whether its spans are summed
  bool summed_ = false;
};

}  // namespace poolscope
