#pragma once

// Answers about what is followed: the whole life of an object, or why the last Get of a goroutine
// found nothing; and why the world waited.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

void draw_object(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
