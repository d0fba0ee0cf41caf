#include "app/layout/window_layout.h"

#include <cmath>

namespace poolscope::layout {
namespace {

using theme::FontRole;

// Widths in px at scale 1.
constexpr float kOneRowToolbar = 1110;  // what all controls of the toolbar need side by side
constexpr float kOneLineBanner = 1080;  // what the longest banner needs
constexpr float kInspectorFrom = 1180;  // narrower windows have no inspector

// Parts of the height: of the lecture layout's lower panel, and of the workbench's panels.
constexpr float kLowerShare = 0.235F;
constexpr float kTimelineShare = 0.2F;
constexpr float kMemoryShare = 0.24F;

float line_height(const theme::FontSpecs& fonts, FontRole role, float leading) {
  return std::ceil(spec_of(fonts, role).size_px * leading);
}

float caption_height(const theme::Sizes& sizes, const theme::FontSpecs& fonts, int banner_lines) {
  return std::round(sizes.gap * 1.6F) + line_height(fonts, FontRole::kSentence, 1.35F) +
         static_cast<float>(banner_lines) * line_height(fonts, FontRole::kSmall, 1.35F);
}

Rect take_toolbar(Rect& rest, const theme::Sizes& sizes, int rows) {
  const float second = rows > 1 ? std::round(sizes.button_h + sizes.gap * 0.7F) : 0;
  return rest.cut_top(sizes.toolbar_h + second);
}

void lay_out_lecture(WindowLayout& at, Rect rest, const theme::Sizes& sizes,
                     const theme::FontSpecs& fonts) {
  const float gap = sizes.gap;
  const float lower_h = std::round(rest.h * kLowerShare);
  rest = rest.inset(gap, gap);
  Rect lower = rest.cut_bottom(lower_h);
  rest.cut_bottom(gap);
  at.conservation = rest.cut_bottom(line_height(fonts, FontRole::kSmall, 2.1F));
  rest.cut_bottom(gap);
  at.caption = rest.cut_bottom(caption_height(sizes, fonts, at.banner_lines));
  rest.cut_bottom(gap);
  at.stage = rest;
  at.tabs = lower.cut_left(std::round(line_height(fonts, FontRole::kSmall, 1) * 6.2F));
  lower.cut_left(gap);
  at.memory = lower;
  at.timeline = lower;
}

void lay_out_workbench(WindowLayout& at, Rect rest, const theme::Sizes& sizes,
                       const theme::FontSpecs& fonts) {
  const float gap = sizes.gap;
  const float strip_h = line_height(fonts, FontRole::kSmall, 2.1F);
  rest = rest.inset(gap, gap);
  at.one_lower = false;
  at.timeline = rest.cut_bottom(std::min(sizes.timeline_h, std::round(rest.h * kTimelineShare)));
  rest.cut_bottom(gap);
  if (rest.w / sizes.scale >= kInspectorFrom) {
    Rect side = rest.cut_right(sizes.inspector_w);
    rest.cut_right(gap);
    at.conservation = side.cut_top(std::round(strip_h * 1.9F));
    side.cut_top(gap);
    at.inspector = side;
  }
  at.memory = rest.cut_bottom(std::round(std::min(rest.h * kMemoryShare, 220 * sizes.scale)));
  rest.cut_bottom(gap);
  if (at.conservation.empty()) {
    at.conservation = rest.cut_bottom(strip_h);
    rest.cut_bottom(gap);
  }
  at.caption = rest.cut_bottom(caption_height(sizes, fonts, at.banner_lines));
  rest.cut_bottom(gap);
  at.stage = rest;
}

}  // namespace

std::vector<Rect> WindowLayout::panels() const {
  std::vector<Rect> all;
  for (const Rect& rect : {toolbar, stage, caption, conservation, tabs, timeline, inspector}) {
    if (!rect.empty()) all.push_back(rect);
  }
  if (!one_lower && !memory.empty()) all.push_back(memory);
  return all;
}

WindowLayout window_layout(theme::LayoutKind kind, const Rect& window, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts) {
  WindowLayout at;
  Rect rest = window;
  at.toolbar_rows = window.w / sizes.scale < kOneRowToolbar ? 2 : 1;
  at.toolbar = take_toolbar(rest, sizes, at.toolbar_rows);
  at.banner_lines = window.w / sizes.scale < kOneLineBanner ? 2 : 1;
  if (kind == theme::LayoutKind::kLecture) {
    lay_out_lecture(at, rest, sizes, fonts);
  } else {
    lay_out_workbench(at, rest, sizes, fonts);
  }
  return at;
}

}  // namespace poolscope::layout
