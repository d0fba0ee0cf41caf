#pragma once

// A finding of statistics, and the names of what statistics count, in the viewer's language.
//
// Thread safety: as of words.h.

#include <string>

#include "core/story/findings.h"

namespace poolscope::views {

/// A whole sentence with its figures.
std::string finding_text(const Finding& finding);

/// private, own shared, ...
std::string source_text(GetFrom from);
std::string put_place_text(PutTo to);

/// 31 %; with a digit behind the point where it is less than ten.
std::string percent_text(std::uint64_t count, std::uint64_t of);

}  // namespace poolscope::views
