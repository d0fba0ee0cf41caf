#pragma once

// Where did they go: created = in use + in flight + pooled + dropped, each part a button that
// lights its objects. It counts what is seen: an object on its way is in flight until it has come.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle.

#include <span>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// `flying`: the objects that the stage draws on their way, which count as in flight.
void draw_conservation(const ViewInput& input, const layout::Rect& area,
                       std::span<const ObjectId> flying, intents::Intents& asked);

}  // namespace poolscope::views
