#pragma once

// What was counted in a stretch of time: where Gets got their object, where Puts left it, what was
// made and dropped, how long goroutines waited for locks and the world for pinned goroutines.
//
// Thread safety: values.
// Invariants: the tally of a stretch is the sum of those of its parts. An operation counts where it
// ended, a wait for a lock where the lock was got, a stop-the-world where the world went on.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/pool/outcome.h"
#include "core/runtime/reasons.h"

namespace poolscope {

/// Where a Get got its object, in the order in which a Get looks.
enum class GetFrom : std::uint8_t {
  kPrivate,
  kOwnShared,
  kSteal,  // from the shared of another place, or of a dropped array
  kVictimPrivate,
  kVictimShared,
  kNew,
  kNil,
};
inline constexpr std::array kGetSourcesInOrder = {
    GetFrom::kPrivate,      GetFrom::kOwnShared, GetFrom::kSteal, GetFrom::kVictimPrivate,
    GetFrom::kVictimShared, GetFrom::kNew,       GetFrom::kNil};
inline constexpr std::size_t kGetSources = kGetSourcesInOrder.size();

/// Where a Put left its object.
enum class PutTo : std::uint8_t {
  kPrivate,
  kShared,
  kDroppedArray,  // an orphan: nobody will find it there
  kDice,          // the dice of race mode dropped it
};
inline constexpr std::size_t kPutPlaces = 4;

/// none: `where` is no end of a Get, or of a Put.
std::optional<GetFrom> get_from(Where where);
std::optional<PutTo> put_to(Where where);

/// The word of tables that programs read, e.g. "own_shared".
std::string_view word_of(GetFrom from);
std::string_view word_of(PutTo to);

/// Which goroutines did something: none, one, or several.
struct Users {
  GId one;  // none: nobody
  bool several = false;

  void add(GId g) {
    if (!one.valid()) one = g;
    several = several || g != one;
  }
  Users& operator+=(const Users& other) {
    if (other.one.valid()) add(other.one);
    several = several || other.several;
    return *this;
  }
  /// Whether it was that goroutine alone.
  [[nodiscard]] bool only(GId g) const { return one == g && g.valid() && !several; }
  bool operator==(const Users&) const = default;
};

/// How many objects of a pool were out of it: from the Get that gave one out to a Put. Only what
/// changed in the stretch is known.
struct GivenOut {
  std::int64_t now = 0;  // more than at the beginning
  std::int64_t most = 0;
  std::int64_t least = 0;  // below 0: objects were put that no Get of the stretch gave out

  void give() { most = std::max(most, ++now); }
  void take_back() { least = std::min(least, --now); }
  GivenOut& operator+=(const GivenOut& later) {
    most = std::max(most, now + later.most);
    least = std::min(least, now + later.least);
    now += later.now;
    return *this;
  }
  bool operator==(const GivenOut&) const = default;
};

/// What is counted for all pools, for one of them, or for one P.
struct Counts {
  std::array<std::uint64_t, kGetSources> from{};
  std::array<std::uint64_t, kPutPlaces> to{};
  /// News within kSoonAfterGc_ns after a GC.
  std::uint64_t new_soon_after_gc = 0;
  std::uint64_t dropped_by_gc = 0;    // objects
  std::uint64_t dropped_by_grow = 0;  // objects: they lay in an array that pinSlow replaced
  /// For a P: waits for the Mutex of its shared, and objects that Gets of other Ps took from there.
  /// The waits for allPoolsMu belong to no P.
  std::uint64_t lock_waits = 0;
  std::int64_t lock_wait_ns = 0;
  std::int64_t longest_lock_wait_ns = 0;
  std::uint64_t stolen = 0;
  Users getters;
  Users putters;
  GivenOut out;  // for a pool
  /// For a P: stops that waited for the goroutine pinned there.
  std::uint64_t held_up_stops = 0;

  [[nodiscard]] std::uint64_t gets() const;
  [[nodiscard]] std::uint64_t puts() const;
  [[nodiscard]] std::uint64_t of(GetFrom source) const {
    return from[static_cast<std::size_t>(source)];
  }
  [[nodiscard]] std::uint64_t of(PutTo place) const { return to[static_cast<std::size_t>(place)]; }
  Counts& operator+=(const Counts& other);
  bool operator==(const Counts&) const = default;
};

inline constexpr std::int64_t kSoonAfterGc_ns = 20'000'000;

/// Counts by the number of a P or of a pool, those without any left out.
class CountsByNumber {
 public:
  struct Row {
    std::uint16_t number = 0;
    Counts counts;
    bool operator==(const Row&) const = default;
  };
  Counts& operator[](std::uint16_t number);
  /// nullptr: nothing was counted there.
  [[nodiscard]] const Counts* find(std::uint16_t number) const;
  /// In the order of their numbers.
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// Those with the most Gets first; of as many, in the order of their numbers.
  [[nodiscard]] std::vector<const Row*> by_gets() const;
  CountsByNumber& operator+=(const CountsByNumber& other);
  bool operator==(const CountsByNumber&) const = default;

 private:
  std::vector<Row> rows_;
};

/// One stop-the-world, from its request on.
struct StopRecord {
  StopCause cause = StopCause::kGc;
  std::uint64_t seq = 0;  // of its request
  std::int64_t time_ns = 0;
  std::int64_t wait_ns = 0;     // until the world stood
  std::int64_t stopped_ns = 0;  // how long it stood
  std::vector<PId> waited_for;  // those where a goroutine was pinned
  bool operator==(const StopRecord&) const = default;
};

/// The stop-the-worlds of one cause.
struct StopSums {
  std::uint64_t count = 0;
  std::uint64_t waited = 0;  // of these, for a pinned goroutine
  std::int64_t wait_ns = 0;
  std::int64_t stopped_ns = 0;
  std::int64_t longest_stopped_ns = 0;
  std::optional<StopRecord> longest_wait;  // none: there was no stop
  void add(const StopRecord& stop);
  StopSums& operator+=(const StopSums& other);
  bool operator==(const StopSums&) const = default;
};

struct Tally {
  Counts all;
  CountsByNumber by_p;  // operations by the P that they pinned first
  CountsByNumber by_pool;
  std::uint64_t made_by_new = 0;   // objects
  std::uint64_t made_by_user = 0;  // objects, past the pools
  Counts all_pools_mu;             // its waits
  StopSums gc;
  StopSums resize;
  // Objects in the pools at the end, and at most.
  std::uint64_t pooled = 0;
  std::uint64_t most_pooled = 0;
  std::uint64_t in_use = 0;  // at the end

  /// What comes after it, of the same session.
  Tally& operator+=(const Tally& later);
  bool operator==(const Tally&) const = default;
};

}  // namespace poolscope
