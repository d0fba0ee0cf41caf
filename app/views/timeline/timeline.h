#pragma once

// The lanes of the Ps, the marks of GCs and resizes, and the playhead.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_timeline(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
