#include "app/export/drawn_stage.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/control/rate.h"
#include "app/export/video.h"
#include "app/frame/marker_view.h"
#include "app/layout/window_layout.h"
#include "app/locale/translate.h"
#include "app/views/stage/caption.h"
#include "app/views/window.h"

namespace poolscope::exporting {
namespace {

constexpr float kUsualHeight_px = 720;

/// A picture smaller than usual shows the same, smaller. (A larger one grows by its layout.)
float scale_of(int height_px) {
  return std::min(1.0F, static_cast<float>(height_px) / kUsualHeight_px);
}

/// A picture is not scrolled: one that is too small for its panels shows them smaller.
float zoom_of(theme::LayoutKind kind, int width_px, int height_px) {
  constexpr float kStep = 0.95F;
  constexpr float kLeast = 0.2F;
  const layout::Rect picture{0, 0, static_cast<float>(width_px), static_cast<float>(height_px)};
  float zoom = 1;
  while (zoom > kLeast) {
    const float scale = scale_of(height_px);
    const layout::WindowLayout at = layout::window_layout(
        kind, picture, theme::sizes_of(kind, picture.h, scale, zoom),
        theme::font_specs(kind, picture.h, scale, zoom), {.controls = false, .stage = {}});
    if (!at.scrolls(picture)) break;
    zoom *= kStep;
  }
  return zoom;
}

}  // namespace

Told told_in_picture(const Told& told, const Model& model) {
  Told few = told;
  if (model.step_time_ns > 0 || std::ssize(few.moves) <= kMovesInPicture) return few;
  few.moves.erase(few.moves.begin(), few.moves.end() - kMovesInPicture);
  return few;
}

Expected<std::unique_ptr<DrawnStage>> DrawnStage::open(const RenderOptions& options) {
  auto canvas = platform::Offscreen::open(options.width_px, options.height_px);
  if (!canvas) return tl::make_unexpected(canvas.error());
  return std::unique_ptr<DrawnStage>(new DrawnStage(options, std::move(*canvas)));
}

DrawnStage::DrawnStage(const RenderOptions& options, std::unique_ptr<platform::Offscreen> canvas)
    : fonts_(platform::find_fonts()),
      canvas_(std::move(canvas)),
      seconds_per_frame_(static_cast<float>(1 / options.fps)),
      is_video_(video_format_of(options.output).has_value()),
      speed_(is_video_ && options.steps_per_second == 0 ? options.speed : 0),
      recorded_view_(options.recorded_view),
      followed_(options.followed),
      pool_(options.pool) {
  look_ = {.theme = options.theme,
           .scale = scale_of(options.height_px),
           .zoom = zoom_of(options.layout, options.width_px, options.height_px),
           .interactive = false};
  keep_chosen();
  state_.layout = options.layout;
  if (auto set = frame::set_language(options.language, fonts_); !set) options.notice(set.error());
  state_.language = locale::code_of(locale::current_language());
}

void DrawnStage::keep_chosen() {
  if (followed_.valid()) state_.followed = followed_;
  if (pool_) state_.pool = pool_;
}

void DrawnStage::show_marker(const SessionSource& session, const Marker& marker) {
  // The marker has the last word.
  if (recorded_view_) show_recorded_view(session.status());
  frame::show_marker(state_, marker);
  keep_chosen();
}

/// A picture's size is its own: the zoom of the window then is left out.
void DrawnStage::show_recorded_view(const SessionStatus& session) {
  for (const auto& [what, value] : track_.moved_to(*session.views, session.playhead)) {
    frame::show_part(state_, what, value);
  }
  keep_chosen();
  look_.zoom = zoom_of(state_.layout, canvas_->width_px(), canvas_->height_px());
}

const platform::Picture& DrawnStage::draw(const SessionSource& session) {
  if (recorded_view_) show_recorded_view(session.status());
  frame::Moment moment = frame::moment_of(session);
  moment.session.playing = moment.session.playing || is_video_;
  // A film goes by its markers: what stands at one would flash in a single frame.
  if (is_video_) moment.session.at_marker.reset();
  moment.session.summed = speed_ > 0 && moment.model->step_time_ns == 0 &&
                          moment.session.ops_per_second * speed_ >= kSummedFrom_per_s;
  Told told;
  if (!is_video_) {
    told = told_in_picture(*moment.told, *moment.model);
    moment.told = &told;
  }
  frame::need_markers(fonts_, *moment.session.markers);
  // All frames are of one session.
  if (!std::exchange(has_names_, true)) frame::need_names(fonts_, moment.session.names.get());
  frame::prepare_fonts(fonts_, moment, state_, look_, canvas_->height_px());
  canvas_->begin_frame(seconds_per_frame_);
  labels_.begin_frame();
  const views::ViewInput input = frame::view_input(moment, state_, look_, fonts_, labels_,
                                                   canvas_->width_px(), canvas_->height_px());
  views::draw_window(input);
  sentence_ = views::sentence_text(input);
  return canvas_->end_frame(frame::clear_colour(look_.theme));
}

}  // namespace poolscope::exporting
