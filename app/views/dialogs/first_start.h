#pragma once

// What a first start shows, once: three things to click.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle. It takes a lower panel's place and never covers
// the stage, the sentence or the strip: what the first minute shows is seen.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// Whether it is to be drawn: a first start's live session, nothing chosen yet.
bool shows_first_start(const ViewInput& input);

/// Each choice asks for what it names, and that this is closed for good.
void draw_first_start(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
