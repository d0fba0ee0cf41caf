// Every outcome of a lesson's concurrent lines.

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "app/locale/translate.h"
#include "app/views/lesson/lesson_parts.h"
#include "app/views/widgets/controls.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

void draw_explore_button(Painter& painter, Rect in, const std::string& text,
                         intents::Intents& asked) {
  Rect row = in.cut_top(painter.sizes().button_h * 0.88F);
  if (draw_text_button(painter, "explore", row, tr("All interleavings"), text)) {
    asked.emplace_back(intents::ExploreLesson{});
  }
}

void draw_outcome(Painter& painter, Rect row, const LessonOutcomes& found, std::size_t number,
                  bool played, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const LessonOutcomes::Outcome& outcome = found.outcomes[number - 1];
  const auto touch = painter.touch("outcome." + std::to_string(number), row);
  if (touch.clicked) asked.emplace_back(intents::PlayOutcome{number});
  if (played || touch.hovered) painter.fill(row, theme.raised, painter.sizes().radius_object);
  if (played) {
    painter.fill({row.x, row.y, painter.px(theme::space::kFine), row.h}, theme.steal.fill, 1);
  }
  row.cut_left(painter.px(theme::space::kClose));
  const std::string share = trf("x{0}", count_text(outcome.schedules));
  const Rect count = row.cut_left(painter.width_of(FontRole::kMono, "x88,888"));
  painter.text_in(count, FontRole::kMono, theme.priv.text, share);
  row.cut_left(painter.px(theme::space::kClose));
  const std::string text =
      outcome.lost.empty() ? outcome.text : outcome.text + "   lost=[" + outcome.lost + "]";
  painter.text_in(row, FontRole::kMono, theme.text_hi, text);
  if (touch.hovered) {
    painter.tooltip(text + "\n" + tr("Click to play one of its schedules on the real threads"));
  }
}

}  // namespace

void draw_exploration(Painter& painter, Rect in, const LessonStatus& lesson,
                      intents::Intents& asked) {
  if (!lesson.lesson->exploration) return;
  const auto& theme = painter.theme();
  const std::string& text = lesson.lesson->exploration_text.in(painter.input().state.language);
  const LessonOutcomes* found = lesson.outcomes.get();
  if (found == nullptr) return draw_explore_button(painter, in, text, asked);
  if (!found->problem.empty()) {
    return draw_text(painter, in, FontRole::kSmall, theme.danger.text, found->problem);
  }
  if (found->outcomes.empty()) {
    return draw_text(painter, in, FontRole::kSmall, theme.text_mid,
                     tr("Going through all interleavings ..."));
  }
  const std::string sum =
      trf("{0} outcomes of {1} schedules", count_text(found->outcomes.size()),
          found->complete ? count_text(found->schedules) : count_text(found->schedules) + "+");
  draw_text(painter, in, FontRole::kSmallStrong, theme.text_hi, sum);
  const float line = std::ceil(painter.size_of(FontRole::kMono) * 1.5F);
  // Where there are more than fit, they are scrolled.
  ImGui::SetCursorScreenPos({in.x, in.y});
  ImGui::BeginChild("outcomes", {in.w, in.h});
  Painter scrolled(painter.input());
  scrolled.enter_list(in);
  const float y = in.y - ImGui::GetScrollY();
  for (std::size_t i = 1; i <= found->outcomes.size(); ++i) {
    const Rect row{in.x, y + line * static_cast<float>(i - 1), in.w, line};
    if (row.bottom() < in.y || row.y > in.bottom()) continue;
    draw_outcome(scrolled, row, *found, i, lesson.outcome == i, asked);
  }
  ImGui::SetCursorScreenPos({in.x, y});
  ImGui::Dummy({1, line * static_cast<float>(found->outcomes.size())});
  scrolled.leave();
  ImGui::EndChild();
}

}  // namespace poolscope::views
