#pragma once

// What a marker says of the picture: whom one follows there, which layout and which tab.
//
// Thread safety: a function of its arguments.

#include "app/frame/view_input.h"
#include "core/session/annotations.h"

namespace poolscope::frame {

/// The playhead has come to that marker: what was shown there is shown.
void show_marker(views::ViewState& state, const Marker& marker);

}  // namespace poolscope::frame
