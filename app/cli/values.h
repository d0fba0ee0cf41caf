#pragma once

// The values of the command line: lengths of time, moments of a session, rates, whole numbers.
//
// Thread safety: functions of their arguments.
// Invariants: an error's message says what the word was and what to write instead; it does not
// name the flag, which only the caller knows.

#include <cstdint>
#include <string_view>

#include "core/base/error.h"
#include "core/base/wanted_moment.h"

namespace poolscope::cli {

/// "20s", "500ms", "2m", "1.5s", "0"; units ns, us, ms, s, m, h. In ns.
Expected<std::int64_t> parse_duration(std::string_view text);

/// As parse_duration, and more than 0.
Expected<std::int64_t> parse_period(std::string_view text);

/// "3.2s", "500ms", "01:23.456", "end", "#1234".
Expected<WantedMoment> parse_moment(std::string_view text);

/// A whole number from `least` to `most`.
Expected<std::uint64_t> parse_number(std::string_view text, std::uint64_t least,
                                     std::uint64_t most);

/// Operations a second of one worker; "max" is 0, as fast as it can.
Expected<double> parse_rate(std::string_view text);

}  // namespace poolscope::cli
