#pragma once

// Where the panels of a comparison stand: under the toolbar two columns, each a stage over its
// caption and its conservation strip, and below both the calls.
//
// A window that is too small for that stands on a larger canvas and is scrolled, as the window of
// one session is (window_layout.h).
//
// Thread safety: pure functions of values.
// Invariants: panels lie inside the canvas and do not overlap. The two columns are equal, so that
// what differs between their pictures is not the layout's.

#include <array>

#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::layout {

struct ComparisonLayout {
  struct Side {
    Rect stage;
    Rect caption;
    Rect conservation;
  };
  Rect canvas;
  Rect toolbar;
  int toolbar_rows = 1;
  std::array<Side, 2> sides;
  int sentence_lines = 1;
  Rect calls;
};

ComparisonLayout comparison_layout(const Rect& window, const theme::Sizes& sizes,
                                   const theme::FontSpecs& fonts);

/// One side's rows of the panel of calls.
struct CallsRow {
  Rect name;    // of the side, and what it has come to
  Rect strip;   // where each Get got its object
  Rect chart;   // what New has made, and what is in the pools
  Rect labels;  // what each GC has dropped: along the chart's upper edge, and over it
};
struct CallsLayout {
  Rect heading;
  std::array<CallsRow, 2> rows;
  Rect differences;  // between the rows
  Rect plot;         // both rows without their names
};

/// `name_w`: what the names at the left take.
CallsLayout calls_layout(const Rect& panel, const theme::Sizes& sizes,
                         const theme::FontSpecs& fonts, float name_w);

/// Calls, or time, across the plot.
struct CallsAxis {
  Rect plot;
  double end = 1;  // the value at its right end; 0 is at its left
  [[nodiscard]] float x_of(double value) const {
    return plot.x + plot.w * static_cast<float>(value / end);
  }
  [[nodiscard]] double value_at(float x) const {
    return end * static_cast<double>((x - plot.x) / plot.w);
  }
};

}  // namespace poolscope::layout
