// The panels of a comparison: equal columns, nothing overlaps, nothing is outside.

#include "app/layout/comparison.h"

#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "app/layout/stage.h"

namespace poolscope::layout {
namespace {

std::vector<Rect> panels_of(const ComparisonLayout& at) {
  std::vector<Rect> panels = {at.toolbar, at.calls};
  for (const ComparisonLayout::Side& side : at.sides) {
    panels.insert(panels.end(), {side.stage, side.caption, side.conservation});
  }
  return panels;
}

TEST(ComparisonLayout, PanelsLieInTheCanvasApartFromEachOtherAtEverySizeAndZoom) {
  for (const theme::LayoutKind kind :
       {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
    for (const auto& [w, h, scale] : {std::tuple{640.0F, 400.0F, 1.0F},
                                      {1024.0F, 768.0F, 1.0F},
                                      {1280.0F, 720.0F, 1.0F},
                                      {1600.0F, 900.0F, 1.0F},
                                      {3200.0F, 1800.0F, 2.0F}}) {
      for (const float zoom : {1.0F, 2.0F, 3.0F}) {
        const theme::Sizes sizes = theme::sizes_of(kind, h, scale, zoom);
        const theme::FontSpecs fonts = theme::font_specs(kind, h, scale, zoom);
        const ComparisonLayout at = comparison_layout({0, 0, w, h}, sizes, fonts);
        const std::string name =
            std::to_string(w) + "x" + std::to_string(h) + " zoom " + std::to_string(zoom);
        const std::vector<Rect> panels = panels_of(at);
        for (std::size_t i = 0; i < panels.size(); ++i) {
          EXPECT_FALSE(panels[i].empty()) << name << " panel " << i;
          EXPECT_TRUE(at.canvas.contains(panels[i])) << name << " panel " << i;
          for (std::size_t j = 0; j < i; ++j) {
            EXPECT_FALSE(panels[i].overlaps(panels[j])) << name << " " << i << " and " << j;
          }
        }
        const LeastRoom least = least_stage(sizes, fonts);
        for (const ComparisonLayout::Side& side : at.sides) {
          EXPECT_GE(side.stage.w + 1, least.w) << name;
          EXPECT_GE(side.stage.h + 1, least.h) << name;
        }
        EXPECT_EQ(at.sides[0].stage.w, at.sides[1].stage.w) << name;
        EXPECT_EQ(at.sides[0].stage.h, at.sides[1].stage.h) << name;
        EXPECT_EQ(at.sides[0].stage.y, at.sides[1].stage.y) << name;
      }
    }
  }
}

TEST(ComparisonLayout, AUsualWindowNeedsNoScrolling) {
  for (const auto& [w, h] : {std::pair{1280.0F, 720.0F}, {1600.0F, 900.0F}}) {
    const auto kind = theme::LayoutKind::kLecture;
    const ComparisonLayout at =
        comparison_layout({0, 0, w, h}, theme::sizes_of(kind, h, 1), theme::font_specs(kind, h, 1));
    EXPECT_EQ(at.canvas.w, w);
    EXPECT_EQ(at.canvas.h, h);
  }
}

TEST(CallsLayout, BothRowsAreAsHighAndShareTheirAxis) {
  const auto kind = theme::LayoutKind::kLecture;
  const Rect panel{10, 500, 1260, 170};
  const CallsLayout at =
      calls_layout(panel, theme::sizes_of(kind, 720, 1), theme::font_specs(kind, 720, 1), 200);
  for (const CallsRow& row : at.rows) {
    for (const Rect& part : {row.name, row.strip, row.chart}) {
      EXPECT_TRUE(panel.contains(part));
      EXPECT_FALSE(part.overlaps(at.heading));
    }
    EXPECT_FALSE(row.strip.overlaps(row.chart));
    EXPECT_FALSE(row.name.overlaps(row.strip));
    EXPECT_FALSE(at.differences.overlaps(row.strip));
    EXPECT_FALSE(at.differences.overlaps(row.chart));
    EXPECT_EQ(row.strip.x, at.plot.x);
    EXPECT_EQ(row.strip.w, at.plot.w);
  }
  EXPECT_EQ(at.rows[0].strip.h, at.rows[1].strip.h);
  EXPECT_EQ(at.rows[0].chart.h, at.rows[1].chart.h);
  const CallsAxis axis{.plot = at.plot, .end = 40};
  EXPECT_FLOAT_EQ(axis.x_of(40), at.plot.right());
  EXPECT_NEAR(axis.value_at(axis.x_of(17)), 17, 1e-4);
}

TEST(CallsLayout, InAUsualWindowTheChartsAreHighEnoughForACurve) {
  for (const theme::LayoutKind kind :
       {theme::LayoutKind::kLecture, theme::LayoutKind::kWorkbench}) {
    for (const auto& [w, h] : {std::pair{1280.0F, 720.0F}, {1600.0F, 900.0F}}) {
      const theme::Sizes sizes = theme::sizes_of(kind, h, 1);
      const theme::FontSpecs fonts = theme::font_specs(kind, h, 1);
      const ComparisonLayout window = comparison_layout({0, 0, w, h}, sizes, fonts);
      const CallsLayout at = calls_layout(window.calls, sizes, fonts, 200);
      for (const CallsRow& row : at.rows) {
        EXPECT_GE(row.chart.h, 25 * sizes.scale) << w << "x" << h;
        EXPECT_TRUE(row.chart.contains(row.labels)) << "the numbers take no room of their own";
      }
    }
  }
}

}  // namespace
}  // namespace poolscope::layout
