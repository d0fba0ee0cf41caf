// The lecturer's own window.

#include "app/views/presenter/presenter.h"

#include <array>
#include <cmath>
#include <string_view>

#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/views/paint/paint.h"

namespace poolscope::views {
namespace {

using locale::tr;

constexpr float kLeading = 1.4F;

/// The type of what is said now, and of all else.
struct Type {
  FontRole now;
  FontRole rest;
};
// The second where the first has no room for all.
constexpr Type kLarge = {FontRole::kSentence, FontRole::kBody};
constexpr Type kSmall = {FontRole::kBody, FontRole::kSmall};

/// A text under its name.
struct Block {
  const char* name;
  std::string_view text;
  FontRole role = FontRole::kBody;
  Color color;
  bool framed = false;  // on a ground of its own: the class does not see it
};

float line_height(const Painter& painter, FontRole role) {
  return std::ceil(painter.size_of(role) * kLeading);
}

float text_height(const Painter& painter, FontRole role, std::string_view text, float width) {
  return line_height(painter, role) * static_cast<float>(painter.lines_of(role, text, width));
}

float name_height(const Painter& painter) { return line_height(painter, FontRole::kSmall); }

float gap_below(const Painter& painter) { return std::round(painter.sizes().gap * 1.5F); }

/// With the gap below it; nothing where there is no text.
float block_height(const Painter& painter, const Block& block, float width) {
  if (block.text.empty()) return 0;
  const float frame = block.framed ? 2 * painter.sizes().panel_inset : 0;
  return name_height(painter) + text_height(painter, block.role, block.text, width - frame) +
         frame + gap_below(painter);
}

/// Draws it as high as its text is, at most as `in` is, and cuts that off.
void draw_block(Painter& painter, Rect& in, const Block& block) {
  const auto& theme = painter.theme();
  Rect at = in.cut_top(block_height(painter, block, in.w));
  if (block.text.empty() || at.h < name_height(painter)) return;
  at.cut_bottom(gap_below(painter));
  if (block.framed) {
    painter.fill(at, theme.card, painter.sizes().radius_card);
    painter.border(at, theme.shared.text, painter.sizes().hairline, painter.sizes().radius_card);
    at = at.inset(painter.sizes().panel_inset);
  }
  painter.text_in(at.cut_top(name_height(painter)), FontRole::kSmallStrong,
                  block.framed ? theme.shared.text : theme.text_low, block.name);
  painter.paragraph_in(at, block.role, block.color, block.text, line_height(painter, block.role));
}

/// What stands one below the other, in that type.
std::array<Block, 3> blocks_of(const theme::Theme& theme, const PresenterTexts& texts,
                               const Type& type) {
  return {{{tr("Now"), texts.now, type.now, theme.text_hi},
           {tr("Your note"), texts.note, type.rest, theme.text_hi, true},
           {tr("Next"), texts.next, type.rest, theme.text_mid}}};
}

float height_under(const Painter& painter, const PresenterTexts& texts, float width) {
  if (texts.under.empty()) return 0;
  return text_height(painter, FontRole::kSmall, texts.under, width) + gap_below(painter);
}

bool fits(const Painter& painter, const Rect& in, const PresenterTexts& texts, const Type& type) {
  float h = height_under(painter, texts, in.w);
  for (const Block& block : blocks_of(painter.theme(), texts, type)) {
    h += block_height(painter, block, in.w);
  }
  return h <= in.h + gap_below(painter);
}

// Whether the elapsed time was clicked.
bool draw_head(Painter& painter, Rect row, const PresenterTexts& texts) {
  const auto& theme = painter.theme();
  const float gap = painter.px(theme::space::kFar);
  const Rect clock = row.cut_right(painter.width_of(FontRole::kTitle, texts.clock));
  painter.text_in(clock, FontRole::kTitle, theme.text_hi, texts.clock, Align::kRight);
  row.cut_right(gap);
  const Rect elapsed = row.cut_right(painter.width_of(FontRole::kMono, texts.elapsed));
  const auto touch = painter.touch("elapsed", elapsed);
  painter.text_in(elapsed, FontRole::kMono, touch.hovered ? theme.text_hi : theme.text_mid,
                  texts.elapsed, Align::kRight);
  if (touch.hovered) {
    Painter::point_with_hand();
    painter.tooltip(tr("How long the lecture has taken. A click starts it at zero"), elapsed);
  }
  row.cut_right(gap);
  if (texts.black) {
    const std::string text = tr("The class sees black: B brings the picture back");
    const Rect at = row.cut_right(painter.width_of(FontRole::kSmallStrong, text));
    painter.text_in(at, FontRole::kSmallStrong, theme.contended.text, text, Align::kRight);
    row.cut_right(gap);
  }
  painter.text_in(row, FontRole::kBodyStrong, theme.text_mid, texts.title);
  return touch.clicked;
}

/// "PgDn  Next line of the lesson": what some keys do here.
void draw_keys(Painter& painter, Rect row, bool lesson) {
  const auto& theme = painter.theme();
  using intents::Key;
  const intents::KeyChord black{.key = Key::kCharacter, .character = 'b'};
  const std::array<intents::KeyChord, 3> lesson_keys = {
      {{.key = Key::kPageDown}, {.key = Key::kPageUp}, black}};
  const std::array<intents::KeyChord, 3> other_keys = {
      {{.key = Key::kSpace}, {.key = Key::kRight}, black}};
  for (const intents::KeyChord& key : lesson ? lesson_keys : other_keys) {
    const intents::Command* command = intents::command_of(key);
    if (command == nullptr) continue;
    const std::string name = intents::key_text(key);
    const std::string text = tr(std::string(command->text).c_str());
    // Half a hint would say nothing.
    const float w = painter.width_of(FontRole::kMono, name) + painter.px(theme::space::kClose) +
                    painter.width_of(FontRole::kSmall, text);
    if (w > row.w) return;
    row.cut_left(painter.text_in(row, FontRole::kMono, theme.priv.text, name) +
                 painter.px(theme::space::kClose));
    row.cut_left(painter.text_in(row, FontRole::kSmall, theme.text_mid, text) +
                 painter.px(theme::space::kFar));
  }
}

}  // namespace

bool draw_presenter(const ViewInput& input, const PresenterTexts& texts) {
  Painter painter(input);
  const auto& theme = painter.theme();
  Rect in = input.window.inset(painter.sizes().panel_inset * 1.5F);
  const bool restarted =
      draw_head(painter, in.cut_top(line_height(painter, FontRole::kTitle)), texts);
  in.cut_top(painter.sizes().gap);
  painter.fill(in.cut_top(painter.sizes().hairline), theme.stroke);
  in.cut_top(painter.sizes().gap * 1.5F);
  draw_keys(painter, in.cut_bottom(line_height(painter, FontRole::kSmall)), texts.lesson);
  in.cut_bottom(painter.sizes().gap);
  const Type& type = fits(painter, in, texts, kLarge) ? kLarge : kSmall;
  const auto blocks = blocks_of(theme, texts, type);
  draw_block(painter, in, blocks[0]);
  Rect under = in.cut_top(height_under(painter, texts, in.w));
  painter.paragraph_in(under, FontRole::kSmall, theme.text_mid, texts.under,
                       line_height(painter, FontRole::kSmall));
  draw_block(painter, in, blocks[1]);
  draw_block(painter, in, blocks[2]);
  return restarted;
}

}  // namespace poolscope::views
