#pragma once

// The model: everything that is known of the pools, goroutines and processors after an event.
//
// It is what the window draws, what a keyframe stores and what the audit holds against the real
// pool. `reduce` (reduce.h) is the only code that changes one. What only a viewer needs (moves, the
// one sentence, the writers of cache lines) is not in it: see core/story.
//
// Thread safety: a plain value; copies are independent.
// Invariants (for a stream without divergences):
//  1. created = in_use + in_flight + pooled + stale + lost - again (Totals has each term).
//  2. Every object that exists is in exactly one place: a hand, in flight at a goroutine, one
//     private, one shared cell (of a pool's current array or of its victim: pooled; of a dropped
//     one: stale).
//  3. Two models are equal exactly when nothing that is known of the pools differs.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/model/goroutines.h"
#include "core/model/session_config.h"
#include "core/model/shared_cells.h"
#include "core/pool/outcome.h"
#include "core/trace/event.h"

namespace poolscope {

/// Where an object is or was.
struct Place {
  enum class Kind : std::uint8_t { kNone, kHand, kFlight, kPrivate, kShared, kNew, kLost, kUser };
  Kind kind = Kind::kNone;
  ArrayId array;            // kPrivate, kShared
  std::uint16_t index = 0;  // kPrivate, kShared: place in the array
  std::uint32_t cell = 0;   // kShared: position, 0 the oldest
  GId g;                    // kHand, kFlight: whose
  bool operator==(const Place&) const = default;
};

/// What one Put or Get has done so far, or did.
struct Operation {
  enum class Kind : std::uint8_t { kNone, kPut, kGet };
  Kind kind = Kind::kNone;
  PoolId pool;
  ObjectId object;  // Put: what is put; Get: what was found, once found
  Where where = Where::kNone;
  PId p;                        // the P that it pinned first
  ArrayId array;                // the array that it pinned
  std::uint16_t index = 0;      // its place in that array
  bool private_seen = false;    // private was looked at: taken/stored, or found empty/full
  bool private_missed = false;  // empty (Get) or full (Put)
  bool own_shared_missed = false;
  bool slow = false;   // in getSlow
  ArrayId slow_array;  // loaded by getSlow
  std::uint32_t slow_size = 0;
  std::uint16_t slow_pid = 0;
  std::uint16_t probes = 0;    // shards that getSlow has found empty
  std::uint16_t found_at = 0;  // place where a steal or shared hit found it
  ArrayId victim_array;        // modern: the victim that getSlow has loaded
  std::uint32_t victim_size = 0;
  std::uint16_t victim_probes = 0;  // shards of the victim that it has found empty
  bool new_called = false;
  std::uint16_t pin_slows = 0;
  ArrayId made_array;  // by its pinSlow
  std::uint32_t made_size = 0;
  std::uint32_t dropped_with_old = 0;  // objects in the array that its pinSlow dropped
  bool migrated = false;               // it has run on more than one P
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;  // 0 while under way
  bool operator==(const Operation&) const = default;
};

/// A lock of the pool: the Mutex of a poolLocal, or allPoolsMu.
struct LockState {
  GId holder;
  std::int64_t held_since_ns = 0;
  std::vector<GId> waiters;  // in the order of arrival
  bool operator==(const LockState&) const = default;
};

struct GState {
  enum class Status : std::uint8_t {
    kAbsent,    // never started, or exited
    kRunning,   // holds P p
    kParked,    // gave P p back (see park_reason) and remembers it
    kWaitingP,  // wants a P
  };
  GId id;
  Status status = Status::kAbsent;
  Role role = Role::kBoth;
  PId p;  // the P that it runs on, or remembers
  ParkReason park_reason = ParkReason::kStep;
  bool pinned = false;
  std::int64_t pinned_since_ns = 0;
  Step step = Step::kNone;  // the pace point that it stands at; kNone once it has gone on
  std::int64_t status_since_ns = 0;
  bool waits_for_lock = false;  // waiting; the lock is wait_array[wait_index], or allPoolsMu when
  ArrayId wait_array;           // wait_array is none
  std::uint16_t wait_index = 0;
  std::int64_t wait_since_ns = 0;
  Operation op;                // the one under way, kind kNone outside
  Operation last_op;           // the one before it
  ObjectId in_flight;          // what the operation under way holds
  std::vector<ObjectId> hand;  // objects in use, oldest first
  std::vector<ArrayId> holds;  // arrays that the operation under way may still reach
  std::uint64_t puts = 0;      // operations ended
  std::uint64_t gets = 0;
  bool operator==(const GState&) const = default;

  /// Whether nothing would be missed if the model forgot it.
  [[nodiscard]] bool forgettable() const {
    return status == Status::kAbsent && op.kind == Operation::Kind::kNone && hand.empty() &&
           holds.empty() && !in_flight.valid() && !waits_for_lock;
  }
};

using Goroutines = GoroutinesOf<GState>;

/// Gets by how they were answered, for the stacked bar of a card.
struct HitCounts {
  std::uint64_t from_private = 0;
  std::uint64_t from_shared = 0;
  std::uint64_t from_steal = 0;
  std::uint64_t from_victim = 0;
  std::uint64_t from_new = 0;
  std::uint64_t nil = 0;
  [[nodiscard]] std::uint64_t gets() const {
    return from_private + from_shared + from_steal + from_victim + from_new + nil;
  }
  bool operator==(const HitCounts&) const = default;
};

struct PState {
  GId g;              // runs on it; none: idle
  GId remembered_by;  // the last one that ran on it and gave it back
  HitCounts hits;     // Gets that pinned this P first, by outcome
  std::uint64_t puts = 0;
  std::uint64_t steals_from = 0;  // objects that other Ps' Gets stole from this P's shared
  bool operator==(const PState&) const = default;
};

/// One dequeue of a modern chain. Its objects stand in LocalState::shared, `count` of them, from
/// the position `tail` on.
struct DequeueState {
  std::uint32_t length = 0;
  std::uint32_t tail = 0;  // position of the oldest that is reported to be in it
  std::uint32_t count = 0;
  /// Positions popped ahead of the tail: thieves that won a later one and reported it first. In
  /// ascending order; empty whenever nobody is pinned.
  std::vector<std::uint32_t> ahead;
  /// Out of the chain, while thieves that had won its last objects have yet to report it.
  bool unlinked = false;
  bool operator==(const DequeueState&) const = default;
};

/// One poolLocal.
struct LocalState {
  ObjectId private_object;
  SharedCells shared;               // modern: of all dequeues, the tail's first
  std::vector<DequeueState> chain;  // modern: from the tail's to the head's
  LockState lock;
  PId last_writer;  // the P whose goroutine wrote any of its fields last
  bool operator==(const LocalState&) const = default;
};

struct ArrayState {
  enum class Status : std::uint8_t { kFresh, kCurrent, kDropped, kVictim };
  ArrayId id;
  PoolId pool;
  Status status = Status::kFresh;
  LostCause dropped_by = LostCause::kGc;  // when kDropped
  std::int64_t dropped_at_ns = 0;
  std::vector<LocalState> locals;  // its whole length
  std::vector<GId> held_by;        // goroutines whose unfinished operation may reach it
  std::vector<ObjectId> orphans;   // classic: appended to shared after it was dropped
  bool operator==(const ArrayState&) const = default;
};

struct PoolState {
  PoolId id;
  bool has_new = true;
  ArrayId local;  // none: nil
  std::uint32_t local_size = 0;
  ArrayId victim;  // modern; none: nil
  std::uint32_t victim_size = 0;
  HitCounts hits;
  std::uint64_t gets = 0;  // begun
  std::uint64_t puts = 0;  // begun, those that the dice dropped not counted
  std::uint64_t misses = 0;
  std::uint64_t news = 0;
  std::uint64_t drops = 0;   // by the race dice
  std::uint64_t arrays = 0;  // made by pinSlow
  bool operator==(const PoolState&) const = default;
};

struct Totals {
  std::uint64_t created = 0;
  std::uint64_t in_use = 0;
  std::uint64_t in_flight = 0;
  std::uint64_t pooled = 0;
  std::uint64_t stale = 0;
  std::array<std::uint64_t, kLostCauses> lost{};  // by LostCause
  std::uint64_t freed = 0;  // of the lost ones, those whose memory is given back
  // Where a double Put is allowed: the Puts of what was in no hand. Each has put an object into one
  // place more, or has found a lost one again; and each such place that is gone is taken off.
  std::uint64_t again = 0;
  [[nodiscard]] std::uint64_t lost_sum() const { return lost[0] + lost[1] + lost[2] + lost[3]; }
  /// What the pool has forgotten: lost, or in a dropped array that an operation may still reach.
  [[nodiscard]] std::uint64_t dropped() const { return lost_sum() + stale; }
  bool operator==(const Totals&) const = default;
};

struct LostObject {
  ObjectId object;
  PoolId pool;
  LostCause cause = LostCause::kGc;
  std::int64_t time_ns = 0;
  Place from;  // where it was when it was lost
  bool operator==(const LostObject&) const = default;
};
inline constexpr std::size_t kLostKept = 64;

/// The last time that a pool dropped objects by itself: a grow dropped an array that was not empty,
/// or a Put came to an array that had been dropped. (A GC has its StopState, and the race dice drop
/// on purpose.) They may still be rescued; once the object named here is, there is no last loss.
struct LossState {
  ObjectId object;  // the newest of them
  PoolId pool;
  LostCause cause = LostCause::kRealloc;
  ArrayId array;            // that they are in
  GId g;                    // whose operation it was
  PId p;                    // on which P
  std::uint64_t count = 0;  // 0: there was none
  std::int64_t time_ns = 0;
  std::uint64_t seq = 0;
  bool operator==(const LossState&) const = default;
};

/// The stop-the-world under way, or the last one.
struct StopState {
  enum class Phase : std::uint8_t { kNone, kRequested, kStopped, kStarted };
  Phase phase = Phase::kNone;
  StopCause cause = StopCause::kGc;
  std::uint32_t wanted_procs = 0;  // kResize
  std::uint32_t procs_before = 0;
  std::int64_t requested_ns = 0;
  std::int64_t stopped_ns = 0;
  std::int64_t started_ns = 0;
  std::vector<PId> waited_for;  // Ps that were reported as pinned when it was requested
  std::uint64_t dropped = 0;    // objects that this GC cleared
  std::uint64_t in_use = 0;     // objects in use or in flight, untouched by it
  std::uint64_t number = 0;     // of its cause, from 1
  std::uint64_t seq = 0;        // of its kStopRequested
  bool operator==(const StopState&) const = default;
};

struct Divergence {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  std::string what;  // one line: the model's side and the event's
  bool operator==(const Divergence&) const = default;
};
inline constexpr std::size_t kDivergencesKept = 16;

inline constexpr std::size_t kOutsideKept = 4096;

struct Model {
  SessionConfig config;
  std::uint64_t seq = 0;     // of the last event
  std::int64_t time_ns = 0;  // of the last event
  std::uint32_t procs = 0;   // GOMAXPROCS now
  std::vector<PState> ps;    // at least `procs`; those of a shrink stay at the end
  Goroutines gs;             // those that are known
  std::vector<PoolState> pools;
  std::map<ArrayId, ArrayState> arrays;  // current ones, fresh ones, and dropped ones that are held
  std::vector<PoolId> all_pools;
  std::vector<PoolId> old_pools;  // modern: those that have a victim
  LockState all_pools_mu;
  Totals totals;
  /// Where hands are not known: of the objects in use, those that came out of a pool last, the
  /// newest at the end, at most kOutsideKept. The others are only counted.
  std::vector<ObjectId> outside;
  std::vector<LostObject> lost;  // the newest kLostKept, oldest first
  LossState last_loss;
  StopState stop;     // under way, or the last of any cause
  StopState last_gc;  // complete ones; phase kNone before the first
  StopState last_resize;
  std::uint64_t gc_cycles = 0;
  std::uint64_t resizes = 0;
  Pacing pacing = Pacing::kEachWaits;
  std::int64_t step_time_ns = 0;
  bool paused = false;
  std::int64_t ring_waited_us = 0;  // all waits for room in a ring so far
  std::uint64_t checkpoints = 0;
  ArrayId checkpoint_array;  // whose places the checkpoint under way reports
  std::uint64_t divergences = 0;
  std::vector<Divergence> divergence_list;  // the first kDivergencesKept
  bool operator==(const Model&) const = default;

  /// The array that `pool` uses now, or nullptr when its local is nil.
  [[nodiscard]] const ArrayState* local_of(PoolId pool) const {
    return pool.value < pools.size() ? array(pools[pool.value].local) : nullptr;
  }
  /// The array that `pool` used before the last GC, or nullptr when its victim is nil.
  [[nodiscard]] const ArrayState* victim_of(PoolId pool) const {
    return pool.value < pools.size() ? array(pools[pool.value].victim) : nullptr;
  }
  /// nullptr: there is no such array, or nobody can reach it any more.
  [[nodiscard]] const ArrayState* array(ArrayId id) const {
    const auto it = id.valid() ? arrays.find(id) : arrays.end();
    return it == arrays.end() ? nullptr : &it->second;
  }
};

}  // namespace poolscope
