#pragma once

// What one step of a viewer is. Where the session was paced, a step is one breakpoint: a goroutine
// comes to stand at a pace point, or the world stops or starts. Where it ran at full rate nobody
// stood anywhere, and a step is a fact that can be seen: an object moves, a lock is waited for, the
// world stops or starts. That another part of the session starts is always a step.
//
// Thread safety: the window's thread.

#include <cstdint>

#include "app/control/event_store.h"
#include "core/base/error.h"

namespace poolscope {

/// The next step after `seq`; the last event where there is none. `paced`: the model's step time is
/// not 0 there.
Expected<std::uint64_t> next_step(EventStore& store, std::uint64_t seq, bool paced);

/// The last step before the one that is shown at `seq`; the first state where there is none. Where
/// events that show nothing follow a step, as they do where live threads stand, it is still the one
/// shown.
Expected<std::uint64_t> previous_step(EventStore& store, std::uint64_t seq, bool paced);

}  // namespace poolscope
