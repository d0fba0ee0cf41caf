#include "app/views/presenter_window.h"

#include <string_view>

#include "app/locale/translate.h"
#include "app/views/bare_window.h"
#include "app/views/stage/caption.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

/// What comes with the next PgDn.
std::string next_text(const LessonStatus& lesson, std::string_view language) {
  if (lesson.at_end()) return tr("This was the last line.");
  if (const script::LessonAsk* ask = lesson.asks()) {
    return trf("A question: {0}", ask->text.in(language));
  }
  const std::size_t next = lesson.lines_shown();
  const script::LessonText& caption = lesson.lesson->lines[next].caption;
  return caption.empty() ? lesson.lesson->script.commands[next].text : caption.in(language);
}

/// Where the next PgDn stops; "": there are no markers.
std::string next_marker_text(const SessionStatus& session) {
  if (session.markers->empty()) return "";
  if (!session.next_marker) return tr("This was the last marker.");
  const ListedMarker& next = (*session.markers)[*session.next_marker];
  if (!next.title.empty()) return next.title;
  return next.note.empty()
             ? trf("Marker {0} of {1}", *session.next_marker + 1, session.markers->size())
             : next.note;
}

}  // namespace

PresenterTexts presenter_texts(const ViewInput& input) {
  PresenterTexts texts;
  texts.now = sentence_text(input);
  texts.under = banner_text(input);
  texts.title = input.session.name.empty() ? tr("live session") : input.session.name;
  texts.black = input.state.black;
  const LessonStatus* lesson = input.session.lesson.get();
  if (lesson == nullptr) {
    // Behind now there is no marker.
    const bool now =
        input.session.mode == ViewMode::kLive || input.session.mode == ViewMode::kPaused;
    if (!now) texts.next = next_marker_text(input.session);
    texts.lesson = !texts.next.empty();
    return texts;
  }
  const std::string_view language = input.state.language;
  texts.lesson = true;
  const script::Lesson& words = *lesson->lesson;
  texts.title = words.title.empty() ? words.name : words.name + "  " + words.title.in(language);
  texts.next = next_text(*lesson, language);
  const std::size_t shown = lesson->lines_shown();
  if (shown > 0) texts.note = words.lines[shown - 1].note.in(language);
  return texts;
}

bool draw_presenter_window(const ViewInput& input, const PresenterTexts& texts) {
  const bool shown = begin_bare("presenter", input, input.window, 0);
  const bool restarted = shown && draw_presenter(input, texts);
  end_bare();
  return restarted;
}

}  // namespace poolscope::views
