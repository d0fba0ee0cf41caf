#pragma once

// One goroutine by hand: where one is followed, what its viewer can do with it.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing where no goroutine is followed, or the session has none that can be
// held. What has no room is left out, the most useful last.

#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

/// At the right end of `line`, which keeps what is left of it: hold it or let it go, send it to a
/// chosen step or to the end of its operation, and why it cannot go on where it cannot.
void draw_by_hand(Painter& painter, layout::Rect& line, intents::Intents& asked);

}  // namespace poolscope::views
