#pragma once

// Where the panels stand in the window. The lecture layout stacks toolbar, stage, caption and
// conservation strip over one of the lower panels; the workbench shows all of them at once with an
// inspector at the right.
//
// A window that is too small for its panels, or zoomed too far, shows fewer of them; where even the
// stage with what belongs to it has no room, the canvas is larger than the window and is scrolled.
// A narrow window has more rows and lines, so that it is scrolled downwards only; to the side where
// even these are too wide. Nothing is ever squeezed.
//
// Thread safety: pure functions of values.
// Invariants: panels lie inside the canvas and do not overlap; a panel that is not shown is empty.
// A canvas larger than the window has no lower panel and no inspector. Where a panel is enlarged,
// the stage is empty, and in the lecture layout the lower panel too. The places depend on the
// window, the sizes, the kind of session, the number of Ps and the chosen tab only, not on what the
// panels say, so that nothing jumps while a session runs.

#include <vector>

#include "app/layout/rect.h"
#include "app/layout/stage.h"
#include "app/theme/tokens.h"
#include "app/theme/type.h"

namespace poolscope::layout {

struct WindowLayout {
  Rect canvas;  // what the panels stand on: the window, or more
  Rect toolbar;
  int toolbar_rows = 1;  // more where one is too narrow for the controls
  bool controls = true;  // there are some
  Rect stage;
  Rect caption;  // the sentence and the banner
  int sentence_lines = 1;
  int banner_lines = 1;
  Rect conservation;  // workbench: over the inspector
  Rect tabs;          // lecture: chooses the lower panel
  int tab_columns = 1;
  Rect memory;  // lecture: the same place as timeline
  Rect timeline;
  Rect inspector;         // workbench
  Rect enlarged;          // a panel that has the stage's place; empty: the stage has it
  bool one_lower = true;  // memory and timeline share a place, the chosen tab is drawn

  /// The panels that are drawn at the same time, empty ones left out.
  [[nodiscard]] std::vector<Rect> panels() const;
  /// Lecture: what the viewer chooses for itself stands under the tabs, where a toolbar of one row
  /// has no room for it.
  [[nodiscard]] bool choices_in_tabs() const { return controls && one_lower && toolbar_rows == 1; }
  /// Whether the canvas has to be scrolled to be seen.
  [[nodiscard]] bool scrolls(const Rect& window) const {
    return canvas.w > window.w || canvas.h > window.h;
  }
};

/// What the window has to show.
struct Content {
  bool controls = true;   // the toolbar has some: in a picture that nobody clicks in it has none
  bool lesson = false;    // its captions take more lines than a sentence
  bool timeline = false;  // lecture: the timeline is the lower panel; it can do with little height
  bool tables = false;    // lecture: the lower panel has charts and tables, which need height
  bool memory = false;    // lecture: the lower panel is the memory, which is read from afar
  bool enlarged = false;  // the chosen panel has the stage's place
  StageShape stage;       // lecture: the timeline gives the cards what they need for their words
};

/// The toolbar and, under it, the stage's heading with its legend: what a tooltip of the toolbar
/// must not hide.
Rect toolbar_with_heading(const WindowLayout& at, const theme::Sizes& sizes,
                          const theme::FontSpecs& fonts);

/// What caption and conservation strip get in a column of that width, below its stage, and the
/// least height of the column. The banner has two lines.
struct Column {
  int sentence_lines = 1;
  float caption_h = 0;
  float conservation_h = 0;
  float least_h = 0;
};
Column column_of(float width, const theme::Sizes& sizes, const theme::FontSpecs& fonts);

WindowLayout window_layout(theme::LayoutKind kind, const Rect& window, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts, const Content& content = {});

}  // namespace poolscope::layout
