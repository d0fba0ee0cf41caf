// What the viewer asks for, and what the window does for it.

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/control/session_change.h"
#include "app/frame/marker_view.h"
#include "app/intents/commands.h"
#include "app/locale/translate.h"
#include "app/main/comparisons.h"
#include "app/main/host_clock.h"
#include "app/main/session_window.h"
#include "app/main/sessions.h"
#include "app/main/why_not.h"
#include "core/base/overloaded.h"

namespace poolscope::app {

void SessionWindow::carry_out(const intents::Intent& intent) {
  message_.text.clear();
  frames_due_ = kFramesAfterChange;
  if (std::string why = why_not(intent, source().status()); !why.empty()) {
    return tell(std::move(why), views::Message::Kind::kNews);
  }
  std::visit(Overloaded{
                 [&](const intents::ToSession& wanted) {
                   note_intent(viewer_, wanted, session_times());
                   source().apply(with_what_is_shown(wanted, viewer_.state, source().status()));
                   tell_marker(wanted);
                   tell_skipped(wanted);
                   tell_retake(wanted);
                 },
                 [&](const intents::ToViewer& wanted) { change_view(wanted); },
                 [&](const intents::ToProgram& wanted) { change_program(wanted); },
             },
             intent);
}

/// Where the session goes on, nothing else says that a marker was set.
void SessionWindow::tell_marker(const intents::ToSession& wanted) {
  const auto* change = std::get_if<intents::ChangeMarkers>(&wanted);
  if (change == nullptr) return;
  const SessionStatus& status = source().status();
  // What is shown is what the viewer has chosen.
  at_marker_ = status.marker() == nullptr ? 0 : status.marker()->id;
  if (!std::holds_alternative<intents::AddMarker>(*change)) return;
  const auto count = static_cast<unsigned long>(status.markers->size());
  tell(locale::trnf("{0} marker. Shift+M: its title and note",
                    "{0} markers. Shift+M: their titles and notes", count),
       views::Message::Kind::kNews);
}

/// Nothing else says it until there is something to leave out.
void SessionWindow::tell_skipped(const intents::ToSession& wanted) {
  if (!std::holds_alternative<intents::ToggleSkipWaits>(wanted)) return;
  tell(source().status().skips_waits
           ? locale::tr("What is replayed has no wait of over a second. N: all of it")
           : locale::tr("What is replayed has all its waits. N: none of over a second"),
       views::Message::Kind::kNews);
}

/// Where the playhead has come to a marker: what was shown there is shown, at the speed of then.
void SessionWindow::take_marker() {
  const SessionStatus& status = source().status();
  const std::uint32_t id = status.marker() == nullptr ? 0 : status.marker()->id;
  // At now the view of a live session is the viewer's own again, also where a marker stands.
  const bool past = status.mode == ViewMode::kPast;
  if (status.live() && !past && !own_view_.empty()) {
    frames_due_ = kFramesAfterChange;
    return_to_own_view();
  }
  if (id == at_marker_) return;
  at_marker_ = id;
  frames_due_ = kFramesAfterChange;
  if (id == 0 || (status.live() && !past)) return;
  const Marker marker = status.marker()->marker;
  const frame::ViewParts shown = frame::parts_of(viewer_.state, viewer_.zoom_percent);
  frame::show_marker(viewer_.state, marker);
  if (past) keep_own_view(shown);
  const auto speed = std::ranges::find(status.speeds, marker.speed.value_or(""));
  if (speed == status.speeds.end() || status.live()) return;
  source().apply(intents::SetSpeed{static_cast<int>(speed - status.speeds.begin())});
}

void SessionWindow::change_view(const intents::ToViewer& wanted) {
  const Settings before = viewer_.settings;
  apply(viewer_, wanted, session_times());
  if (viewer_.settings.language != before.language) use_language();
  if (viewer_.settings != before) save_viewer();
  if (std::holds_alternative<intents::ToggleExplained>(wanted) ||
      std::holds_alternative<intents::StepExplained>(wanted)) {
    explained_since_ns_ = host_now_ns();
  }
  if (std::holds_alternative<intents::ToggleOpen>(wanted) ||
      std::holds_alternative<intents::TypePath>(wanted)) {
    look_for_files();
  }
  if (std::holds_alternative<intents::ToggleViewTrack>(wanted)) tell_view_track();
  if (viewer_.state.dialog == views::Dialog::kSaveAs) name_file();
}

void SessionWindow::change_program(const intents::ToProgram& wanted) {
  std::visit(Overloaded{
                 [&](const intents::StartAgain& i) {
                   SimulationOptions session = makers_.live;
                   if (const auto& now = source().status().workload) {
                     session.config.workload->held = now->held;
                   }
                   start_again(changed(std::move(session), i));
                 },
                 [&](const intents::StartPreset& i) {
                   apply(viewer_, intents::CloseDialog{}, session_times());
                   start_again(preset_session(makers_.live, i.label));
                 },
                 [&](const intents::OpenLesson& i) { open_lesson(i.name); },
                 [&](const intents::OpenFile& i) { open_file(i.path); },
                 [&](const intents::ToggleComparison&) { toggle_comparison(); },
                 [&](const intents::ToggleFullScreen&) { window_->toggle_full_screen(); },
                 [&](const intents::TogglePresenter&) { toggle_presenter(); },
                 [&](const intents::SaveLast&) { save_last(); },
                 [&](const intents::MakeFile&) { make_file(); },
                 [&](const intents::CancelFile&) {
                   waiting_file_.reset();
                   file_job_.cancel();
                 },
                 [&](const intents::Undo&) { undo(); },
                 [&](const intents::ShowFolder& i) { show_folder(i.path); },
                 [&](const intents::MeasurePadding&) { measure_padding(); },
                 [&](const intents::KeepRescued&) {
                   if (offered() != nullptr) kept_.rescue->keep();
                 },
                 [&](const intents::DiscardRescued&) {
                   if (offered() != nullptr) kept_.rescue->discard();
                 },
             },
             wanted);
}

std::optional<intents::Intent> SessionWindow::what_escape_closes() const {
  const views::ViewState& state = viewer_.state;
  if (state.black) return intents::ToggleBlack{};
  if (state.dialog != views::Dialog::kNone) return intents::CloseDialog{};
  if (state.first_lesson != nullptr) return intents::CloseFirst{};
  return std::nullopt;
}

void SessionWindow::take_key(const platform::KeyPress& press) {
  if (press.let_go) {
    const intents::Command* ends = intents::command_let_go(press.key);
    if (ends != nullptr) carry_out(*ends->let_go);
    return;
  }
  if (press.in_field && press.key.key != intents::Key::kTab) {
    if (views::closes_from_field(viewer_.state.dialog)) carry_out(intents::CloseDialog{});
    return;
  }
  if (press.key.key == intents::Key::kEscape) {
    if (const auto closes = what_escape_closes()) return carry_out(*closes);
  }
  const intents::Command* command = intents::command_of(press.key);
  if (command != nullptr && (command->repeats || !press.repeated)) {
    carry_out(with_explained(viewer_.state, command->intent));
  }
}

// The lecturer's window has the same keys.
void SessionWindow::take_keys() {
  for (const platform::KeyPress& press : window_->take_keys()) take_key(press);
  if (presenter_ == nullptr) return;
  for (const platform::KeyPress& press : presenter_->take_keys()) take_key(press);
}

void SessionWindow::toggle_presenter() {
  if (presenter_ != nullptr) {
    presenter_.reset();
    presenter_texts_ = {};
    window_->make_current();
    return;
  }
  auto opened = PresenterWindow::open(*window_, fonts_.files());
  window_->make_current();
  if (!opened) return tell(opened.error().message);
  presenter_ = std::move(*opened);
}

// The old session ends before the new one begins: the first seconds of a lecture are its best.
void SessionWindow::start_again(const SimulationOptions& wanted) {
  if (session_->busy()) return;
  makers_.live = wanted;
  const SessionStatus& status = source().status();
  // A lesson's and a replay's speeds are others.
  if (const auto& workload = status.workload) {
    speed_wanted_ = workload->speed;
    makers_.live.ops_per_second = workload->rate_per_s;
  }
  const auto recording = source().hand_over_recording();
  recording_goes_on_ = recording != nullptr;
  session_->replace([start = makers_.start, wanted = makers_.live, recording] {
    return start(wanted, recording);
  });
}

void SessionWindow::open_lesson(const std::string& name) {
  if (session_->busy()) return;
  apply(viewer_, intents::CloseDialog{}, session_times());
  opened_ = name;
  from_disk_ = false;
  session_->open([name] { return start_lesson(name); });
}

void SessionWindow::toggle_comparison() {
  if (session_->busy()) return;
  const SessionStatus& status = source().status();
  const std::optional<Compared> compared = std::exchange(compared_, {});
  if (status.comparison) {
    return compared ? open_file(compared->file, compared->left_at) : start_again(makers_.live);
  }
  opened_ = locale::tr("the comparison");
  from_disk_ = false;
  if (status.mode == ViewMode::kReplay) {
    compared_ = {status.file, replay_place(status)};
    session_->open([file = status.file] { return compare_files({file}); });
    return;
  }
  if (const LessonStatus* lesson = status.lesson.get(); lesson != nullptr) {
    session_->open([script = lesson->lesson->script] { return compare_pools(script); });
    return;
  }
  SimulationOptions live = makers_.live;
  if (status.workload) live.config.workload->held = status.workload->held;
  session_->open([calls = calls_like(live)] { return compare_pools(calls); });
}

void SessionWindow::measure_padding() {
  if (source().status().summed) {
    return tell(locale::tr("Choose a lower speed first: at full rate the session takes the cores"));
  }
  if (measurement_.busy()) return;
  measurement_.begin();
  // What says so. Then the picture stands still: what draws it takes the cores too.
  frames_to_measure_ = kFramesAfterChange;
}

}  // namespace poolscope::app
