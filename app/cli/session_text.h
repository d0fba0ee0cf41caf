#pragma once

// Sessions and their moments in words, as several commands print them.
//
// Thread safety: functions of their arguments; one thread at a time for a Reader.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/cli/values.h"
#include "core/base/error.h"
#include "core/session/copy.h"
#include "core/session/reader.h"

namespace poolscope::cli {

/// Seconds with three digits behind the point, e.g. "3.200 s"; what comes behind them is cut off.
std::string seconds(std::int64_t time_ns);

/// Bad input where `moment` lies behind the end of a session of that length and number of events.
Expected<void> check_moment(const std::filesystem::path& file, std::int64_t duration_ns,
                            std::uint64_t events, const WantedMoment& moment);

/// The event that `moment` means in that session: of times the last one before it. A moment behind
/// the end is bad input.
Expected<std::uint64_t> seq_at(Reader& reader, const WantedMoment& moment);

/// What lies between two moments: from the state before the first event that `from` names, or that
/// does not lie before it, up to the last event that `to` means. Without them it is all of the
/// session. Bad input where they are the wrong way round; `to_flag`: how the command calls `to`.
Expected<Stretch> stretch_of(Reader& reader, const std::optional<WantedMoment>& from,
                             const std::optional<WantedMoment>& to,
                             std::string_view to_flag = "--to");

}  // namespace poolscope::cli
