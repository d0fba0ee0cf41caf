// The sentence, in the largest type but the title, and under it the banner of the last GC or
// resize.

#include "app/views/stage/caption.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "app/locale/translate.h"
#include "app/views/paint/paint.h"
#include "app/views/widgets/script_names.h"
#include "app/views/words/answer_text.h"
#include "app/views/words/sentence.h"

namespace poolscope::views {

using locale::tr;
using locale::trf;

namespace {

/// What a click in between has come to.
std::string click_text(const PlayedLine& line) {
  constexpr std::string_view kBlocked = "blocked-by ";
  if (!std::string_view(line.answer).starts_with(kBlocked)) {
    return trf("You have run {0} in between.", line.text);
  }
  return trf("{0}: blocked by {1}, which is pinned. Nothing has changed.", line.text,
             line.answer.substr(kBlocked.size()));
}

/// The line of a lesson that is shown, and what it answered.
std::string line_text(const LessonStatus& lesson) {
  const PlayedLine& line = *lesson.line();
  // A dump answers in many lines; the tab of the lesson has them.
  const bool one_line = line.answer.find('\n') == std::string::npos;
  std::string said = one_line ? line.text + " -> " + answer_text(line.answer) : line.text;
  if (line.by_viewer) return said;
  return trf("Line {0} of {1}: {2}", lesson.lines_shown(), lesson.lesson->lines.size(), said);
}

/// What stands under the caption of a lesson.
std::string lesson_banner(const LessonStatus& lesson, std::string_view language) {
  if (lesson.left_path()) {
    return tr(
        "The lesson has left its path: you have changed the pool in between. Shift+Home "
        "starts it anew.");
  }
  if (lesson.line() == nullptr) {
    return tr("PgDn runs the next line on the real threads, PgUp goes back to before it.");
  }
  const bool takes_home = lesson.at_end() && !lesson.lesson->takeaway.empty();
  return takes_home ? lesson.lesson->takeaway.in(language) : line_text(lesson);
}

/// The note of the marker at which the playhead stands, or its title; "": it has neither.
std::string marker_caption(const SessionStatus& session) {
  const ListedMarker* marker = session.marker();
  if (marker == nullptr) return "";
  return marker->note.empty() ? marker->title : marker->note;
}

}  // namespace

std::string caption_text(const ViewInput& input) {
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) return marker_caption(input.session);
  const std::string_view language = input.state.language;
  const PlayedLine* line = lesson->line();
  if (line == nullptr) {
    const script::Lesson& words = *lesson->lesson;
    return words.question.empty() ? words.name : words.question.in(language);
  }
  if (line->by_viewer) return click_text(*line);
  const script::LessonText& caption = lesson->lesson->lines[lesson->lines_shown() - 1].caption;
  return caption.empty() ? line_text(*lesson) : caption.in(language);
}

std::string sentence_text(const ViewInput& input) {
  const NamesOfScript names = names_of(input);
  if (std::string caption = caption_text(input); !caption.empty()) return caption;
  return sentence_of(input.model, spotlight_of(input),
                     {.g = input.state.followed, .object = input.state.followed_object},
                     shown_pool(input));
}

std::string banner_text(const ViewInput& input) {
  const NamesOfScript names = names_of(input);
  if (!input.message.text.empty()) return tr(input.message.text.c_str());
  if (input.session.lesson != nullptr) {
    return lesson_banner(*input.session.lesson, input.state.language);
  }
  if (const ListedMarker* marker = input.session.marker()) {
    return trf("Marker {0} of {1}", *input.session.at_marker + 1, input.session.markers->size()) +
           (marker->note.empty() || marker->title.empty() ? "" : ": " + marker->title);
  }
  return banner_of(input.model, input.session.playhead.time_ns, shown_pool(input));
}

namespace {

// In the largest type in which there is room for all of it.
void draw_sentence(Painter& painter, const Rect& room, const std::string& sentence) {
  for (const FontRole role : {FontRole::kSentence, FontRole::kBody, FontRole::kSmall}) {
    const float line_h = std::ceil(painter.size_of(role) * 1.35F);
    const int most = std::max(1, static_cast<int>((room.h + 0.5F) / line_h));
    const int needed = painter.lines_of(role, sentence, room.w);
    if (needed > most && role != FontRole::kSmall) continue;
    // A line alone stands in the middle.
    Rect lines = room;
    if (needed == 1 && most == 1) lines = {room.x, room.center().y - line_h / 2, room.w, line_h};
    painter.paragraph_in(lines, role, painter.theme().text_hi, sentence, line_h);
    return;
  }
}

// A button at the end of the banner's first line, left of those that are there already.
Painter::Touch draw_at_end(Painter& painter, Rect& banner, float line_h, std::string_view label,
                           const std::string& word) {
  const float pad = painter.px(theme::space::kClose);
  Rect at = banner.cut_right(painter.width_of(FontRole::kSmall, word) + 2 * pad);
  banner.cut_right(pad);
  at.h = line_h;
  const auto touch = painter.touch(label, at);
  const Color ink = touch.hovered ? painter.theme().text_hi : painter.theme().text_mid;
  painter.border(at, painter.theme().stroke_hi, painter.sizes().hairline,
                 painter.sizes().radius_object);
  painter.text_in(at, FontRole::kSmall, ink, word, Align::kCenter);
  return touch;
}

// What can be answered to the message, or what the banner says, once more.
void draw_buttons(Painter& painter, Rect& banner, float line_h, intents::Intents& asked) {
  const ViewInput& input = painter.input();
  if (!input.interactive) return;
  const std::vector<Message::Answer>& answers = input.message.answers;
  for (auto answer = answers.rbegin(); answer != answers.rend(); ++answer) {
    const auto touch = draw_at_end(painter, banner, line_h, answer->label, answer->text);
    if (touch.clicked) asked.push_back(answer->intent);
  }
  if (answers.empty() && input.session.marker() != nullptr) {
    const auto touch = draw_at_end(painter, banner, line_h, "markers", tr("edit"));
    if (touch.clicked) asked.emplace_back(intents::ToggleMarkers{});
    if (touch.hovered) painter.tooltip(tr("The list of markers: titles, notes"));
  }
  // Of a comparison nothing is shown once more.
  if (!answers.empty() || !input.session.can.can_seek || input.session.comparison) return;
  const auto touch = draw_at_end(painter, banner, line_h, "again", tr("again"));
  if (touch.clicked) asked.emplace_back(intents::Again{});
  if (touch.hovered) painter.tooltip(tr("The last GC, resize, loss or steal once more"));
}

// Of a GC its diamond; of a change of GOMAXPROCS the flag that stands on the timeline; of a message
// of the program a dot.
void draw_banner_sign(Painter& painter, Point at, float size, Color color, bool message) {
  if (message) return painter.dot(at, size * 0.4F, color);
  if (!banner_is_of_resize(painter.input().model, shown_pool(painter.input()))) {
    return painter.diamond_sign(at, size, color);
  }
  const float half = size / 2;
  painter.triangle({at.x - half, at.y - half}, {at.x + half, at.y}, {at.x - half, at.y + half},
                   painter.theme().text_mid);
}

}  // namespace

void draw_caption(const ViewInput& input, const layout::Rect& area, int sentence_lines,
                  intents::Intents& asked) {
  Painter painter(input);
  const auto& theme = painter.theme();
  painter.fill(area, theme.panel, painter.sizes().radius_panel);
  painter.border(area, theme.stroke, painter.sizes().hairline, painter.sizes().radius_panel);
  // The bar at the left marks the sentence.
  const Rect mark{area.x + painter.px(theme::space::kHair),
                  area.y + painter.px(theme::space::kLoose), painter.px(theme::space::kFine),
                  area.h - painter.px(theme::space::kFar)};
  painter.fill(mark, theme.steal.fill, painter.px(theme::space::kHair));
  Rect in = area.inset(painter.sizes().panel_inset, painter.sizes().gap * 0.8F);
  const float sentence_h = std::ceil(painter.size_of(FontRole::kSentence) * 1.35F);
  const Rect lines = in.cut_top(sentence_h * static_cast<float>(sentence_lines));
  const std::string sentence = sentence_text(input);
  draw_sentence(painter, lines, sentence);
  const std::string banner = banner_text(input);
  const float line_h = std::ceil(painter.size_of(FontRole::kSmall) * 1.35F);
  draw_buttons(painter, in, line_h, asked);
  if (banner.empty()) {
    if (!input.interactive) return;
    const std::string hint = tr("Click a goroutine or an object to follow it.");
    const auto lines_needed = painter.lines_of(FontRole::kSmall, hint, in.w);
    if (lines_needed > 1) {
      painter.paragraph_in(in, FontRole::kSmall, theme.text_low, hint, line_h);
    } else {
      painter.text_in({in.x, in.y, in.w, line_h}, FontRole::kSmall, theme.text_low, hint);
    }
    return;
  }
  const float sign = painter.size_of(FontRole::kSmall) * 0.7F;
  const bool message = !input.message.text.empty();
  const bool problem = message && input.message.kind == Message::Kind::kProblem;
  const Color color = problem ? theme.danger.text : message ? theme.hit.text : theme.victim.text;
  // A lesson's line is none of the facts that this sign stands for.
  if (message || (input.session.lesson == nullptr && input.session.marker() == nullptr)) {
    draw_banner_sign(painter, {in.x + sign / 2, in.y + line_h / 2}, sign, color, message);
    in.cut_left(sign + painter.px(theme::space::kClose));
  }
  const auto most = static_cast<int>((in.h + 0.5F) / line_h);
  const bool fits = painter.lines_of(FontRole::kSmall, banner, in.w) <= most;
  painter.paragraph_in(in, fits ? FontRole::kSmall : FontRole::kMicro,
                       problem ? color : theme.text_mid, banner, line_h);
}

}  // namespace poolscope::views
