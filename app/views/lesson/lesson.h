#pragma once

// The tab of a lesson: its lines, the one that is shown marked, and beside each that has run what
// it answered; at its end the sentence to take home.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle, and nothing where no lesson is shown.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_lesson(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
