#pragma once

// The sign of a marker: a flag on its pole.
//
// Thread safety: the thread of the ImGui context.

#include "app/views/paint/paint.h"

namespace poolscope::views {

/// As high as `size`, its middle at `center`.
inline void draw_flag(Painter& painter, Point center, float size, Color color) {
  const float pole = painter.px(theme::space::kThin);
  const float left = center.x - size * 0.35F;
  const float top = center.y - size / 2;
  painter.fill({left, top, pole, size}, color);
  painter.triangle({left + pole, top}, {left + size * 0.8F, top + size * 0.3F},
                   {left + pole, top + size * 0.6F}, color);
}

}  // namespace poolscope::views
