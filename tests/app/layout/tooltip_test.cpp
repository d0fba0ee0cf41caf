// Tooltips hide neither what is pointed at nor what stands beside it.

#include "app/layout/tooltip.h"

#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "app/layout/window_layout.h"

namespace poolscope::layout {
namespace {

constexpr TooltipGaps kGaps{12, 16, 6};

TEST(Tooltip, OfTheToolbarHidesNeitherItsButtonsNorTheLegendBelow) {
  for (const theme::LayoutKind kind :
       {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
    for (const auto& [w, h, scale] : {std::tuple{1024.0F, 768.0F, 1.0F},
                                      {1280.0F, 720.0F, 1.0F},
                                      {1600.0F, 900.0F, 1.0F},
                                      {3200.0F, 1800.0F, 2.0F}}) {
      SCOPED_TRACE(std::to_string(static_cast<int>(w)));
      const theme::Sizes sizes = theme::sizes_of(kind, h, scale);
      const theme::FontSpecs fonts = theme::font_specs(kind, h, scale);
      const Rect window{0, 0, w, h};
      const WindowLayout at = window_layout(kind, window, sizes, fonts, {.timeline = true});
      const Rect heading = stage_layout(at.stage, {}, sizes, fonts).heading;
      const Rect kept = toolbar_with_heading(at, sizes, fonts);
      for (float x = 4; x < w; x += 40) {
        for (float y = at.toolbar.y + 2; y < at.toolbar.bottom(); y += 8) {
          const Rect box = tooltip_place({x, y}, 360 * scale, 60 * scale, kept, window, kGaps);
          EXPECT_TRUE(window.contains(box));
          EXPECT_FALSE(box.overlaps(at.toolbar));
          EXPECT_FALSE(box.overlaps(heading)) << "the legend stands there";
        }
      }
    }
  }
}

TEST(Tooltip, OfAPanelAtTheWindowsEndStandsOverIt) {
  const Rect window{0, 0, 800, 600};
  const Rect low{0, 500, 800, 100};
  const Rect box = tooltip_place({400, 550}, 200, 40, low, window, kGaps);
  EXPECT_EQ(box.bottom(), low.y - kGaps.beside);
  EXPECT_TRUE(window.contains(tooltip_place({790, 590}, 200, 40, {}, window, kGaps)));
}

}  // namespace
}  // namespace poolscope::layout
