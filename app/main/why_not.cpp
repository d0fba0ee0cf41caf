#include "app/main/why_not.h"

#include <variant>

#include "app/locale/translate.h"

namespace poolscope::app {
namespace {

using locale::tr;

template <class... Kinds>
bool is_any(const intents::ToSession& wanted) {
  return (std::holds_alternative<Kinds>(wanted) || ...);
}

/// What the threads would have to do, or to be held up for.
bool changes_pool(const intents::ToSession& wanted) {
  using namespace intents;
  return is_any<RunGc, SetProcs, ChangeProcs, ChangeRate, ChangeHeld, HoldGoroutine, SendGoroutine>(
      wanted);
}

std::string why_not_in_lesson(const intents::ToSession& wanted) {
  using namespace intents;
  if (is_any<ToggleRecord>(wanted)) {
    return tr("A lesson is not recorded here: poolscope run --record makes a recording of it");
  }
  if (is_any<ChangeMarkers, GoToMarker>(wanted)) {
    return tr("A lesson has no markers: its lines are its stops");
  }
  if (is_any<ChangeLoop, intents::Again>(wanted)) {
    return tr("A lesson repeats nothing by itself: PgUp and PgDn show a line once more");
  }
  if (is_any<PlayBackwards>(wanted)) return tr("A lesson goes back line by line: PgUp");
  if (is_any<ToggleSkipWaits>(wanted)) return tr("A lesson has no waits to leave out");
  return "";
}

std::string why_not_in_comparison(const intents::ToSession& wanted) {
  using namespace intents;
  const bool played = is_any<MovePlayhead, TogglePlay, Pause, SetSpeed, ChangeSpeed, PlayLesson,
                             NoteView, UndoView, RetakeView>(wanted);
  const auto* marker = std::get_if<GoToMarker>(&wanted);
  if (played || (marker != nullptr && !std::holds_alternative<ShowMarker>(*marker))) return "";
  return tr("What is compared has happened: it is played and stepped, and nothing else. C ends it");
}

std::string why_not_in_replay(const intents::ToSession& wanted) {
  if (changes_pool(wanted)) {
    return tr("A replay shows what has happened: nothing changes it. W starts a live session");
  }
  if (is_any<intents::ToggleRecord>(wanted)) {
    return tr("This is a recording already. Ctrl+S makes a file of it, or of a part");
  }
  return "";
}

/// Where the threads run on, or stand at the end of all that has happened.
std::string why_not_at_now(const intents::ToSession& wanted, const SessionStatus& session) {
  using namespace intents;
  const auto* move = std::get_if<MovePlayhead>(&wanted);
  if (move == nullptr) return "";
  const auto* step = std::get_if<StepForward>(move);
  const bool one_step = step != nullptr && step->fraction_of_session <= 0;
  if (one_step && (session.mode == ViewMode::kPaused || !session.held.empty())) return "";
  if (step == nullptr && !std::holds_alternative<EventForward>(*move)) return "";
  return session.mode == ViewMode::kPaused
             ? tr("This is now: nothing has happened after it")
             : tr("The threads run, and this is now. Space stops them, then Right makes a step");
}

std::string why_not_of_lessons(const intents::PlayLesson& wanted, const SessionStatus& session) {
  using namespace intents;
  if (const auto* pick = std::get_if<PickAnswer>(&wanted)) {
    const script::LessonAsk* ask = session.lesson == nullptr ? nullptr : session.lesson->asks();
    const bool there = ask != nullptr && pick->choice < ask->choices.size();
    return there ? "" : tr("There is no such answer: no question here has it");
  }
  const bool anew = std::holds_alternative<StartAnew>(wanted);
  return anew && session.lesson == nullptr ? tr("Only a lesson starts anew. Ctrl+F has them all")
                                           : "";
}

}  // namespace

std::string why_not(const intents::Intent& wanted, const SessionStatus& session) {
  using namespace intents;
  if (const auto* view = std::get_if<ToViewer>(&wanted)) {
    const auto* tab = std::get_if<SelectTab>(view);
    const bool of_lesson = tab != nullptr && tab->tab == Tab::kLesson;
    return of_lesson && session.lesson == nullptr ? tr("This is no lesson. Ctrl+F has them all")
                                                  : "";
  }
  const auto* to_session = std::get_if<ToSession>(&wanted);
  if (to_session == nullptr) return "";
  if (const auto* lines = std::get_if<PlayLesson>(to_session)) {
    return why_not_of_lessons(*lines, session);
  }
  if (is_any<RetakeView>(*to_session) && !session.can.can_retake_view) {
    return tr("Only a replay's view is directed once more");
  }
  if (session.lesson != nullptr) return why_not_in_lesson(*to_session);
  if (session.comparison) return why_not_in_comparison(*to_session);
  if (session.mode == ViewMode::kReplay) return why_not_in_replay(*to_session);
  const bool past = session.mode == ViewMode::kPast;
  return past ? "" : why_not_at_now(*to_session, session);
}

}  // namespace poolscope::app
