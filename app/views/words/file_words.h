#pragma once

// When a session's file was made, how long the session is, how large the file.
//
// Thread safety: pure functions.

#include <cstdint>
#include <string>

namespace poolscope::views {

/// "2026-01-31 14:25", as the clock of this place shows it; what is no time of the form
/// "2026-01-31T14:25:00Z" stays as it is.
std::string local_time_text(const std::string& utc);
/// "4:12"
std::string minutes_text(std::int64_t ns);
/// "740 kB", "3.2 MB"
std::string size_text(std::uintmax_t bytes);

}  // namespace poolscope::views
