#pragma once

// What false sharing is, step by step: a cache line between two cores. It lies over the window; a
// click on the picture goes on.
//
// Thread safety: the thread of the ImGui context.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// The least area in which all of it is seen, at 0, 0.
layout::Rect least_explained(const ViewInput& input);
/// `area` is at least that large.
void draw_explained(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
