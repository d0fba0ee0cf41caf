#pragma once

// Sessions and their moments in words, as several commands print them.
//
// Thread safety: functions of their arguments; one thread at a time for a Reader.

#include <cstdint>
#include <string>

#include "app/cli/values.h"
#include "core/base/error.h"
#include "core/session/reader.h"

namespace poolscope::cli {

/// Seconds with three digits behind the point, e.g. "3.200 s".
std::string seconds(std::int64_t time_ns);

/// The event that `moment` means in that session: of times the last one before it; times behind the
/// end are the end, numbers behind it are bad input.
Expected<std::uint64_t> seq_at(Reader& reader, const Moment& moment);

}  // namespace poolscope::cli
