#pragma once

// What is counted in the part of the session that the timeline shows: where Gets got their object,
// the sawtooth of the pools, what was waited for, and tables by P and by pool.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_statistics(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
