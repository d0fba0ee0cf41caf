#pragma once

// The list of pools: what each was worth, which of them a GC goes over, which one is shown on the
// stage. It is searched by typing; it lies over the stage, and a click beside it closes it.
//
// Thread safety: the thread of the ImGui context.

#include <cstdint>
#include <vector>

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/rect.h"

namespace poolscope::views {

/// A pool of the list, and in which lists of the World it is at the time that is shown.
struct ListedPool {
  const PoolFigures* figures = nullptr;
  bool in_all_pools = false;
  bool in_old_pools = false;
};

/// Those that the viewer has asked for and whose names have the words that are searched, the
/// busiest first.
std::vector<ListedPool> listed_pools(const ViewInput& input);

/// The least area in which all of it is seen, at 0, 0.
layout::Rect least_pools(const ViewInput& input);
/// `area` is at least that large.
void draw_pools(const ViewInput& input, const layout::Rect& area, intents::Intents& asked);

}  // namespace poolscope::views
