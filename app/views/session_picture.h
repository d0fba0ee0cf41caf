#pragma once

// The small picture of a session that may be opened: its stage at rest, without words.
//
// Thread safety: the thread of the ImGui context.

#include "app/frame/view_input.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// The stage of `model`, all over `at`, drawn as the window's own.
void draw_session_picture(const ViewInput& input, const Model& model, const layout::Rect& at);

}  // namespace poolscope::views
