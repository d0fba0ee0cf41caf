#pragma once

// What a line of a script answered, as the window shows it. A transcript's `orphan:0` reads like
// "none": here it says what it is, a place of an array that is no longer the pool's.
//
// Thread safety: a pure function, but for the language (see locale).

#include <string>
#include <string_view>

namespace poolscope::views {

/// "ok | into old local[0] pinslow=0" for the transcript's "ok | orphan:0 pinslow=0"; all else as
/// it is.
std::string answer_text(std::string_view answer);

}  // namespace poolscope::views
