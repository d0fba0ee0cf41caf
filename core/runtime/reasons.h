#pragma once

// Why goroutines stop running and why the world is stopped, in words that events store.
//
// Thread safety: values.
// Invariants: the numbers are stored in recordings and never change their meaning.

#include <cstdint>

namespace poolscope {

/// Why a goroutine gave its P back.
enum class ParkReason : std::uint8_t {
  kStep = 0,     // it stands at an unpinned pace point
  kLock = 1,     // it waits for l.Mutex or allPoolsMu
  kSleep = 2,    // it sleeps between two operations
  kPreempt = 3,  // its time slice was over and another goroutine waited for a P
  kStop = 4,     // stop-the-world
  kHandoff = 5,  // it waits for an object from another goroutine, or for one to take its own
  kRing = 6,     // it waits for room for its events
};

/// How the viewer's speed holds goroutines back.
enum class Pacing : std::uint8_t {
  kEachWaits = 0,   // each waits for the step time at each of its pace points; 0: at none
  kOneAtATime = 1,  // one moves, the others stand; it rests for the step time after each step
};

/// Why the world is stopped.
enum class StopCause : std::uint8_t { kGc = 0, kResize = 1, kCheck = 2 };

}  // namespace poolscope
