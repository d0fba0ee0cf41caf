#pragma once

// What is typed in the frame in which a text field takes the keyboard. ImGui's fields leave that
// out where it was no click that gave them the keyboard; at 60 frames a second nobody notices, but
// on a busy machine a letter is lost.
//
// Thread safety: the thread of the ImGui context.

#include <vector>

#include <imgui.h>

namespace poolscope::gui {

using Characters = std::vector<ImWchar>;

/// Those typed since the frame before that no field has taken yet.
Characters untaken_characters();
/// The context's next frame gets them, before what is typed then.
void keep_characters(Characters typed);
/// Hands over what was kept, after NewFrame.
void give_back_characters();

}  // namespace poolscope::gui
