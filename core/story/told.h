#pragma once

// The story of the moment, beside the model: the objects that have just moved, the last thefts,
// the last writes to fields, and the one fact that the sentence under the cards is about.
//
// All of it is a function of the model and of the events of the last moments (kToldEvents and
// first_time_told_ns below say which). So a seek needs those events and no others, and a keyframe
// holds nothing of this: a sentence can be worded in another way without touching a file.
//
// Thread safety: values.
// Invariants: equal models with equal last events give equal Tolds, however one has come there.

#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/model/model.h"
#include "core/runtime/told_rest.h"

namespace poolscope {

/// An object's move from one place to another, for the picture.
struct Move {
  ObjectId object;
  Place from;
  Place to;
  LostCause cause = LostCause::kGc;  // where `to` is kLost
  GId g;
  PId p;
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
  bool operator==(const Move&) const = default;
};

/// The last theft from the shared of a P.
struct Robbery {
  PId from;
  GId thief;
  PId thief_p;
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
  bool operator==(const Robbery&) const = default;
};

/// The fields of a poolLocal, in the order of SessionConfig::fields.
enum class Field : std::uint8_t { kPrivate = 0, kShared = 1, kLock = 2 };

/// A write to a field of one place of an array.
struct FieldWrite {
  ArrayId array;
  std::uint16_t index = 0;
  Field field = Field::kPrivate;
  PId by;
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
  bool operator==(const FieldWrite&) const = default;
};

/// The fact that the sentence is about when nobody is followed.
struct Spotlight {
  /// From the most common to the rarest.
  enum class Rarity : std::uint8_t {
    kNothing,
    kStep,  // an operation has gone on, and no object has moved
    kPrivate,
    kShared,
    kNew,
    kSteal,
    kResize,
    kGc,
    kLost,
  };
  Rarity rarity = Rarity::kNothing;
  GId g;           // whose operation it is; none for a GC or a resize
  Operation op;    // as it was then
  StopState stop;  // kGc, kResize
  LossState loss;  // kLost
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
  bool operator==(const Spotlight&) const = default;
};

struct Told {
  Spotlight spotlight;
  Spotlight latest;                // what the last event belongs to, for a viewer who steps
  std::vector<Move> moves;         // the newest kMovesTold, oldest first
  std::vector<Robbery> robberies;  // the last one from each P, by P
  std::vector<FieldWrite> writes;  // the newest kWritesTold, oldest first
  bool operator==(const Told&) const = default;

  /// The last theft from `p`, nullptr where `robberies` has none.
  [[nodiscard]] const Robbery* robbery_from(PId p) const;
};

inline constexpr std::size_t kMovesTold = 128;
inline constexpr std::size_t kWritesTold = 512;
/// Moves, thefts and writes stay in the story for this time.
inline constexpr std::int64_t kToldFor_ns = 6'000'000'000;

/// Any sentence but that of something rare (kRareHold_ns) stands for at least this time.
inline constexpr std::int64_t kSentenceHold_ns = 2'000'000'000;
/// Session time is cut into beats, and these into periods of some. In each period the sentence is
/// given to the first fact that may have it, then to the first after that one has stood, and so on;
/// in its last kSentenceHold_ns to none. So a choice depends on its period alone, and a little
/// before.
inline constexpr std::int64_t kBeat_ns = 4'000'000'000;
inline constexpr std::int64_t kBeatsInPeriod = 3;
inline constexpr std::int64_t kPeriod_ns = kBeatsInPeriod * kBeat_ns;

/// The story depends on no event that is older than the newest kToldEvents, nor on one from
/// before first_time_told_ns() of the last event's time: two beats before the period that comes
/// before its own.
inline constexpr std::uint64_t kToldEvents = 16'384;
constexpr std::int64_t first_time_told_ns(std::int64_t last_time_ns) {
  const std::int64_t period = last_time_ns / kPeriod_ns;
  return period < 2 ? 0 : (period - 1) * kPeriod_ns - 2 * kBeat_ns;
}

}  // namespace poolscope
