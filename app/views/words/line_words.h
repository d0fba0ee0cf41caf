#pragma once

// What is said about a cache line: who wrote it last, and whether it was handed over between Ps for
// the same local or for different ones. Counted from events, and claimed as nothing more: no
// program can see what the caches do with it.
//
// Thread safety: pure functions, but for the language (see locale).

#include <cstdint>
#include <string>

#include "core/story/cache_lines.h"

namespace poolscope::views {

/// So often a second: 0, 0.3, 2.5, 1,240, 350 k.
std::string rate_text(std::uint64_t count, std::int64_t counted_ns);

/// "line 1: P1 wrote local[1], then P2 local[2]", of a hand-over that has happened.
std::string hand_over_text(const HandOver& hand_over, std::uint32_t number);

/// All that is known of a line, a sentence a line.
std::string line_text(const LineState& line, std::uint32_t number, std::int64_t counted_ns);
/// What the number beside a row counts, and what it is.
std::string row_text(const LineCounts& counts);

}  // namespace poolscope::views
