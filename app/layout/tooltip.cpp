#include "app/layout/tooltip.h"

#include <algorithm>

namespace poolscope::layout {

Rect tooltip_place(Point mouse, float w, float h, const Rect& kept_free, const Rect& window,
                   const TooltipGaps& gaps) {
  Rect box{mouse.x + gaps.right, mouse.y + gaps.below, w, h};
  box.x = std::max(window.x, std::min(box.x, window.right() - box.w - gaps.beside));
  if (!kept_free.empty()) {
    const bool above = kept_free.bottom() + gaps.beside + box.h > window.bottom();
    box.y = above ? kept_free.y - gaps.beside - box.h : kept_free.bottom() + gaps.beside;
  } else if (box.bottom() > window.bottom()) {
    box.y = mouse.y - box.h - gaps.beside;
  }
  return box;
}

}  // namespace poolscope::layout
