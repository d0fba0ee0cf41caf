#pragma once

// When each move of an object is drawn. Two moves of one object often come at one moment (a Get
// pops and returns); each is a leg of its way all the same, so the later one waits until the
// earlier one has been seen. A leg that is under way when the next move comes hurries from where it
// is: the object never jumps.
//
// Thread safety: pure functions.
// Invariants: the legs of one object do not overlap and stand in the order of its moves; a leg
// begins at its event or after it, at most kMostLate_ns; where nothing hurries it it takes its
// usual time, otherwise at least LegTimes::least_ns. Where a leg is at a moment does not depend on
// moves that come after that moment, unless legs start anew (kMostLate_ns).

#include <cstdint>
#include <span>
#include <vector>

#include "core/story/told.h"

namespace poolscope {

/// A motion that starts and ends gently: the part of the way at part `t` of the time.
constexpr double eased(double t) { return t * t * (3 - 2 * t); }

struct Leg {
  Move move;
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
  std::int64_t usual_ns = 0;     // how long it would take if nothing came after it
  std::int64_t hurried_ns = -1;  // when the next move came, while it was under way; -1: none did
  double hurried_part = 0;       // of the way, done by then
  [[nodiscard]] bool at(std::int64_t time_ns) const {
    return begin_ns <= time_ns && time_ns < end_ns;
  }
  /// The part of the way that is done, 0 .. 1, at a time from begin_ns to end_ns.
  [[nodiscard]] double part(std::int64_t time_ns) const;
  bool operator==(const Leg&) const = default;
};

struct LegTimes {
  std::int64_t usual_ns = 0;
  std::int64_t least_ns = 0;  // of a leg that another follows
  std::int64_t lost_ns = 0;   // of an object that dissolves
};

/// Where an object moves faster than legs can show, they start anew at the event.
inline constexpr std::int64_t kMostLate_ns = 1'000'000'000;

/// The legs of `moves`, which stand oldest first; in the same order.
std::vector<Leg> legs_of(std::span<const Move> moves, const LegTimes& times);

}  // namespace poolscope
