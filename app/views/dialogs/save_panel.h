#pragma once

// What makes a file of the session: another session, a film, pictures, a page, a table. It lies
// over the stage; a click beside it closes it.
//
// Thread safety: the thread of the ImGui context.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// The least area in which all of it is seen, at 0, 0.
layout::Rect least_save(const ViewInput& input);
/// `area` is at least that large.
void draw_save(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
