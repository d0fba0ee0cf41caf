#pragma once

// A goroutine (G): here a real OS thread that must hold a P to run pool code.
//
// Thread safety: the fields above the line belong to the goroutine's own thread; the coordinator of
// a stop-the-world may read them while the world is stopped. The fields below the line are guarded
// by the scheduler's mutex.
// Invariants: `pinned` implies `has_p`.

#include <condition_variable>
#include <cstdint>

#include "core/base/ids.h"

namespace poolscope {

class Scheduler;
class Pace;
class WorldBase;
struct TraceContext;
namespace script {
class Gate;
}

struct Goroutine {
  GId id;
  PId p;     // the P that it holds, or remembers after giving it back
  PId home;  // the P that it goes back to when that is free
  bool has_p = false;
  bool pinned = false;
  // Odd while a Put or Get is under way that has stood still since it began; changes when it ends.
  std::uint64_t operations = 0;
  std::uint64_t run_since_ticks = 0;
  std::uint64_t random = 1;  // state of its dice, seeded
  Scheduler* scheduler = nullptr;
  Pace* pace = nullptr;
  WorldBase* world = nullptr;     // the pools' World (core/pool/world.h)
  TraceContext* trace = nullptr;  // where its events go (core/trace); nullptr: it has none
  script::Gate* gate = nullptr;   // that it runs behind (core/script); nullptr: it runs freely

  // --- guarded by the scheduler's mutex -----------------------------------------------------
  bool granted = false;  // the scheduler gave it a P while it waited
  // The grow for whose sake it was sent to a new P, until an operation of it ends; 0: none.
  std::uint64_t sent_for_grow = 0;
  std::condition_variable granted_cv;

  [[nodiscard]] bool in_operation() const { return operations % 2 == 1; }

  /// xorshift64*: a number for dice and choices; not for secrets.
  std::uint32_t next_random() {
    random ^= random >> 12U;
    random ^= random << 25U;
    random ^= random >> 27U;
    return static_cast<std::uint32_t>((random * 0x2545F4914F6CDD1DULL) >> 32U);
  }
};

/// The goroutine of the calling thread, nullptr on threads that are none. The only thread_local.
extern constinit thread_local Goroutine* current_g;

}  // namespace poolscope
