#pragma once

// The stage drawn offscreen, at any moment of a session.
//
// Thread safety: the thread that opened it; its OpenGL context is current there.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "app/control/session_source.h"
#include "app/export/render.h"
#include "app/frame/frame.h"
#include "app/frame/labels.h"
#include "app/frame/view_track.h"
#include "app/platform/fonts.h"
#include "app/platform/offscreen.h"
#include "core/model/model.h"
#include "core/session/annotations.h"
#include "core/story/told.h"

namespace poolscope::exporting {

/// The most moves that a single picture shows of a session without time between its steps.
inline constexpr std::ptrdiff_t kMovesInPicture = 3;

/// The part of the story that a single picture shows. If the session has no time between its steps
/// (model.step_time_ns is 0), many objects have just moved, and their flights would hide the
/// objects at rest: the picture then shows the newest kMovesInPicture moves. Otherwise it shows all
/// moves.
Told told_in_picture(const Told& told, const Model& model);

class DrawnStage {
 public:
  static Expected<std::unique_ptr<DrawnStage>> open(const RenderOptions& options);

  /// The picture of `session` as it stands; valid until the next call.
  const platform::Picture& draw(const SessionSource& session);
  /// The sentence of the picture that was drawn last.
  [[nodiscard]] const std::string& sentence() const { return sentence_; }
  /// From here on it shows what that marker, at which the session stands, wants to be shown.
  void show_marker(const SessionSource& session, const Marker& marker);

 private:
  DrawnStage(const RenderOptions& options, std::unique_ptr<platform::Offscreen> canvas);

  void show_recorded_view(const SessionStatus& session);
  /// What is asked for stands over what a marker or the recorded view shows.
  void keep_chosen();

  platform::Fonts fonts_;  // outlives the canvas's ImGui context
  std::unique_ptr<platform::Offscreen> canvas_;
  float seconds_per_frame_;
  bool is_video_;
  double speed_;  // of the session's time; 0: stands still, or goes by step
  frame::Look look_;
  bool recorded_view_;
  GId followed_;                // none: nobody is meant
  std::optional<PoolId> pool_;  // none: no pool is meant
  frame::ViewTrackReader track_;
  views::ViewState state_;
  views::Labels labels_;
  std::string sentence_;
  bool has_names_ = false;
};

}  // namespace poolscope::exporting
