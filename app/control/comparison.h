#pragma once

// Two sessions side by side: what they are called, their calls, and the one time over both.
//
// Where both have made the same calls (a Put may put another object), the time is divided into
// them: a call begins on both sides at once, and the side that is through with it first stands
// still until the other is. Otherwise both start at the same moment and go on by their own time.
//
// Thread safety: values.
// Invariants: the stretches follow each other without a gap; on each side their places never go
// back. By operation stretch k is call k of both sides.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/position.h"
#include "core/story/seen_calls.h"

namespace poolscope {

inline constexpr std::size_t kSides = 2;

/// A piece of the time over both sides.
struct CommonStretch {
  /// What one side goes through in it.
  struct Part {
    std::int64_t begin_ns = 0;
    std::int64_t end_ns = 0;
    std::uint64_t last_seq = 0;
    [[nodiscard]] std::int64_t length_ns() const { return end_ns - begin_ns; }
  };
  std::array<Part, kSides> parts;
  std::int64_t begin_ns = 0;  // of the time over both
  std::int64_t end_ns = 0;
};

/// One side, as all that lies over both must know it.
struct ComparedCalls {
  std::string name;
  std::vector<SeenCall> calls;
  bool more = false;  // there are more calls than these
  Position first;     // of the session
  Position last;
};

struct Comparison {
  std::array<ComparedCalls, kSides> sides;
  bool by_operation = false;
  std::vector<CommonStretch> stretches;  // at least one

  [[nodiscard]] std::int64_t length_ns() const { return stretches.back().end_ns; }
  /// The stretch that `time_ns` lies in; one's end belongs to it, the beginning of all to the
  /// first.
  [[nodiscard]] std::size_t stretch_at(std::int64_t time_ns) const;
  /// Where `side` is at that time.
  [[nodiscard]] Position on(std::size_t side, std::int64_t time_ns) const;
  /// The time at which `side` is at its own time `own_ns`.
  [[nodiscard]] std::int64_t time_of(std::size_t side, std::int64_t own_ns) const;

  /// The number of calls that the picture shows at that time, the last of them under way or done.
  [[nodiscard]] std::size_t shown_at(std::int64_t time_ns) const {
    return !by_operation || time_ns <= 0 ? 0 : stretch_at(time_ns) + 1;
  }
  /// When so many calls are done.
  [[nodiscard]] std::int64_t rest_ns(std::size_t calls) const {
    return calls == 0 ? 0 : stretches[calls - 1].end_ns;
  }
};

/// Puts two sides beside each other: by operation where they have made the same calls, otherwise by
/// time.
Comparison compare(ComparedCalls a, ComparedCalls b);

}  // namespace poolscope
