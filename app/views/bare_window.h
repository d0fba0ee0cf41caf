#pragma once

// An ImGui window without anything of its own, to draw in.
//
// Thread safety: the thread of the ImGui context.

#include <imgui.h>

#include "app/frame/view_input.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// As large as the display, with scroll bars where `canvas` is larger than that. The background is
/// cleared by the caller: filling it again would cost as much as all the rest. False: nothing of it
/// is seen. end_bare is called in either case.
bool begin_bare(const char* name, const ViewInput& input, const layout::Rect& canvas,
                ImGuiWindowFlags more);
void end_bare();

}  // namespace poolscope::views
