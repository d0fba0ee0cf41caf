#pragma once

// What the window says while a thread beside opens a file or ends a session, what the program says
// when it does not wait for that, and what is said of a session that was cut off before.
//
// Thread safety: pure functions, but for the language (see locale).

#include <filesystem>
#include <string>

#include "app/control/leftovers.h"
#include "app/control/session_status.h"
#include "core/base/error.h"

namespace poolscope::app {

/// "Opening talk.poolscope ..."
std::string opening_text(const std::filesystem::path& file);

/// "Closing talk.poolscope ..."; "" where no file is being closed. `for_good`: the program ends
/// with it, and the line says what closing the window once more does.
std::string closing_text(const SessionStatus& status, bool for_good);

/// "A session was cut off: 2026-01-31 14:25, 4:12 min, 3.2 MB", in the time of this place; and that
/// it is the first of so many.
std::string rescued_text(const Leftover& leftover, std::size_t of);

/// The program ends while the session `status` is still being ended: an error that names the
/// recording that is cut off by this, or none where there is no such.
Expected<void> left_behind(const SessionStatus& status);

}  // namespace poolscope::app
