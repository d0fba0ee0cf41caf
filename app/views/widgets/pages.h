#pragma once

// "< P4 to P7 of 256 >": which Ps a panel shows when it has no room for all, and the arrows that
// turn it to others by moving the focus.
//
// Thread safety: the thread of the ImGui context.

#include <cstddef>
#include <string_view>

#include "app/intents/intents.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {

struct Page {
  std::size_t first = 0;
  std::size_t count = 0;
  std::size_t total = 0;
};

/// Draws it from `x` on in `line`, nothing when all are shown; `id` tells panels apart. Returns the
/// x behind it.
float draw_page(Painter& painter, const Rect& line, float x, std::string_view id, const Page& page,
                intents::Intents& asked);

}  // namespace poolscope::views
