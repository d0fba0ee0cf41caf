#pragma once

// One lane's spans, ready to be drawn at any zoom: levels of detail, each with neighbours merged up
// to a length, so that what is drawn is a matter of the picture's width and not of the session's
// length.
//
// Thread safety: values.
// Invariants: the levels get coarser, each has at most kSmaller of the spans of the one before, and
// the coarsest has at most kFewEnough, or only spans that nothing merges. What a level shows at a
// time or at an event is what the lane shows there, summed.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/story/span.h"

namespace poolscope {

class LaneLevels {
 public:
  static constexpr std::size_t kFewEnough = 1'024;
  static constexpr double kSmaller = 0.6;

  LaneLevels() = default;
  explicit LaneLevels(std::span<const Span> lane);

  /// The fewest spans of which none that was merged lasts longer than `longest_ns`; nothing where
  /// that is the lane itself.
  [[nodiscard]] std::span<const Span> by_time(double longest_ns) const {
    return coarsest(by_time_, longest_ns);
  }
  /// The same with the number of events from a span's begin to its end.
  [[nodiscard]] std::span<const Span> by_step(double most_events) const {
    return coarsest(by_step_, most_events);
  }

 private:
  struct Level {
    double longest = 0;
    std::vector<Span> spans;
  };
  using Levels = std::vector<Level>;

  static std::span<const Span> coarsest(const Levels& levels, double longest);

  Levels by_time_;
  Levels by_step_;
};

}  // namespace poolscope
