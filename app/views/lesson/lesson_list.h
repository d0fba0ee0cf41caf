#pragma once

// The list of all lessons over the window, by topic, with a field to search in them.
//
// Thread safety: the thread of the ImGui context.
// Invariants: where it is longer than the window, it is scrolled; nothing is left out.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// Draws it over `area`; the lessons are those of the viewer's state, which must be open.
void draw_lesson_list(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
