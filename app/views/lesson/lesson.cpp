// The tab of a lesson.

#include "app/views/lesson/lesson.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/locale/translate.h"
#include "app/views/lesson/lesson_parts.h"
#include "app/views/paint/paint.h"
#include "app/views/words/answer_text.h"

namespace poolscope::views {
namespace {

using locale::trf;

// From this width on the words of the lesson stand beside its lines, else above and below them.
constexpr float kBeside = 640;

/// One row of the list: a line that has run, or one of the lesson that has not.
struct LessonRow {
  std::size_t number = 0;  // of the lesson's line, from 1; 0: a click in between
  std::string text;
  std::string answer;
  const PlayedLine* played = nullptr;
  bool shown = false;  // the picture shows its effect as the last
};

/// An answer of many lines, a dump's, in one.
std::string in_one_line(const std::string& answer) {
  std::string line;
  for (std::size_t at = 0; at < answer.size();) {
    const std::size_t end = std::min(answer.find('\n', at), answer.size());
    const std::size_t begin = std::min(answer.find_first_not_of(' ', at), end);
    if (!line.empty() && begin < end) line += "   ";
    line += answer.substr(begin, end - begin);
    at = end + 1;
  }
  return line;
}

std::vector<LessonRow> rows_of(const LessonStatus& lesson) {
  std::vector<LessonRow> rows;
  for (std::size_t i = 0; i < lesson.played->size(); ++i) {
    const PlayedLine& line = (*lesson.played)[i];
    rows.push_back({line.by_viewer ? 0 : line.lines, line.text,
                    in_one_line(answer_text(line.answer)), &line, i + 1 == lesson.shown});
  }
  const auto& commands = lesson.lesson->script.commands;
  for (std::size_t i = lesson.lines_run(); i < commands.size(); ++i) {
    rows.push_back({i + 1, commands[i].text, "", nullptr, false});
  }
  return rows;
}

void draw_row(Painter& painter, Rect at, const LessonRow& row, intents::Intents& asked) {
  const auto& theme = painter.theme();
  const std::string id = "lesson line " + std::to_string(at.y);
  const auto touch = painter.touch_unnamed(id, at);
  if (row.shown) {
    painter.fill(at, theme.raised, painter.sizes().radius_object);
    painter.fill({at.x, at.y, painter.px(theme::space::kFine), at.h}, theme.steal.fill, 1);
  }
  at.cut_left(painter.px(theme::space::kClose));
  const Rect number = at.cut_left(painter.width_of(FontRole::kMono, "88"));
  const bool ran = row.played != nullptr;
  painter.text_in(number, FontRole::kMono, theme.text_low,
                  row.number == 0 ? "+" : std::to_string(row.number), Align::kRight);
  at.cut_left(painter.px(theme::space::kClose));
  const Color ink = row.shown ? theme.text_hi : ran ? theme.text_mid : theme.text_low;
  const float w = painter.text_in(at, FontRole::kMono, ink, row.text);
  if (!ran) return;
  at.cut_left(w + painter.px(theme::space::kApart));
  painter.text_in(at, FontRole::kMono, row.shown ? theme.hit.text : theme.text_mid,
                  "-> " + row.answer);
  // What is cut off can be read all the same.
  const bool cut = painter.width_of(FontRole::kMono, "-> " + row.answer) > at.w;
  if (touch.hovered && cut) painter.tooltip(answer_text(row.played->answer));
  if (touch.clicked) asked.emplace_back(intents::SeekTime{row.played->end_ns});
}

/// As many rows as fit, the one that is shown in the middle of them.
void draw_rows(Painter& painter, Rect in, const LessonStatus& lesson, intents::Intents& asked) {
  const std::vector<LessonRow> rows = rows_of(lesson);
  const float line = std::ceil(painter.size_of(FontRole::kMono) * 1.5F);
  const auto fit = static_cast<std::size_t>(std::max(1.0F, std::floor(in.h / line)));
  const std::size_t shown = lesson.shown == 0 ? 0 : lesson.shown - 1;
  const std::size_t most = rows.size() > fit ? rows.size() - fit : 0;
  const std::size_t first = std::min(shown > fit / 2 ? shown - fit / 2 : 0, most);
  for (std::size_t i = first; i < std::min(rows.size(), first + fit); ++i) {
    draw_row(painter, in.cut_top(line), rows[i], asked);
  }
}

std::string title_of(const script::Lesson& lesson, std::string_view language) {
  return lesson.title.empty() ? lesson.name : lesson.name + "  " + lesson.title.in(language);
}

/// The sentence to take home; "" before the end.
std::string last_sentence(const LessonStatus& lesson, std::string_view language) {
  if (!lesson.at_end() || lesson.lesson->takeaway.empty()) return "";
  return trf("To take home: {0}", lesson.lesson->takeaway.in(language));
}

}  // namespace

void draw_lesson(const ViewInput& input, const layout::Rect& area, intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  Rect in = painter.panel(area);
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) return;
  const std::string_view language = input.state.language;
  const std::string title = title_of(*lesson->lesson, language);
  const std::string question = lesson->lesson->question.in(language);
  const std::string last = last_sentence(*lesson, language);
  if (const script::LessonAsk* ask = lesson->asks(); ask != nullptr) {
    return draw_question(painter, in, *ask, asked);
  }
  if (in.w >= painter.px(kBeside)) {
    const float share = lesson->outcomes == nullptr ? 0.36F : 0.5F;
    Rect words = in.cut_right(std::round(in.w * share));
    in.cut_right(painter.sizes().gap);
    if (lesson->answered) {
      draw_verdict(painter, words, *lesson);
    } else {
      if (lesson->outcomes == nullptr) {
        draw_text(painter, words, FontRole::kBodyStrong, theme.text_hi, title);
        draw_text(painter, words, FontRole::kSmall, theme.text_mid, last.empty() ? question : last);
      }
      draw_exploration(painter, words, *lesson, asked);
    }
  } else {
    draw_text(painter, in, FontRole::kBodyStrong, theme.text_hi, title);
    draw_text(painter, in, FontRole::kSmall, theme.text_mid, question);
    in.cut_top(painter.sizes().gap);
    draw_verdict(painter, in, *lesson);
    if (lesson->lesson->exploration) {
      const float share = lesson->outcomes == nullptr ? 0.08F : 0.35F;
      const float least = painter.sizes().button_h;
      draw_exploration(painter, in.cut_bottom(std::max(least, std::round(in.h * share))), *lesson,
                       asked);
      in.cut_bottom(painter.sizes().gap);
    }
    Rect end = in.cut_bottom(text_height(painter, FontRole::kSmall, last, in.w));
    draw_text(painter, end, FontRole::kSmall, theme.text_hi, last);
  }
  draw_rows(painter, in, *lesson, asked);
}

}  // namespace poolscope::views
