#pragma once

// Where the keyboard is among the controls: Tab goes from one to the next, Enter presses it.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"

namespace poolscope::views {

/// Outlines the control that the keyboard is at, and asks for the next one where the viewer wants
/// it. After everything else is drawn. The controls are those that this frame has drawn from number
/// `first` on: what lies under a dialog is not for the keyboard.
void draw_control(const ViewInput& input, std::size_t first, intents::Intents& asked);

}  // namespace poolscope::views
