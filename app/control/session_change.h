#pragma once

// What of a live session's set-up a viewer changes, and the presets: set-ups with a name, each of
// which shows a complaint that people really have of their pools.
//
// Thread safety: values and pure functions.

#include <string_view>

#include "app/intents/intents.h"
#include "core/sim/simulation.h"

namespace poolscope {

/// `session` with that change; each value is brought within what a session takes.
SimulationOptions changed(SimulationOptions session, const intents::StartAgain& change);

/// The session of the preset with that label, at the speed and with the seed of `session`; of a
/// label that no preset has, `session`.
SimulationOptions preset_session(SimulationOptions session, std::string_view label);

}  // namespace poolscope
