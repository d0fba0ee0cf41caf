#pragma once

// Watches the stage of a recorded session in frames of 50 ms of session time: is each object that
// changed place seen on its way, does it rest where the model has it, does none jump, and does the
// sum count what is seen?
//
// What is drawn is asked of the functions that the stage is drawn with (scene.h, standing.h); what
// has happened is taken from the events, by comparing the model before and after each of them.
//
// What a viewer sees of a move, and what the watch lets pass:
//  - On its way an object is drawn for 250 ms at least, and for 400 ms where it dissolves, at Story
//    and at Lecture alike. (At Lecture a sentence may be left out while another stands; a move may
//    not.) Two places that are drawn in one slot (what a Get returns may stay in the slot of the
//    hand) are seen there for as long.
//  - A goroutine that comes to a P or loses it takes along what it holds, and the row of goroutines
//    without a P closes up: these are moves of goroutines.
//  - A hand or a shared closes up, by a slot for each thing that comes or goes, and a hand by the
//    slot of an operation that begins or ends.
//  - A dropped array takes along to the shelf what lies in it or is on its way there.
//  - With another number of Ps or places all cards stand elsewhere.
//
// Thread safety: none.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/app/views/stage/drawing.h"
#include "tests/support/sessions.h"

namespace poolscope::views::testing {

/// A session on real threads with a GC and another GOMAXPROCS in it, of at least `events` events.
poolscope::testing::RecordedEvents record_events(PoolKind pool, Speed speed, std::uint64_t seed,
                                                 std::size_t events);
/// The same for so long.
poolscope::testing::RecordedEvents record_for(PoolKind pool, Speed speed, std::uint64_t seed,
                                              std::int64_t length_ns);

struct Watched {
  std::size_t moves = 0;            // whose end was recorded too
  std::size_t dissolved = 0;        // of these
  std::vector<std::string> faults;  // a line each, the first kMostFaults
  std::size_t fault_count = 0;
};
inline constexpr std::size_t kMostFaults = 20;

Watched watch(Drawing& drawing, const poolscope::testing::RecordedEvents& session);

}  // namespace poolscope::views::testing
