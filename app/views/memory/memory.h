#pragma once

// The two rows of the array's memory, without and with padding.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_memory(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
