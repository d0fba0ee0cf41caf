#pragma once

// The event catalogue: every kind of fact that a session consists of, in one file.
//
// An event says what happened to which slot, goroutine or pool; it is never a command. `reduce`
// (core/model) turns the sequence of events into the model; recordings store the same sequence.
//
// Thread safety: values.
// Invariants:
//  1. `seq` is dense: the first event of a session is 1 and no number is missing.
//  2. The stamp rule: a thread takes `seq` while it alone owns the slot that the event is about, so
//     the order of `seq` is the order of the facts, for each slot.
//  3. `time_ns` never decreases along `seq`. It counts from the start of the session and stands
//     still while the viewer has paused it.
//  4. Kind numbers are stored in recordings and never change their meaning.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "core/base/ids.h"
#include "core/pool/step.h"
#include "core/runtime/reasons.h"

namespace poolscope {

/// The fields used by each kind stand behind it; `g` is the acting goroutine and `p` the P that it
/// runs on or remembers, unless the comment says otherwise. Unused fields hold none or 0.
enum class EventKind : std::uint8_t {
  kNone = 0,

  // --- goroutines and their Ps --------------------------------------------------------------
  kGoStart = 1,       // g exists; detail = Role
  kGoExit = 2,        // g has ended; it holds no P
  kGoRun = 3,         // g took P p and runs
  kGoPark = 4,        // g gave P p back and remembers its number; detail = ParkReason
  kGoWaitP = 5,       // g wants to run and no P is free for it
  kStand = 6,         // g stands at a pace point and waits there; detail = Step
  kObjectMade = 7,    // user code of g made `object`; it is in g's hand
  kObjectHanded = 8,  // g took `object` over from the goroutine giver() (index: the lower 16 bits
                      // of its number; array.value: the upper ones)
  kRingWaited = 9,    // g waited for room in its ring before it pinned; object.value = microseconds

  // --- pin and the operations' frame --------------------------------------------------------
  kPutBegin = 16,  // index = pool; object: leaves g's hand and is in flight
  kPutEnd = 17,    // the Put has returned
  kGetBegin = 18,  // index = pool
  kGetEnd = 19,    // the Get returned `object` (none: nil), which is in g's hand from here
  kRaceDrop = 20,  // index = pool; the race dice dropped `object` before pin (after kPutBegin)
  kPinned = 21,    // pin returned &array[index]; g is pinned on p == index. The operation holds
                   // `array` until it ends
  kUnpinned = 22,  // procUnpin

  // --- private (owner: the goroutine pinned on P index) --------------------------------------
  kPrivateStore = 32,  // array, index, object: in flight -> private
  kPrivateFull = 33,   // array, index: a Put found private taken
  kPrivateTake = 34,   // array, index, object: private -> in flight
  kPrivateEmpty = 35,  // array, index: a Get found private empty (and wrote nil all the same)

  // --- classic shared and its Mutex (owner: the holder of the lock) --------------------------
  kLockWait = 40,     // array, index: the Mutex was taken; g waits and has given its P back
  kLocked = 41,       // array, index
  kUnlocked = 42,     // array, index
  kSharedPush = 43,   // array, index, object: in flight -> the newest end of shared
  kSharedPop = 44,    // array, index, object: the newest of shared -> in flight
  kSharedEmpty = 45,  // array, index: there was nothing to pop
  kSlowLoaded = 46,   // getSlow: array (none when localSize was 0); object.value = localSize;
                      // index = the current pid. The operation holds `array` until it ends

  // --- modern shared: a chain of dequeues (owner of the head: the goroutine pinned on P index; the
  // tail is anyone's). kSharedPush and kSharedPop are the owner's, at the head; a kSharedEmpty says
  // only what its Get saw. Pops at the tail by several thieves may be stamped in another order than
  // they were won in ----------------------------------------------------------------------------
  kTailPop = 47,          // array, index, object: the oldest of shared -> in flight; detail = low 8
                          // bits of its position in its dequeue
  kDequeueMade = 48,      // array, index; object.value = its length: it is the head's from here
  kDequeueUnlinked = 49,  // array, index; object.value = its length: found empty and taken out

  // --- New -----------------------------------------------------------------------------------
  kNewBegin = 52,  // index = pool
  kNewMade = 53,   // index = pool; object: made by New, in flight

  // --- pinSlow, allPools, the array ----------------------------------------------------------
  kPinSlow = 56,       // index = pool; g has unpinned and goes for allPoolsMu
  kAllPoolsWait = 57,  // allPoolsMu was taken; g waits and has given its P back
  kAllPoolsLocked = 58,
  kAllPoolsAppend = 59,   // index = pool: entered into allPools
  kArrayMade = 60,        // array; index = pool; object.value = length
  kLocalStored = 61,      // array; index = pool: pool.local = array; what was there is dropped
  kLocalSizeStored = 62,  // index = pool; object.value = localSize
  kAllPoolsUnlocked = 63,

  // --- victim: what the last GC found (modern) -------------------------------------------------
  kVictimLoaded = 64,        // getSlow: array; index = pid; object.value = victimSize
  kVictimPrivateTake = 65,   // array, index, object: private -> in flight
  kVictimPrivateEmpty = 66,  // array, index
  kVictimSizeZeroed = 67,    // index = pool: the victim was found empty, nobody need look again

  // --- stop-the-world (g, p: none unless said) -----------------------------------------------
  kStopRequested = 80,     // detail = StopCause; object.value = the wanted GOMAXPROCS for kResize
  kWorldStopped = 81,      // no goroutine runs or is pinned
  kCheckpointPool = 82,    // index = pool; array = local; object.value = localSize: the pool's real
                           // contents follow, one kCheckpointShard for each place of each array
  kCheckpointShard = 83,   // array, index; object = private; detail: bit 0: kCheckpointCells
                           // follows, else shared is empty; modern: the bits above: its number of
                           // dequeues, each of which follows
  kCheckpointCells = 84,   // index as before; object.value = length of shared; array.value = its
                           // cells_hash
  kCheckpointHeap = 85,    // object.value = objects alive; array.value = objects created (mod 2^32)
  kPoolCleaned = 86,       // index = pool; array: poolCleanup has emptied it; local = nil
  kAllPoolsCleared = 87,   // the end of poolCleanup: allPools = []
  kProcsChanged = 88,      // object.value = GOMAXPROCS from here
  kArrayFreed = 89,        // array: its memory is given back, with what it still held
  kObjectsFreed = 90,      // object.value = number of lost objects whose memory is given back
  kWorldStarted = 91,      // detail = StopCause
  kVictimDropped = 92,     // index = pool; array (none: nil): modern poolCleanup has forgotten what
                           // was the victim
  kLocalToVictim = 93,     // index = pool; array: what was local is the victim from here
  kCheckpointVictim = 94,  // index = pool; array = victim; object.value = victimSize: its real
                           // contents follow as local's do
  kCheckpointDequeue = 95,  // index as before; object.value = objects in it; array.value = its
                            // tail's position; detail = log2 of its length

  // --- the viewer's speed --------------------------------------------------------------------
  kPaceChanged = 100,  // only in older recordings: kSpeedChanged with Pacing::kEachWaits
  kPaused = 101,
  kResumed = 102,
  kSpeedChanged = 103,  // detail = Pacing; object.value = step time in microseconds

  // --- a stop-the-world that waits --------------------------------------------------------------
  kProcsWanted = 104,  // object.value = the GOMAXPROCS that the waiting stop is to set now
};

/// What a goroutine of a workload does.
enum class Role : std::uint8_t { kBoth = 0, kPutOnly = 1, kGetOnly = 2 };

struct Event {
  static constexpr unsigned kSeqBits = 48;

  /// 48 bits are enough: ten million events a second for 325 days. Kind and detail share its word.
  std::uint64_t seq : kSeqBits = 0;
  EventKind kind = EventKind::kNone;
  std::uint8_t detail = 0;
  std::int64_t time_ns = 0;
  ObjectId object;
  ArrayId array;
  GId g;
  PId p;
  std::uint16_t index = 0;

  bool operator==(const Event&) const = default;

  /// `number` must fit; a larger one, from a damaged file, loses its upper bits.
  constexpr void set_seq(std::uint64_t number) { seq = number & 0xffff'ffff'ffff; }

  /// seq 0, kind and detail: one store of the word that they share.
  void begin(EventKind what, std::uint8_t with) {
    const std::uint64_t word = std::uint64_t{static_cast<std::uint8_t>(what)} << kSeqBits |
                               std::uint64_t{with} << (kSeqBits + 8U);
    std::memcpy(static_cast<void*>(this), &word, sizeof word);
  }
  /// Adds `number`, which must fit, to a seq that is still 0: one addition to the shared word.
  void complete(std::uint64_t number) {
    std::uint64_t word = 0;
    std::memcpy(&word, this, sizeof word);
    word += number;
    std::memcpy(static_cast<void*>(this), &word, sizeof word);
  }

  [[nodiscard]] PoolId pool() const { return PoolId{index}; }
  [[nodiscard]] Step step() const { return static_cast<Step>(detail); }
  [[nodiscard]] Role role() const { return static_cast<Role>(detail); }
  [[nodiscard]] ParkReason park_reason() const { return static_cast<ParkReason>(detail); }
  [[nodiscard]] Pacing pacing() const { return static_cast<Pacing>(detail); }
  [[nodiscard]] StopCause stop_cause() const { return static_cast<StopCause>(detail); }
  [[nodiscard]] std::uint32_t number() const { return object.value; }
  /// kObjectHanded: the goroutine that had the object before.
  [[nodiscard]] GId giver() const { return GId{array.value << 16U | index}; }
  void set_giver(GId who) {
    array = ArrayId{who.value >> 16U};
    index = static_cast<std::uint16_t>(who.value);
  }
};

static_assert(sizeof(Event) == 32);
static_assert(offsetof(Event, kind) == 6, "kind and detail fill up the word of seq");
static_assert(std::endian::native == std::endian::little, "seq has the lower bits of its word");
static_assert(std::is_trivially_copyable_v<Event>);

/// Hash of the contents of one shared, oldest first, as stored in kCheckpointCells (32-bit FNV-1a
/// over the object numbers). Both the core, from the real cells, and the audit, from the model,
/// feed the numbers one by one.
class CellsHash {
 public:
  constexpr void add(ObjectId object) {
    for (int shift = 0; shift < 32; shift += 8) {
      value_ = (value_ ^ ((object.value >> shift) & 0xffU)) * 16777619U;
    }
  }
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 2166136261U;
};

}  // namespace poolscope
