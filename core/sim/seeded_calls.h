#pragma once

// A workload as a list of whole calls, by a seed: the same seed always gives the same list, so that
// both pools can be given it.
//
// The goroutines do what those of a live session do (workload.h), one call at a time; which of them
// is next, and to which P it goes, is the seed's choice.
//
// Thread safety: functions of their arguments.
// Invariants: every P of a call is below GOMAXPROCS at that call; an object that is put is in use.

#include <cstdint>

#include "core/model/call.h"
#include "core/sim/workload.h"

namespace poolscope {

inline constexpr std::uint32_t kMostSeededCalls = 20'000;

struct SeededCalls {
  Workload workload = Workload::kLecture;
  std::uint64_t seed = 1;
  std::uint32_t calls = 400;       // Puts and Gets; what stops the world comes between them
  std::uint32_t procs = 4;         // at the start
  std::uint32_t workers = 6;       // goroutines
  std::uint32_t held = 2;          // objects that one keeps in use at most
  std::uint32_t pools = 1;         // all with New
  std::uint32_t gc_every = 40;     // Puts and Gets; 0: no GC
  std::uint32_t resize_every = 0;  // Puts and Gets, to 1 .. 2 * procs; 0: GOMAXPROCS stays
};

/// The list. It has no Put or Get where the workload makes none (kIdle).
CallList seeded_calls(const SeededCalls& options);

}  // namespace poolscope
