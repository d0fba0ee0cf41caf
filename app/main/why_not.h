#pragma once

// What cannot be done in the session that is shown, and what to do instead: no key does nothing
// without a word.
//
// Thread safety: a pure function, in the current language.

#include <string>

#include "app/control/session_status.h"
#include "app/intents/intents.h"

namespace poolscope::app {

/// Why `wanted` does nothing in this session, in a sentence; "": it does something, or whoever
/// carries it out says why not.
std::string why_not(const intents::Intent& wanted, const SessionStatus& session);

}  // namespace poolscope::app
