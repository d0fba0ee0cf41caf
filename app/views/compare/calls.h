#pragma once

// The calls of a comparison: for each side where every Get got its object, what New has made and
// what is in the pools; between them which calls went another way; and the one playhead over both.
//
// Thread safety: the thread of the ImGui context.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// `input`: of the first side, with the other beside it.
void draw_calls(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
