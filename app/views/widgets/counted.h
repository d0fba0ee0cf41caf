#pragma once

// How much of the session is counted so far: a long recording is counted beside the window.
//
// Thread safety: the thread of the ImGui context.

#include <string>

#include "app/frame/view_input.h"

namespace poolscope::views {

/// "37 % of the session is counted so far"; "" where all of it is, or it still goes on.
std::string counted_text(const ViewInput& input);

}  // namespace poolscope::views
