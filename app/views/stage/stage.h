#pragma once

// The stage: the cards of the Ps or their compact grid, the row under them, and what moves over
// them.
//
// Thread safety: the thread of the ImGui context.
// Invariants: draws nothing outside its rectangle (objects in flight excepted).

#include <vector>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"
#include "app/layout/stage.h"

namespace poolscope::views {

/// What the stage has to show; its place in the window depends on it.
layout::StageShape shape_of(const ViewInput& input);

/// Returns the objects that it draws on their way: the sum counts them as in flight.
std::vector<ObjectId> draw_stage(const ViewInput& input, const layout::Rect& area,
                                 intents::Intents& asked);

}  // namespace poolscope::views
