#pragma once

// The parts that the statistics are drawn from; only the files of this folder use them.
//
// Thread safety: the thread of the ImGui context.

#include <vector>

#include "app/intents/intents.h"
#include "app/layout/timeline_axis.h"
#include "app/views/paint/paint.h"
#include "core/story/statistics.h"

namespace poolscope::views {

/// What all parts draw from.
struct StatisticsView {
  Painter& painter;
  const ViewInput& input;
  const Statistics& statistics;
  Statistics::Range range;
  Tally sum;  // of that range

  /// Height of a line of small text.
  [[nodiscard]] float line_h() const;
};

/// Columns over time: where Gets got their object, and what each colour means.
void draw_gets(const StatisticsView& view, Rect in, intents::Intents& asked);
/// The width in which it has its words and something of a chart, at that height.
float width_of_gets(const StatisticsView& view, float h);
/// How many objects the pools held, and the GCs.
void draw_sawtooth(const StatisticsView& view, Rect in, intents::Intents& asked);
/// Stop-the-worlds, locks, drops.
void draw_waits(const StatisticsView& view, Rect in);
void draw_by_p(const StatisticsView& view, Rect in, intents::Intents& asked);
void draw_by_pool(const StatisticsView& view, Rect in, intents::Intents& asked);

}  // namespace poolscope::views
