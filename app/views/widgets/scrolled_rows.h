#pragma once

// Rows of one height in an area that scrolls: only those in sight are drawn, so a list may have
// thousands.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <functional>
#include <optional>

#include "app/views/paint/paint.h"

namespace poolscope::views {

struct ScrolledRows {
  const char* id;  // no other list of its window has it
  std::size_t count = 0;
  float row_h = 0;
  std::optional<std::size_t> reach;  // this row comes into sight in this frame
};

/// `draw` is given the row's place, which leaves room for the scroll bar, and its number.
void draw_scrolled_rows(Painter& painter, const Rect& in, const ScrolledRows& rows,
                        const std::function<void(Painter&, const Rect&, std::size_t)>& draw);

}  // namespace poolscope::views
