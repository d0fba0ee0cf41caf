#pragma once

// What each kind of event is called, to which family it belongs, whether it moves an object, and
// what its fields mean. One row a kind: whoever writes events out, steps over them or draws them
// asks here.
// (`reduce` has its own switch, because it must be fast; and each file format keeps the table that
// it was packed with.)
//
// Thread safety: constants.
// Invariants: each enumerator of EventKind has a row, in the order of their numbers, and the row's
// name is the enumerator's without its k. A kind without a row does not compile.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/trace/event.h"

namespace poolscope {

enum class EventFamily : std::uint8_t {
  kNone,
  kGoroutine,   // it starts, runs, gives its P back, stands
  kUser,        // what user code does with objects
  kOperation,   // the start and end of a Put or Get, pin, New
  kPrivate,     // of local or of the victim
  kLock,        // a lock is taken or given back
  kLockWait,    // a goroutine waits for one from here
  kShared,      // its contents
  kSlow,        // what getSlow loads and gives up
  kDequeue,     // modern: dequeues that come and go
  kArray,       // pinSlow
  kStop,        // the world is asked to stop, stops, starts
  kCheckpoint,  // the real contents of the pools
  kCleanup,     // what is done while the world stands
  kSpeed,       // the viewer's
};

/// Whether a kind moves the object that it names.
enum class Moves : std::uint8_t { kNever, kAlways, kIfAny };

/// What Event::object holds.
enum class ObjectMeans : std::uint8_t {
  kNothing,
  kObject,
  kLocalSize,
  kVictimSize,
  kLength,       // of an array or a dequeue
  kCount,        // of objects in a shared or a dequeue
  kProcs,        // GOMAXPROCS
  kAlive,        // objects on the heap
  kFreed,        // objects
  kWaited_us,    // microseconds
  kStepTime_us,  // microseconds
};
/// What Event::array holds.
enum class ArrayMeans : std::uint8_t {
  kNothing,
  kArray,
  kCellsHash,
  kTailPosition,
  kCreated,     // objects, modulo 2^32
  kGiverUpper,  // the upper bits of Event::giver()
};
/// What Event::index holds.
enum class IndexMeans : std::uint8_t {
  kNothing,
  kPool,
  kPlace,       // of the array
  kPid,         // a P that was asked for
  kGiverLower,  // the lower bits of Event::giver()
};
/// What Event::detail holds.
enum class DetailMeans : std::uint8_t {
  kNothing,
  kRole,
  kParkReason,
  kStep,
  kStopCause,
  kPacing,
  kTailPosition,  // its low 8 bits
  kShardBits,     // bit 0: cells follow; above: the number of dequeues
  kLog2Length,
};

struct EventInfo {
  EventKind kind = EventKind::kNone;
  std::string_view name = "?";
  EventFamily family = EventFamily::kNone;
  Moves moves = Moves::kNever;
  /// What the lane of a P shows may change with it.
  bool changes_lane = false;
  IndexMeans index = IndexMeans::kNothing;
  ArrayMeans array = ArrayMeans::kNothing;
  ObjectMeans object = ObjectMeans::kNothing;
  DetailMeans detail = DetailMeans::kNothing;
};

namespace event_table {

using enum EventKind;
using Family = EventFamily;
using Index = IndexMeans;
using Array = ArrayMeans;
using Object = ObjectMeans;
using Detail = DetailMeans;

inline constexpr bool kLane = true;
inline constexpr bool kNoLane = false;
inline constexpr Moves kStays = Moves::kNever;
inline constexpr Moves kMoves = Moves::kAlways;
inline constexpr Moves kMovesIfAny = Moves::kIfAny;

// clang-format off
inline constexpr auto kRows = std::to_array<EventInfo>({
    {kNone, "None", Family::kNone, kStays, kNoLane, {}, {}, {}, {}},

    {kGoStart, "GoStart", Family::kGoroutine, kStays, kNoLane, {}, {}, {}, Detail::kRole},
    {kGoExit, "GoExit", Family::kGoroutine, kStays, kLane, {}, {}, {}, {}},
    {kGoRun, "GoRun", Family::kGoroutine, kStays, kLane, {}, {}, {}, {}},
    {kGoPark, "GoPark", Family::kGoroutine, kStays, kLane, {}, {}, {}, Detail::kParkReason},
    {kGoWaitP, "GoWaitP", Family::kGoroutine, kStays, kLane, {}, {}, {}, {}},
    {kStand, "Stand", Family::kGoroutine, kStays, kNoLane, {}, {}, {}, Detail::kStep},
    {kObjectMade, "ObjectMade", Family::kUser, kMoves, kNoLane, {}, {}, Object::kObject, {}},
    {kObjectHanded, "ObjectHanded", Family::kUser, kMoves, kNoLane,
     Index::kGiverLower, Array::kGiverUpper, Object::kObject, {}},
    {kRingWaited, "RingWaited", Family::kGoroutine, kStays, kNoLane, {}, {}, Object::kWaited_us, {}},

    {kPutBegin, "PutBegin", Family::kOperation, kMoves, kLane, Index::kPool, {}, Object::kObject, {}},
    {kPutEnd, "PutEnd", Family::kOperation, kStays, kLane, {}, {}, {}, {}},
    {kGetBegin, "GetBegin", Family::kOperation, kStays, kLane, Index::kPool, {}, {}, {}},
    {kGetEnd, "GetEnd", Family::kOperation, kMovesIfAny, kLane, {}, {}, Object::kObject, {}},
    {kRaceDrop, "RaceDrop", Family::kOperation, kMoves, kNoLane, Index::kPool, {}, Object::kObject, {}},
    {kPinned, "Pinned", Family::kOperation, kStays, kNoLane, Index::kPlace, Array::kArray, {}, {}},
    {kUnpinned, "Unpinned", Family::kOperation, kStays, kNoLane, {}, {}, {}, {}},

    {kPrivateStore, "PrivateStore", Family::kPrivate, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, {}},
    {kPrivateFull, "PrivateFull", Family::kPrivate, kStays, kNoLane, Index::kPlace, Array::kArray, {}, {}},
    {kPrivateTake, "PrivateTake", Family::kPrivate, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, {}},
    {kPrivateEmpty, "PrivateEmpty", Family::kPrivate, kStays, kNoLane, Index::kPlace, Array::kArray, {}, {}},

    {kLockWait, "LockWait", Family::kLockWait, kStays, kLane, Index::kPlace, Array::kArray, {}, {}},
    {kLocked, "Locked", Family::kLock, kStays, kLane, Index::kPlace, Array::kArray, {}, {}},
    {kUnlocked, "Unlocked", Family::kLock, kStays, kNoLane, Index::kPlace, Array::kArray, {}, {}},
    {kSharedPush, "SharedPush", Family::kShared, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, {}},
    {kSharedPop, "SharedPop", Family::kShared, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, {}},
    {kSharedEmpty, "SharedEmpty", Family::kShared, kStays, kNoLane, Index::kPlace, Array::kArray, {}, {}},
    {kSlowLoaded, "SlowLoaded", Family::kSlow, kStays, kNoLane,
     Index::kPid, Array::kArray, Object::kLocalSize, {}},
    {kTailPop, "TailPop", Family::kShared, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, Detail::kTailPosition},
    {kDequeueMade, "DequeueMade", Family::kDequeue, kStays, kNoLane,
     Index::kPlace, Array::kArray, Object::kLength, {}},
    {kDequeueUnlinked, "DequeueUnlinked", Family::kDequeue, kStays, kNoLane,
     Index::kPlace, Array::kArray, Object::kLength, {}},

    {kNewBegin, "NewBegin", Family::kOperation, kStays, kNoLane, Index::kPool, {}, {}, {}},
    {kNewMade, "NewMade", Family::kOperation, kMoves, kNoLane, Index::kPool, {}, Object::kObject, {}},

    {kPinSlow, "PinSlow", Family::kArray, kStays, kNoLane, Index::kPool, {}, {}, {}},
    {kAllPoolsWait, "AllPoolsWait", Family::kLockWait, kStays, kLane, {}, {}, {}, {}},
    {kAllPoolsLocked, "AllPoolsLocked", Family::kLock, kStays, kLane, {}, {}, {}, {}},
    {kAllPoolsAppend, "AllPoolsAppend", Family::kArray, kStays, kNoLane, Index::kPool, {}, {}, {}},
    {kArrayMade, "ArrayMade", Family::kArray, kStays, kNoLane,
     Index::kPool, Array::kArray, Object::kLength, {}},
    {kLocalStored, "LocalStored", Family::kArray, kStays, kNoLane, Index::kPool, Array::kArray, {}, {}},
    {kLocalSizeStored, "LocalSizeStored", Family::kArray, kStays, kNoLane,
     Index::kPool, {}, Object::kLocalSize, {}},
    {kAllPoolsUnlocked, "AllPoolsUnlocked", Family::kLock, kStays, kNoLane, {}, {}, {}, {}},

    {kVictimLoaded, "VictimLoaded", Family::kSlow, kStays, kNoLane,
     Index::kPid, Array::kArray, Object::kVictimSize, {}},
    {kVictimPrivateTake, "VictimPrivateTake", Family::kPrivate, kMoves, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, {}},
    {kVictimPrivateEmpty, "VictimPrivateEmpty", Family::kPrivate, kStays, kNoLane,
     Index::kPlace, Array::kArray, {}, {}},
    {kVictimSizeZeroed, "VictimSizeZeroed", Family::kSlow, kStays, kNoLane, Index::kPool, {}, {}, {}},

    {kStopRequested, "StopRequested", Family::kStop, kStays, kNoLane,
     {}, {}, Object::kProcs, Detail::kStopCause},
    {kWorldStopped, "WorldStopped", Family::kStop, kStays, kNoLane, {}, {}, {}, {}},
    {kCheckpointPool, "CheckpointPool", Family::kCheckpoint, kStays, kNoLane,
     Index::kPool, Array::kArray, Object::kLocalSize, {}},
    {kCheckpointShard, "CheckpointShard", Family::kCheckpoint, kStays, kNoLane,
     Index::kPlace, Array::kArray, Object::kObject, Detail::kShardBits},
    {kCheckpointCells, "CheckpointCells", Family::kCheckpoint, kStays, kNoLane,
     Index::kPlace, Array::kCellsHash, Object::kCount, {}},
    {kCheckpointHeap, "CheckpointHeap", Family::kCheckpoint, kStays, kNoLane,
     {}, Array::kCreated, Object::kAlive, {}},
    {kPoolCleaned, "PoolCleaned", Family::kCleanup, kStays, kNoLane, Index::kPool, Array::kArray, {}, {}},
    {kAllPoolsCleared, "AllPoolsCleared", Family::kCleanup, kStays, kNoLane, {}, {}, {}, {}},
    {kProcsChanged, "ProcsChanged", Family::kCleanup, kStays, kNoLane, {}, {}, Object::kProcs, {}},
    {kArrayFreed, "ArrayFreed", Family::kCleanup, kStays, kNoLane, {}, Array::kArray, {}, {}},
    {kObjectsFreed, "ObjectsFreed", Family::kCleanup, kStays, kNoLane, {}, {}, Object::kFreed, {}},
    {kWorldStarted, "WorldStarted", Family::kStop, kStays, kNoLane, {}, {}, {}, Detail::kStopCause},
    {kVictimDropped, "VictimDropped", Family::kCleanup, kStays, kNoLane, Index::kPool, Array::kArray, {}, {}},
    {kLocalToVictim, "LocalToVictim", Family::kCleanup, kStays, kNoLane, Index::kPool, Array::kArray, {}, {}},
    {kCheckpointVictim, "CheckpointVictim", Family::kCheckpoint, kStays, kNoLane,
     Index::kPool, Array::kArray, Object::kVictimSize, {}},
    {kCheckpointDequeue, "CheckpointDequeue", Family::kCheckpoint, kStays, kNoLane,
     Index::kPlace, Array::kTailPosition, Object::kCount, Detail::kLog2Length},

    {kPaceChanged, "PaceChanged", Family::kSpeed, kStays, kNoLane, {}, {}, Object::kStepTime_us, {}},
    {kPaused, "Paused", Family::kSpeed, kStays, kNoLane, {}, {}, {}, {}},
    {kResumed, "Resumed", Family::kSpeed, kStays, kNoLane, {}, {}, {}, {}},
    {kSpeedChanged, "SpeedChanged", Family::kSpeed, kStays, kNoLane,
     {}, {}, Object::kStepTime_us, Detail::kPacing},
    {kProcsWanted, "ProcsWanted", Family::kStop, kStays, kNoLane, {}, {}, Object::kProcs, {}},
});
// clang-format on

inline constexpr std::size_t kKinds = 256;
inline constexpr std::uint8_t kNoRow = 255;

/// The row of each number that a kind can have.
inline constexpr auto kRowOf = [] {
  std::array<std::uint8_t, kKinds> rows{};
  rows.fill(kNoRow);
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    rows[static_cast<std::size_t>(kRows[i].kind)] = static_cast<std::uint8_t>(i);
  }
  return rows;
}();

/// The enumerator's own name, "" for a number that has none: the compiler writes that as a cast.
template <EventKind kKind>
consteval std::string_view enumerator() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("kKind = ") + std::string_view("kKind = ").size());
  text = text.substr(0, text.find_first_of(";]"));
  const std::size_t k = text.rfind("::k");
  return text.starts_with('(') || k == std::string_view::npos ? "" : text.substr(k + 3);
}

template <std::size_t... kNumbers>
consteval bool complete(std::index_sequence<kNumbers...> /*all numbers*/) {
  return ((kRowOf[kNumbers] == kNoRow
               ? enumerator<static_cast<EventKind>(kNumbers)>().empty()
               : enumerator<static_cast<EventKind>(kNumbers)>() == kRows[kRowOf[kNumbers]].name) &&
          ...);
}
static_assert(complete(std::make_index_sequence<kKinds>()), "a kind has no row, or another name");

consteval bool in_order() {
  for (std::size_t i = 1; i < kRows.size(); ++i) {
    if (kRows[i - 1].kind >= kRows[i].kind) return false;
  }
  return true;
}
static_assert(in_order(), "a row stands twice, or in the wrong place");

}  // namespace event_table

/// The row of `kind`; that of kNone for a number that is no kind.
constexpr const EventInfo& info_of(EventKind kind) {
  const std::uint8_t row = event_table::kRowOf[static_cast<std::size_t>(kind)];
  return event_table::kRows[row == event_table::kNoRow ? 0 : row];
}

/// The catalogue's word for `kind` without its k, e.g. "PrivateTake"; "?" for none of them.
constexpr std::string_view name_of(EventKind kind) {
  const EventInfo& info = info_of(kind);
  return info.kind == EventKind::kNone ? "?" : info.name;
}

// What a field means, in the words that exports use; "" for nothing.

constexpr std::string_view name_of(ObjectMeans means) {
  constexpr std::array<std::string_view, 11> kWords = {
      "",      "object", "local_size", "victim_size", "length",      "count",
      "procs", "alive",  "freed",      "waited_us",   "step_time_us"};
  return kWords[static_cast<std::size_t>(means)];
}
constexpr std::string_view name_of(ArrayMeans means) {
  constexpr std::array<std::string_view, 6> kWords = {
      "", "array", "cells_hash", "tail_position", "created", "giver_upper"};
  return kWords[static_cast<std::size_t>(means)];
}
constexpr std::string_view name_of(IndexMeans means) {
  constexpr std::array<std::string_view, 5> kWords = {"", "pool", "place", "pid", "giver_lower"};
  return kWords[static_cast<std::size_t>(means)];
}
constexpr std::string_view name_of(DetailMeans means) {
  constexpr std::array<std::string_view, 9> kWords = {
      "",       "role",          "park_reason", "step",       "stop_cause",
      "pacing", "tail_position", "shard_bits",  "log2_length"};
  return kWords[static_cast<std::size_t>(means)];
}

}  // namespace poolscope
