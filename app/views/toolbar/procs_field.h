#pragma once

// The number of GOMAXPROCS, which can also be typed: it is applied on Enter.
//
// Thread safety: the thread of the ImGui context.
// Invariants: what is being typed is kept by ImGui; the field shows the model's number otherwise.

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

void draw_procs_field(Painter& painter, const Rect& at, intents::Intents& asked);

}  // namespace poolscope::views
