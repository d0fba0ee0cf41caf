#include "app/layout/window_layout.h"

#include <algorithm>
#include <cmath>

#include "app/layout/stage.h"

namespace poolscope::layout {
namespace {

using theme::FontRole;

// Widths in px at scale 1, from which on this number of rows or lines is enough.
constexpr float kOneRowToolbar = 1350;
constexpr float kTwoRowToolbar = 830;
constexpr float kThreeRowToolbar = 625;
constexpr float kFourRowToolbar = 520;
constexpr float kFiveRowToolbar = 440;
constexpr int kMostToolbarRows = 6;
constexpr float kOneLineSentence = 700;
constexpr float kTwoLineSentence = 420;
constexpr float kOneLineBanner = 1080;
constexpr float kTwoLineBanner = 640;
constexpr float kThreeLineBanner = 420;
constexpr float kOneRowConservation = 700;
constexpr float kInspectorFrom = 1180;
// What the widest of the toolbar's groups need in a row, and the lines over and under the cards.
constexpr float kLeastWidth = 365;
// An enlarged panel stands beside the tabs.
constexpr float kLeastWidthEnlarged = 545;
// A picture that nobody can scroll is drawn smaller before it has fewer cards in a row.
constexpr float kLeastWidthOfPicture = 580;
// Below kUsualColumns.
constexpr std::size_t kFewColumns = 2;

// Heights in px at scale 1 below which a lower panel says nothing.
constexpr float kLeastLower = 110;
constexpr float kLeastLowerWithChoices = 132;
constexpr float kLeastMemory = 150;
constexpr float kLeastTimeline = 110;
constexpr float kMostMemory = 220;
// The same of a timeline that has no heading.
constexpr float kLeastLowTimeline = 69;

// Of the lecture layout: widths in ems, how many tabs there are, and the least height of one.
constexpr float kTabs = 7;
constexpr float kTabsInTwoColumns = 13.5F;
constexpr int kTabsOfSession = 5;
constexpr int kTabsOfLesson = 6;
constexpr float kTabLeading = 1.25F;

// Parts of the height: of the lecture layout's lower panel, and of the workbench's panels.
constexpr float kLowerShare = 0.235F;
constexpr float kLowerShareOfLesson = 0.31F;
constexpr float kLowerShareOfTables = 0.36F;
constexpr float kLowerShareOfMemory = 0.34F;
constexpr float kTimelineShare = 0.2F;
constexpr float kMemoryShare = 0.24F;

float line_height(const theme::FontSpecs& fonts, FontRole role, float leading) {
  return std::ceil(spec_of(fonts, role).size_px * leading);
}

/// What all layouts have: heights that follow from the width.
struct Heights {
  float toolbar;
  float caption;
  float conservation;
  LeastRoom stage;
  bool scrolled = false;  // no room for more than these
  Content content;
};

int toolbar_rows_in(float w) {
  if (w >= kOneRowToolbar) return 1;
  if (w >= kTwoRowToolbar) return 2;
  if (w >= kThreeRowToolbar) return 3;
  if (w >= kFourRowToolbar) return 4;
  return w >= kFiveRowToolbar ? 5 : kMostToolbarRows;
}

int banner_lines_in(float w) {
  if (w >= kOneLineBanner) return 1;
  if (w >= kTwoLineBanner) return 2;
  return w >= kThreeLineBanner ? 3 : 5;
}

/// The least for so many Ps in a window of that width; it has as many in a row as it has room for.
LeastRoom least_stage_for(std::size_t ps, float width, const theme::Sizes& sizes,
                          const theme::FontSpecs& fonts) {
  const LeastRoom usual = least_stage(sizes, fonts, ps / kUsualColumns);
  if (usual.w + 2 * sizes.gap <= width) return usual;
  return least_stage(sizes, fonts, ps / kFewColumns, kFewColumns);
}

/// The least that the canvas of such a window may have.
float least_width(const theme::Sizes& sizes, const theme::FontSpecs& fonts,
                  const Content& content) {
  if (content.controls && !content.enlarged) {
    return std::max(kLeastWidth * sizes.scale,
                    least_stage(sizes, fonts, 1, kFewColumns).w + 2 * sizes.gap);
  }
  const float least = content.controls ? kLeastWidthEnlarged : kLeastWidthOfPicture;
  return std::max(least * sizes.scale, least_stage(sizes, fonts).w + 2 * sizes.gap);
}

Heights choose_rows(WindowLayout& at, float width, float beside, const theme::Sizes& sizes,
                    const theme::FontSpecs& fonts, const Content& content) {
  const float w = width / sizes.scale;
  at.controls = content.controls;
  at.toolbar_rows = content.controls ? toolbar_rows_in(w) : 1;
  // Beside an inspector the caption is narrower than the window.
  const float caption_w = (width - beside) / sizes.scale;
  const bool narrow = caption_w < kTwoLineSentence;
  at.sentence_lines = caption_w >= kOneLineSentence ? 1 : narrow ? 3 : 2;
  if (content.lesson) at.sentence_lines += narrow ? 3 : 1;
  at.banner_lines = banner_lines_in(caption_w);
  const float more_rows =
      static_cast<float>(at.toolbar_rows - 1) * std::round(sizes.button_h + sizes.gap * 0.7F);
  const float strip_h = line_height(fonts, FontRole::kSmall, 2.1F);
  return {
      .toolbar = sizes.toolbar_h + more_rows,
      .caption =
          std::round(sizes.gap * 1.6F) +
          static_cast<float>(at.sentence_lines) * line_height(fonts, FontRole::kSentence, 1.35F) +
          static_cast<float>(at.banner_lines) * line_height(fonts, FontRole::kSmall, 1.35F),
      .conservation = w >= kOneRowConservation ? strip_h : std::round(strip_h * 1.9F),
      .stage = least_stage_for(kUsualColumns, width, sizes, fonts),
      .content = content};
}

/// Stage, caption and conservation strip; they are always there.
void lay_out_upper(WindowLayout& at, Rect rest, const Heights& heights, float gap) {
  if (at.conservation.empty()) {
    at.conservation = rest.cut_bottom(heights.conservation);
    rest.cut_bottom(gap);
  }
  at.caption = rest.cut_bottom(heights.caption);
  rest.cut_bottom(gap);
  at.stage = rest;
}

/// What a timeline of `lower_h` keeps when the cards above it, with `stage_h` for the stage, need
/// more height for their words, or at least for their bars.
float low_timeline(float lower_h, float stage_w, float stage_h, float least_h,
                   const StageShape& shape, const theme::Sizes& sizes,
                   const theme::FontSpecs& fonts) {
  for (const CardDetail wished :
       {CardDetail::kPacked, CardDetail::kTall, CardDetail::kNarrow, CardDetail::kMini}) {
    const float missing = height_for(wished, stage_w, shape, sizes, fonts) - stage_h;
    if (missing <= 0) return lower_h;
    if (missing <= lower_h - least_h) return lower_h - missing;
  }
  return lower_h;
}

/// Two where one is not high enough for a line of text each.
int tab_columns(float lower_h, bool with_choices, const Content& content, const theme::Sizes& sizes,
                const theme::FontSpecs& fonts) {
  const float choices_h =
      with_choices ? 2 * sizes.button_h + std::round(theme::space::kTight * sizes.scale) : 0;
  const float room_h = lower_h - 2 * std::round(theme::space::kSnug * sizes.scale) - choices_h;
  const auto tabs = static_cast<float>(content.lesson ? kTabsOfLesson : kTabsOfSession);
  return room_h < tabs * line_height(fonts, FontRole::kSmall, kTabLeading) ? 2 : 1;
}

/// The tabs of the lecture layout, off the left of `rest`.
void cut_tabs(WindowLayout& at, Rect& rest, const theme::Sizes& sizes,
              const theme::FontSpecs& fonts, const Content& content) {
  at.tab_columns = tab_columns(rest.h, at.choices_in_tabs(), content, sizes, fonts);
  const float tabs_w = at.tab_columns == 1 ? kTabs : kTabsInTwoColumns;
  at.tabs = rest.cut_left(std::round(line_height(fonts, FontRole::kSmall, 1) * tabs_w));
  rest.cut_left(sizes.gap);
}

/// The chosen panel stands where the stage does, and takes its room.
void enlarge(WindowLayout& at) {
  at.enlarged = at.stage;
  at.stage = {};
}

float lower_share(const Content& content) {
  if (content.tables) return kLowerShareOfTables;
  if (content.memory) return kLowerShareOfMemory;
  return content.lesson ? kLowerShareOfLesson : kLowerShare;
}

void lay_out_lecture(WindowLayout& at, Rect rest, const Heights& heights, const theme::Sizes& sizes,
                     const theme::FontSpecs& fonts) {
  const float gap = sizes.gap;
  const float least_h =
      std::round((at.choices_in_tabs() ? kLeastLowerWithChoices : kLeastLower) * sizes.scale);
  const float upper_h = heights.stage.h + heights.caption + heights.conservation + 2 * gap;
  float lower_h = std::max(std::round(rest.h * kLowerShare), least_h);
  if (const float share = lower_share(heights.content); share > kLowerShare) {
    const float room_h = rest.h - 3 * gap - upper_h;
    lower_h = std::max(lower_h, std::min(std::round(rest.h * share), room_h));
  }
  rest = rest.inset(gap, gap);
  if (heights.content.enlarged) {
    lay_out_upper(at, rest, heights, gap);
    cut_tabs(at, at.stage, sizes, fonts, heights.content);
    return enlarge(at);
  }
  if (!heights.scrolled && rest.h >= upper_h + gap + lower_h) {
    if (heights.content.timeline) {
      const float stage_h = rest.h - lower_h - heights.caption - heights.conservation - 3 * gap;
      const float low_h =
          at.choices_in_tabs() ? least_h : std::round(kLeastLowTimeline * sizes.scale);
      lower_h = low_timeline(lower_h, rest.w, stage_h, low_h, heights.content.stage, sizes, fonts);
    }
    Rect lower = rest.cut_bottom(lower_h);
    rest.cut_bottom(gap);
    cut_tabs(at, lower, sizes, fonts, heights.content);
    at.memory = lower;
    at.timeline = lower;
  }
  lay_out_upper(at, rest, heights, gap);
}

void lay_out_workbench(WindowLayout& at, Rect rest, const Heights& heights,
                       const theme::Sizes& sizes) {
  const float gap = sizes.gap;
  const float upper_h = heights.stage.h + heights.caption + heights.conservation + 2 * gap;
  rest = rest.inset(gap, gap);
  at.one_lower = false;
  const float timeline_h = std::min(sizes.timeline_h, std::round(rest.h * kTimelineShare));
  if (!heights.scrolled && timeline_h >= kLeastTimeline * sizes.scale &&
      rest.h >= upper_h + gap + timeline_h) {
    at.timeline = rest.cut_bottom(timeline_h);
    rest.cut_bottom(gap);
  }
  if (!heights.scrolled && rest.w / sizes.scale >= kInspectorFrom) {
    Rect side = rest.cut_right(sizes.inspector_w);
    rest.cut_right(gap);
    at.conservation = side.cut_top(std::round(heights.conservation * 1.9F));
    side.cut_top(gap);
    at.inspector = side;
  }
  const float memory_h = std::round(std::min(rest.h * kMemoryShare, kMostMemory * sizes.scale));
  if (!heights.scrolled && !heights.content.enlarged && memory_h >= kLeastMemory * sizes.scale &&
      rest.h >= upper_h + gap + memory_h) {
    at.memory = rest.cut_bottom(memory_h);
    rest.cut_bottom(gap);
  }
  lay_out_upper(at, rest, heights, gap);
  if (heights.content.enlarged) enlarge(at);
}

}  // namespace

std::vector<Rect> WindowLayout::panels() const {
  std::vector<Rect> all;
  for (const Rect& rect :
       {toolbar, stage, enlarged, caption, conservation, tabs, timeline, inspector}) {
    if (!rect.empty()) all.push_back(rect);
  }
  if (!one_lower && !memory.empty()) all.push_back(memory);
  return all;
}

Column column_of(float width, const theme::Sizes& sizes, const theme::FontSpecs& fonts) {
  WindowLayout at;
  const Heights heights = choose_rows(at, width, 0, sizes, fonts, {});
  constexpr int kSentenceLines = 2;
  constexpr int kBannerLines = 2;
  const float caption_h = heights.caption +
                          static_cast<float>(kSentenceLines - at.sentence_lines) *
                              line_height(fonts, FontRole::kSentence, 1.35F) +
                          static_cast<float>(kBannerLines - at.banner_lines) *
                              line_height(fonts, FontRole::kSmall, 1.35F);
  return {
      .sentence_lines = kSentenceLines,
      .caption_h = caption_h,
      .conservation_h = heights.conservation,
      .least_h = least_stage(sizes, fonts).h + caption_h + heights.conservation + 2 * sizes.gap};
}

Rect toolbar_with_heading(const WindowLayout& at, const theme::Sizes& sizes,
                          const theme::FontSpecs& fonts) {
  Rect both = at.toolbar;
  both.h = std::max(both.h, stage_heading(at.stage, sizes, fonts).bottom() - both.y);
  return both;
}

WindowLayout window_layout(theme::LayoutKind kind, const Rect& window, const theme::Sizes& sizes,
                           const theme::FontSpecs& fonts, const Content& content) {
  WindowLayout at;
  const float width = std::max(window.w, least_width(sizes, fonts, content));
  const bool inspector = kind == theme::LayoutKind::kWorkbench &&
                         (width - 2 * sizes.gap) / sizes.scale >= kInspectorFrom;
  const float beside = inspector ? sizes.inspector_w + sizes.gap : 0;
  Heights heights = choose_rows(at, width, beside, sizes, fonts, content);
  const float least_h =
      heights.toolbar + heights.stage.h + heights.caption + heights.conservation + 4 * sizes.gap;
  heights.scrolled = window.h < least_h;
  // Where it is scrolled anyway, eight Ps have cards too.
  const float more_rows =
      least_stage_for(2 * kUsualColumns, width, sizes, fonts).h - heights.stage.h;
  at.canvas = {window.x, window.y, width, heights.scrolled ? least_h + more_rows : window.h};
  Rect rest = at.canvas;
  at.toolbar = rest.cut_top(heights.toolbar);
  if (kind == theme::LayoutKind::kLecture) {
    lay_out_lecture(at, rest, heights, sizes, fonts);
  } else {
    lay_out_workbench(at, rest, heights, sizes);
  }
  return at;
}

}  // namespace poolscope::layout
