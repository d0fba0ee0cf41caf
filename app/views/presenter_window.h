#pragma once

// The lecturer's window, put together as the first one is: from values.
//
// Thread safety: the thread of the ImGui context.

#include "app/frame/view_input.h"
#include "app/views/presenter/presenter.h"

namespace poolscope::views {

/// What it says of that picture; the caller adds the times.
PresenterTexts presenter_texts(const ViewInput& input);

/// Draws it between ImGui::NewFrame and ImGui::Render. The caller clears the background with
/// input.theme.bg. Returns what draw_presenter does.
bool draw_presenter_window(const ViewInput& input, const PresenterTexts& texts);

}  // namespace poolscope::views
