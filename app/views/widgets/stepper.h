#pragma once

// A value between two buttons that change it.
//
// Thread safety: the thread of the ImGui context.

#include "app/views/paint/paint.h"

namespace poolscope::views {

struct Stepper {
  const char* minus;  // labels of the two buttons
  const char* plus;
  float value_w;  // px
};

float stepper_width(const Painter& painter, const Stepper& stepper);

/// Its frame and its buttons in `at`. Returns the place of the value, which the caller draws;
/// -1 or 1 in `clicked` where a button was clicked, otherwise that is left as it is.
Rect draw_stepper(Painter& painter, Rect at, const Stepper& stepper, bool enabled, int& clicked);

}  // namespace poolscope::views
