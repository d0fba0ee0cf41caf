#pragma once

// Models built by hand for tests and pictures of what is drawn: small moments of a session that are
// known exactly, whatever the threads of a real one would have done.
//
// Thread safety: values.
// Invariants: each is a model that a stream of events could lead to, as far as a view can tell:
// created = in use + in flight + pooled + stale + lost.

#include <cstdint>

#include "core/model/model.h"
#include "core/story/told.h"

namespace poolscope::testing {

/// `procs` Ps with an array of as many places, goroutines on the first of them, objects in private
/// and shared of most; nothing under way.
Model calm_model(std::uint32_t procs, std::uint32_t goroutines = 6);

/// After a GC: no array, everything that was pooled lost at `time_ns`, hands untouched.
Model model_after_gc();

/// A GC has been asked for and waits for P3, on which G2 is pinned in a Put.
Model model_waiting_for_gc();

/// GOMAXPROCS 4 to 8, nobody has pinned beyond the array yet.
Model model_after_grow();

/// The same after P5 ran pinSlow: an array of 8, the old one held by G4 with objects still in it.
Model model_after_pin_slow();

/// GOMAXPROCS 8 to 4: places 4 to 7 without a P, shared and private in some of them.
Model model_after_shrink();

/// G1 holds the lock of local[1], G3 and G5 wait for it.
Model contended_model();

/// G4 on P2 has just stolen #19 from P3.
Model model_with_steal();
/// What is told of that moment.
Told told_with_steal();

/// Nothing has happened yet.
Model empty_model(std::uint32_t procs = 4);

}  // namespace poolscope::testing
