// What the viewer shows goes into the session's view track, and a replay shows what its track says.

#include <string>
#include <utility>

#include "app/frame/view_track.h"
#include "app/locale/translate.h"
#include "app/main/session_window.h"

namespace poolscope::app {

/// The session keeps what is shown of it, from its start and from a recording's on; a replay keeps
/// it while its view is directed once more.
void SessionWindow::note_view() {
  const SessionStatus& status = source().status();
  if (!status.live() && !status.retaking_view) return noted_in_.clear();
  if (status.live() && status.mode == ViewMode::kPast) return;
  const std::string live_in = status.recording ? status.recording_file : "";
  const std::string into = status.retaking_view ? status.file : live_in;
  if (into != noted_in_) noted_view_.clear();
  noted_in_ = into;
  frame::ViewParts now = frame::parts_of(viewer_.state, viewer_.zoom_percent);
  for (const auto& [what, value] : now) {
    const auto noted = noted_view_.find(what);
    if (noted != noted_view_.end() && noted->second == value) continue;
    source().apply(intents::NoteView{what, value});
  }
  noted_view_ = std::move(now);
}

void SessionWindow::show_part(const std::string& what, const std::string& value) {
  frame::show_part(viewer_.state, what, value);
  if (what != "zoom") return;
  viewer_.zoom_percent =
      frame::zoom_of(value, kZoomLeast_percent, kZoomMost_percent, viewer_.zoom_percent);
}

/// Where the lecturer has changed the view, it changes here too.
void SessionWindow::take_view_track() {
  const SessionStatus& status = source().status();
  const auto changed = track_.moved_to(*status.views, status.playhead);
  if (changed.empty() || !viewer_.state.follows_track) return;
  frames_due_ = kFramesAfterChange;
  const frame::ViewParts shown = frame::parts_of(viewer_.state, viewer_.zoom_percent);
  for (const auto& [what, value] : changed) show_part(what, value);
  keep_own_view(shown);
}

/// What is shown now instead of `shown` is shown for a while only. What was shown is the viewer's
/// own, unless the track or a marker had shown it.
void SessionWindow::keep_own_view(const frame::ViewParts& shown) {
  for (auto& [what, value] : frame::parts_of(viewer_.state, viewer_.zoom_percent)) {
    const auto before = shown.find(what);
    if (before == shown.end() || before->second == value) continue;
    const auto led = lecturers_view_.find(what);
    if (led == lecturers_view_.end() || led->second != before->second) {
      own_view_[what] = before->second;
    }
    lecturers_view_[what] = value;
  }
}

/// What the track has changed, and the viewer has not since, is as the viewer had it.
void SessionWindow::return_to_own_view() {
  const frame::ViewParts now = frame::parts_of(viewer_.state, viewer_.zoom_percent);
  for (const auto& [what, value] : own_view_) {
    const auto shown = now.find(what);
    if (shown != now.end() && shown->second == lecturers_view_[what]) show_part(what, value);
  }
  own_view_.clear();
  lecturers_view_.clear();
}

void SessionWindow::tell_view_track() {
  track_ = {};  // where it is followed again, all of it holds
  const SessionStatus& status = source().status();
  if (status.retaking_view) {
    return tell(locale::tr("The view is being directed: Shift+V ends it, then this works"));
  }
  if (status.live()) {
    viewer_.state.follows_track = true;
    return tell(locale::tr("A recording keeps what you show; its replay shows it"),
                views::Message::Kind::kNews);
  }
  if (status.views->empty()) {
    viewer_.state.follows_track = true;
    return tell(locale::tr("This session has no recorded view"), views::Message::Kind::kNews);
  }
  if (!viewer_.state.follows_track) return_to_own_view();
  tell(viewer_.state.follows_track ? locale::tr("The view is as it was recorded. V: your own")
                                   : locale::tr("The view is your own. V: as it was recorded"),
       views::Message::Kind::kNews);
}

/// While the view is directed once more it is the viewer's own; when that is over, by whatever way,
/// the track has it.
void SessionWindow::take_retake() {
  const bool retaking = source().status().retaking_view;
  if (!retaking && !was_retaking_) return;
  if (retaking != was_retaking_) track_ = {};
  was_retaking_ = retaking;
  viewer_.state.follows_track = !retaking;
}

void SessionWindow::tell_retake(const intents::ToSession& wanted) {
  if (!std::holds_alternative<intents::RetakeView>(wanted)) return;
  const SessionStatus& status = source().status();
  if (!status.retaking_view && !was_retaking_) return;  // it could not begin, and has said why
  noted_view_.clear();
  tell(status.retaking_view
           ? locale::tr("What you show from here on becomes the recorded view. Shift+V: up to here")
           : locale::tr("What you showed is the recorded view of that part now. Ctrl+Z undoes it"),
       views::Message::Kind::kNews);
}

}  // namespace poolscope::app
