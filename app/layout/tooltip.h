#pragma once

// Where a tooltip stands: at the mouse, or under or over what it must not hide.
//
// Thread safety: a pure function of values.

#include "app/layout/rect.h"

namespace poolscope::layout {

/// How far a tooltip stands from the mouse and from what it keeps off, px.
struct TooltipGaps {
  float right = 0;   // of the mouse
  float below = 0;   // the mouse
  float beside = 0;  // `kept_free`, and the window's right edge
};

/// A box of that size in `window`. It lies clear of `kept_free`, where that is not empty and the
/// window has room over or under it.
Rect tooltip_place(Point mouse, float w, float h, const Rect& kept_free, const Rect& window,
                   const TooltipGaps& gaps);

}  // namespace poolscope::layout
