#pragma once

// Whole sessions of the real pools as lists of events, for tests that go through every event of
// one.
//
// Thread safety: functions of their arguments; each runs threads and waits for their end.

#include <cstdint>
#include <vector>

#include "core/sim/simulation.h"
#include "core/trace/event.h"

namespace poolscope::testing {

struct RecordedEvents {
  SessionConfig config;
  std::vector<Event> events;
};

/// A session of about `events` events, as fast as it can go. Its times are stretched so that it
/// lasts `stretched_ns`; 0: they are as they were.
RecordedEvents run_session(SimulationOptions options, std::uint64_t events,
                           std::int64_t stretched_ns = 0);

/// Options of a session in which much happens: bursts of six goroutines on four Ps, a GC every 2
/// ms, a change of GOMAXPROCS every 3 ms.
SimulationOptions busy_session(PoolKind pool, std::uint64_t seed);

}  // namespace poolscope::testing
