// Files: what is opened, what is made of a session, what is kept of it.

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/export/child.h"
#include "app/intents/file_kinds.h"
#include "app/locale/translate.h"
#include "app/main/session_window.h"
#include "app/main/sessions.h"

namespace poolscope::app {

void SessionWindow::look_for_files() {
  const std::vector<std::string>& lately = viewer_.settings.lately;
  files_.look(kept_.recordings, {lately.begin(), lately.end()}, viewer_.state.open_path);
}

void SessionWindow::take_files() {
  const auto found = files_.take_found();
  if (found == nullptr || viewer_.state.dialog != views::Dialog::kOpen) return;
  viewer_.state.files = found;
  if (found->typed != viewer_.state.open_path) look_for_files();
  for (const SessionFile& file : found->files) fonts_.need(file.path.string());
  for (const std::string& path : found->paths) fonts_.need(path);
  frames_due_ = kFramesAfterChange;
}

/// What was opened from the disk is offered when a file is opened again.
void SessionWindow::note_opened() {
  app::note_opened(viewer_.settings, std::filesystem::absolute(opened_).string());
  save_viewer();
}

/// A recording goes on `from` there; else it begins.
void SessionWindow::open_file(const std::string& path, const std::optional<ReplayPlace>& from) {
  if (session_->busy() || path.empty()) return;
  opened_ = without_tilde(path);
  from_disk_ = true;
  session_->open([open = makers_.open, file = opened_, from] {
    auto opened = open(file);
    if (opened && from) go_back_to(*from, **opened);
    return opened;
  });
}

/// A file is opened; where another session is asked for that is to follow this one, it is that.
void SessionWindow::take_dropped_files() {
  if (session_->busy()) return;
  const std::vector<std::string> files = window_->take_dropped_files();
  if (files.empty()) return;
  const views::ViewState& state = viewer_.state;
  if (state.dialog == views::Dialog::kSaveAs && state.save_as.can_join(source().status())) {
    fonts_.need(files.front());
    return carry_out(intents::ToViewer{intents::TypeSaveThen{files.front()}});
  }
  open_file(files.front());
}

/// Proposes a name, until the viewer types one.
void SessionWindow::name_file() {
  views::SaveAs& wanted = viewer_.state.save_as;
  const SessionStatus& session = source().status();
  if (session.file.empty()) {
    apply(viewer_, intents::CloseDialog{}, session_times());
    return save_kept();
  }
  if (!wanted.path_typed) wanted.path = free_name(wanted, session).string();
}

void SessionWindow::make_file() {
  const std::string file = without_tilde(viewer_.state.save_as.path);
  if (makes_file()) {
    return tell(locale::tr("A file is being made already: wait for it, or cancel it"));
  }
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    return tell(locale::trf("{0} is there already: choose another name", file));
  }
  const SessionStatus& session = source().status();
  waiting_file_ = {
      command_for(
          {.session = session.file, .theme = viewer_.theme, .event_ns = source().model().time_ns},
          viewer_.state, session),
      file};
  if (intents::is_cut(viewer_.state.save_as.kind)) made_of_[file] = session.file;
  fonts_.need(file);
  apply(viewer_, intents::CloseDialog{}, session_times());
}

/// The program that makes a file reads markers and views from the session's.
void SessionWindow::start_waiting_file() {
  if (!waiting_file_ || !source().hasten_annotations()) return;
  file_job_.start(waiting_file_->command, waiting_file_->file);
  waiting_file_.reset();
}

void SessionWindow::take_made() {
  start_waiting_file();
  if (file_job_.update()) frames_due_ = kFramesAfterChange;
  if (const auto made = file_job_.take_made()) tell_saved(*made);
  if (auto problem = file_job_.take_problem()) tell(std::move(*problem));
}

/// What is shown was cut or joined here: that is said, and the way back.
void SessionWindow::tell_made_of() {
  const auto made = made_of_.find(source().status().file);
  if (made == made_of_.end()) return;
  const std::string name = std::filesystem::path(made->second).filename().string();
  tell(locale::trf("This was made of {0}, which is as it was", name), views::Message::Kind::kNews);
  message_.answers.push_back({"undo", locale::tr("Back to it"), intents::Undo{}});
}

void SessionWindow::undo() {
  const SessionStatus& status = source().status();
  if (status.can_undo_view) {
    track_ = {};
    carry_out(intents::ToSession{intents::UndoView{}});
    return tell(locale::tr("The recorded view is as it was"), views::Message::Kind::kNews);
  }
  if (status.can_undo_marker) {
    // As a click on a marker's row: what is shown stays as the viewer has chosen it.
    return carry_out(intents::ToSession{intents::ChangeMarkers{intents::UndoMarkers{}}});
  }
  const auto made = made_of_.find(status.file);
  if (made == made_of_.end()) return tell(locale::tr("There is nothing to undo"));
  open_file(std::string(made->second));
}

/// The system's program for folders goes on by itself.
void SessionWindow::show_folder(const std::string& path) {
  const auto shown = exporting::Child::start_alone({"xdg-open", path});
  if (!shown) tell(shown.error().message);
}

void SessionWindow::save_last() { save_end(kSaveLast_ns); }

/// Of a live session, all that was kept of it.
void SessionWindow::save_kept() { save_end(std::numeric_limits<std::int64_t>::max()); }

void SessionWindow::save_end(std::int64_t length_ns) {
  if (source().status().lesson) {
    return tell(locale::tr("A lesson is saved by poolscope run --record"));
  }
  if (!source().status().can.can_save_last) {
    return tell(locale::tr("There is nothing to save: the flight recorder does not run"));
  }
  kept_.flight->save_last(kept_.recordings, length_ns);
}

/// What the flight recorder has done.
void SessionWindow::take_kept() {
  if (!kept_.flight) return;
  kept_.flight->update();
  if (const auto saved = kept_.flight->take_saved()) tell_saved(*saved);
  if (auto problem = kept_.flight->take_problem()) tell(std::move(*problem));
  if (const auto failure = kept_.flight->take_failure()) {
    tell(locale::trf("The flight recorder has ended, the session goes on: {0}", *failure));
  }
}

/// What has become of sessions that were cut off.
void SessionWindow::take_rescued() {
  if (!kept_.rescue) return;
  const Leftover* before = offered();
  kept_.rescue->update();
  if (offered() != before) frames_due_ = kFramesAfterChange;
  if (auto problem = kept_.rescue->take_problem()) tell(std::move(*problem));
  const auto kept = kept_.rescue->take_kept();
  if (!kept) return;
  tell_saved(*kept);
  if (session_->busy()) return;
  opened_ = rescued_ = *kept;
  session_->open([open = makers_.open, file = opened_] { return open(file); });
}

void SessionWindow::tell_saved(const std::string& file) {
  fonts_.need(file);
  tell(locale::trf("Saved to {0}", file), views::Message::Kind::kNews);
  const std::filesystem::path path(file);
  // What is shown already need not be opened.
  if (path.extension() == intents::facts_of(intents::FileKind::kSession).extension &&
      file != source().status().file) {
    message_.answers.push_back({"saved.open", locale::tr("Open"), intents::OpenFile{file}});
  }
  message_.answers.push_back({"saved.folder", locale::tr("Show folder"),
                              intents::ShowFolder{path.parent_path().string()}});
}

}  // namespace poolscope::app
