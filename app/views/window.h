#pragma once

// The whole window, drawn from values: one undecorated ImGui window that fills the display, with
// every panel in it at its computed place.
//
// Thread safety: the thread of the ImGui context.
// Invariants: nothing is kept from one frame to the next.

#include "app/intents/intents.h"
#include "app/views/view_input.h"

namespace poolscope::views {

/// Draws all panels between ImGui::NewFrame and ImGui::Render, records the labels of the controls
/// in input.labels, and returns what the viewer asked for. The caller clears the background with
/// input.theme.bg.
intents::Intents draw_window(const ViewInput& input);

/// The sentence that draw_window shows for this input, and the banner under it ("" for none): for
/// the status of --ui-dump, captions and tests.
std::string sentence_text(const ViewInput& input);
std::string banner_text(const ViewInput& input);

}  // namespace poolscope::views
