#pragma once

// Moments of sessions, of all shapes: what the pools hold, who does what, and what has just
// happened. Each is played by a random script on the threads of core/script, which gives the same
// events every time; what scripts cannot show (a GC that waits, goroutines that wait for a P, many
// that wait for a lock, huge numbers) is put on top, as values.
//
// Thread safety: values; `play` runs threads and waits for their end.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/model/model.h"
#include "core/script/lesson.h"
#include "core/script/script_events.h"
#include "core/story/lanes.h"
#include "core/story/object_life.h"
#include "core/story/statistics.h"
#include "core/story/told.h"

namespace poolscope::views::testing {

inline constexpr std::int64_t kMs = 1'000'000;

enum class Happening : std::uint8_t {
  kNothingYet,  // no Put or Get, no array
  kCalm,
  kGcWaits,    // for pinned Ps
  kGcStopped,  // the world stands, the curtain falls
  kGcDone,
  kGrown,         // GOMAXPROCS has grown, the array has not
  kGrownNoticed,  // pinSlow has made an array, the old one is held, with objects in it
  kShrunk,        // places without a P
  kCrowd,         // many goroutines without a P, with objects in their hands
  kContended,     // many wait for locks
  kFullRate,      // moves are summed; numbers are long
  kLost,          // an object was put into an old array
  kDiverged,      // the model and the pool differ
};
inline constexpr std::size_t kHappenings = 13;

struct Shape {
  std::uint32_t procs = 4;
  PoolKind pool = PoolKind::kClassic;
  Happening happening = Happening::kCalm;
  bool long_names = false;  // of goroutines and objects, where a lesson gives them
  std::uint64_t seed = 1;
  bool two_pools = false;
  auto operator<=>(const Shape&) const = default;
};

/// Whose life is kept.
inline constexpr ObjectId kFollowedObject{3};

struct Played {
  Model model;
  Told told;
  Lanes lanes;
  Statistics statistics;
  ObjectLife life{kFollowedObject};
  script::Lesson lesson;      // that it was played from
  script::ScriptNames names;  // that its script gave
};

Played play(const Shape& shape);

/// In all that is named at great length.
inline constexpr const char* kLongWord = "verylong";

}  // namespace poolscope::views::testing
