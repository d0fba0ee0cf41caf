#pragma once

// Where the panels stand in the window. The lecture layout stacks toolbar, stage, caption and
// conservation strip over one of the lower panels; the workbench shows all of them at once with an
// inspector at the right.
//
// Thread safety: pure functions of values.
// Invariants: panels lie inside the window and do not overlap; a panel that a layout does not show
// is empty. The places depend on the window and the sizes only, not on what the panels tell, so
// that nothing jumps while a session runs.

#include <vector>

#include "app/layout/rect.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::layout {

struct WindowLayout {
  Rect toolbar;
  int toolbar_rows = 1;  // two where one is too narrow for the controls
  Rect stage;
  Rect caption;  // the sentence and the banner
  int banner_lines = 1;
  Rect conservation;  // workbench: over the inspector
  Rect tabs;          // lecture: chooses the lower panel
  Rect memory;        // lecture: the same place as timeline
  Rect timeline;
  Rect inspector;         // workbench
  bool one_lower = true;  // memory and timeline share a place, the chosen tab is drawn

  /// The panels that are drawn at the same time, empty ones left out.
  [[nodiscard]] std::vector<Rect> panels() const;
};

WindowLayout window_layout(theme::LayoutKind kind, const Rect& window, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts);

}  // namespace poolscope::layout
