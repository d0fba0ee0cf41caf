#pragma once

// The toolbar: what moves time, what changes the pool, the recording, and at the right the place
// that says which time one sees.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// `rows`: over how many its controls are spread. `all_choices`: what the viewer chooses for itself
/// has no other place. `unhidden`: what its tooltips leave in sight, `area` and what stands below.
void draw_toolbar(const ViewInput& input, const layout::Rect& area, const layout::Rect& unhidden,
                  int rows, bool all_choices, intents::Intents& asked);

}  // namespace poolscope::views
