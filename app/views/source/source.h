#pragma once

// The source of the pool: Go's text first, written for reading, then the C++ that runs. Each
// goroutine's badge stands at its line; the line of the followed one, or of the one that moved
// last, is in the middle and lit.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_source(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
