#pragma once

// The panels that the window is made of. Each draws itself into a rectangle that the layout gave
// it, the panel's own frame and heading included.
//
// Thread safety: the thread of the ImGui context.
// Invariants: a panel draws nothing outside its rectangle (objects in flight excepted).

#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "app/views/view_input.h"

namespace poolscope::views {

void draw_toolbar(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
void draw_stage(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
void draw_caption(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
void draw_conservation(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
void draw_inspector(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
void draw_help(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

/// The two rows of the array's memory, without and with padding.
void draw_memory(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);
/// The lanes of the Ps, the marks and the playhead.
void draw_timeline(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
