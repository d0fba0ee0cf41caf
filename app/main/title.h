#pragma once

// The title of the window: which session it shows.
//
// Thread safety: a pure function, but for the language (see locale).

#include <string>

#include "app/control/session_status.h"

namespace poolscope::app {

/// "talk.poolscope - poolscope" for a replay, "live session - poolscope", and while it is recorded
/// "talk.poolscope (recording) - poolscope".
std::string title_of(const SessionStatus& status);

}  // namespace poolscope::app
