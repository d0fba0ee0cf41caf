#pragma once

// The box of what lies over the stage, in the middle of a veil.
//
// Thread safety: the thread of the ImGui context.

#include <string_view>

#include "app/views/paint/paint.h"

namespace poolscope::views {

/// So much more than its content a box and its surroundings take, in width and height.
layout::Rect dialog_margins(const Painter& painter);

/// The height of a row with a control in it.
float dialog_row_height(const Painter& painter);

struct DialogBox {
  Rect box;
  Rect inside;
};

/// Draws veil and box over `area`, which is at least as large as `least`, the content with
/// dialog_margins.
DialogBox draw_dialog_box(Painter& painter, const Rect& area, const Rect& least);

/// A dialog that is larger than the window scrolls as little as can be until all between those two
/// heights is seen.
void scroll_dialog_to(const Painter& painter, float top, float bottom);

/// Called after all that is in the box: it takes the clicks that its controls leave. True: the
/// viewer has clicked beside it.
bool closes_dialog(Painter& painter, std::string_view name, const Rect& area, const Rect& box);

}  // namespace poolscope::views
