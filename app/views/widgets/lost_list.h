#pragma once

// What the pools have lately forgotten, the newest first; a click asks why.
//
// Thread safety: the thread of the ImGui context.

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

/// As many as `in` has room for, recorded as lost.N by their objects; `in` is left with the rest.
void draw_lost(Painter& painter, Rect& in, intents::Intents& asked);

}  // namespace poolscope::views
