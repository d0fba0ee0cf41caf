#pragma once

// What is said about a cache line: its last writer, and whether two Ps write it in turn. Counted
// from events, and claimed as nothing more: no program can see what the caches do with it.
//
// Thread safety: pure functions, but for the language (see locale).

#include <cstdint>
#include <string>

#include "core/story/teller.h"

namespace poolscope::views {

/// A line stays lit this long after its last write.
inline constexpr std::int64_t kLit_ns = 3'000'000'000;

/// Whether two Ps write the line in turn: the writer has changed, and it was written lately.
bool lit(const LineState& line, std::int64_t playhead_time_ns);

/// "line 1: P1 and P2 alternate writes, 1,240 hand-overs/s", for a lit line.
std::string turn_text(const LineState& line, std::uint32_t number);

/// "line 1: last written by P1. In the last 6 s: 240 writes, 120 hand-overs."
std::string line_text(const LineState& line, std::uint32_t number);

}  // namespace poolscope::views
