// The question of a lesson: its answers to pick, and whether the pick was right.

#include <algorithm>
#include <cmath>
#include <string>

#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/views/lesson/lesson_parts.h"
#include "app/views/widgets/controls.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

// From this width on two answers stand side by side.
constexpr float kTwoColumns = 640;

void draw_answer(Painter& painter, const Rect& at, std::size_t number, const std::string& text,
                 intents::Intents& asked) {
  const auto& theme = painter.theme();
  const std::string label = "predict." + std::to_string(number);
  if (draw_button(painter, label.c_str(), at, ButtonLook::kPlain, true)) {
    asked.emplace_back(intents::PickAnswer{number - 1});
  }
  Rect in = at.inset(painter.px(theme::space::kClose), painter.px(theme::space::kFine));
  const float line = std::ceil(painter.size_of(FontRole::kSmall) * 1.3F);
  const intents::Command* command = intents::command_of(label);
  const std::string key = command == nullptr ? "" : intents::key_text(command->key);
  const Rect key_at = in.cut_left(painter.width_of(FontRole::kSmallStrong, key));
  in.cut_left(painter.px(theme::space::kClose));
  const int lines = painter.lines_of(FontRole::kSmall, text, in.w);
  const float h = std::min(in.h, line * static_cast<float>(lines));
  const float y = in.y + (in.h - h) / 2;
  painter.text_in({key_at.x, y, key_at.w, line}, FontRole::kSmallStrong, theme.priv.text, key);
  painter.paragraph_in({in.x, y, in.w, std::max(h, line)}, FontRole::kSmall, theme.text_hi, text,
                       line);
}

}  // namespace

float text_height(const Painter& painter, FontRole role, const std::string& text, float width) {
  const float line = std::ceil(painter.size_of(role) * 1.4F);
  return text.empty() ? 0 : line * static_cast<float>(painter.lines_of(role, text, width));
}

void draw_text(Painter& painter, Rect& in, FontRole role, Color color, const std::string& text) {
  if (text.empty()) return;
  const float line = std::ceil(painter.size_of(role) * 1.4F);
  painter.paragraph_in(in.cut_top(std::min(in.h, text_height(painter, role, text, in.w))), role,
                       color, text, line);
}

void draw_question(Painter& painter, Rect in, const script::LessonAsk& ask,
                   intents::Intents& asked) {
  const std::string_view language = painter.input().state.language;
  draw_text(painter, in, FontRole::kBodyStrong, painter.theme().text_hi, ask.text.in(language));
  const float gap = painter.px(theme::space::kNear);
  in.cut_top(painter.px(theme::space::kTight));
  const std::size_t columns = in.w >= painter.px(kTwoColumns) ? 2 : 1;
  const std::size_t rows = (ask.choices.size() + columns - 1) / columns;
  // As high as three lines, or as there is room.
  const float most = std::ceil(painter.size_of(FontRole::kSmall) * 1.3F) * 3 + 2 * gap;
  const auto n = static_cast<float>(std::max<std::size_t>(rows, 1));
  const float h = std::min(most, std::floor((in.h - (n - 1) * gap) / n));
  const float w =
      std::floor((in.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns));
  for (std::size_t i = 0; i < ask.choices.size(); ++i) {
    const auto column = static_cast<float>(i % columns);
    const auto row = static_cast<float>(i / columns);
    draw_answer(painter, {in.x + column * (w + gap), in.y + row * (h + gap), w, h}, i + 1,
                ask.choices[i].text.in(language), asked);
  }
}

void draw_verdict(Painter& painter, Rect& in, const LessonStatus& lesson) {
  if (!lesson.answered) return;
  const auto& theme = painter.theme();
  const std::string_view language = painter.input().state.language;
  const AnsweredQuestion& answered = *lesson.answered;
  const std::vector<script::LessonChoice>& choices =
      lesson.lesson->lines[answered.line].ask->choices;
  const script::LessonChoice& picked = choices[answered.picked];
  if (!answered.right) {
    draw_text(painter, in, FontRole::kSmallStrong, theme.text_hi,
              lesson.left_path() ? tr("None of the answers: the pool was changed in between.")
                                 : tr("The next line shows which answer is right."));
    return;
  }
  const bool right = *answered.right == answered.picked;
  const theme::RoleColor& role = right ? theme.hit : theme.danger;
  draw_text(painter, in, FontRole::kSmallStrong, role.text,
            right ? trf("Right: {0}", picked.text.in(language))
                  : trf("Not so: {0}", picked.text.in(language)));
  draw_text(painter, in, FontRole::kSmall, theme.text_hi, picked.why.in(language));
  if (right) return;
  draw_text(painter, in, FontRole::kSmall, theme.text_hi,
            trf("Right is: {0}", choices[*answered.right].text.in(language)));
}

}  // namespace poolscope::views
