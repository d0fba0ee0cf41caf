#pragma once

// What a list finds of the words that are typed over it.
//
// Thread safety: pure functions.

#include <string>
#include <string_view>

namespace poolscope::views {

/// Letters of ASCII in lower case.
std::string folded(std::string text);

/// Whether each word of `searched` stands in `text`; both are folded.
bool has_words(std::string_view text, std::string_view searched);

}  // namespace poolscope::views
