#pragma once

// Where did they go: created = in use + in flight + pooled + dropped, each part a button that
// lights its objects.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_conservation(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
