#pragma once

// What a span of the timeline is called.
//
// Thread safety: a pure function, but for the language (see locale).

#include <string>

#include "core/story/lanes.h"

namespace poolscope::views {

/// "Get", "waits for a lock".
std::string name_of(Span::Kind kind);

}  // namespace poolscope::views
