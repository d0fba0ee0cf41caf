#pragma once

// The whole window, drawn from values: one undecorated ImGui window that fills the display, with
// every panel in it at its computed place.
//
// Thread safety: the thread of the ImGui context.
// Invariants: nothing is kept from one frame to the next.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"

namespace poolscope::views {

/// Draws all panels between ImGui::NewFrame and ImGui::Render, records the labels of the controls
/// in input.labels, and returns what the viewer asked for. The caller clears the background with
/// input.theme.bg.
intents::Intents draw_window(const ViewInput& input);

}  // namespace poolscope::views
