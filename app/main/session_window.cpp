#include "app/main/session_window.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/report.h"
#include "app/intents/file_kinds.h"
#include "app/locale/translate.h"
#include "app/main/host_clock.h"
#include "app/main/title.h"
#include "app/main/ui_dump.h"
#include "app/main/waiting.h"
#include "app/platform/files.h"
#include "app/views/presenter_window.h"
#include "app/views/stage/caption.h"
#include "app/views/window.h"
#include "core/model/dump.h"

namespace poolscope::app {
namespace {

constexpr std::int64_t kFrame_ns = 1'000'000'000 / 60;
// Where the processor paints every pixel, half as many leave it time for the pool.
constexpr std::int64_t kSoftwareFrame_ns = 1'000'000'000 / 30;
// Nobody touches it and nothing moves: how often signals and the session are asked all the same.
constexpr std::int64_t kIdle_ns = 50'000'000;
// An end that takes no longer than that is not worth a word, and a press of close within it belongs
// to the one before.
constexpr std::int64_t kShortEnd_ns = 500'000'000;
constexpr double kNsPerSecond = 1e9;

/// The time of day, "14:05:09", in the computer's own zone.
std::string clock_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

/// "1:02:03" or "12:34".
std::string elapsed_text(std::int64_t ns) {
  const std::int64_t s = ns / 1'000'000'000;
  const std::int64_t hours = s / 3600;
  const std::string rest = fmt::format("{:02}:{:02}", s / 60 % 60, s % 60);
  return hours == 0 ? rest : fmt::format("{}:{}", hours, rest);
}

}  // namespace

SessionWindow::SessionWindow(const WindowRequest& request, Viewer viewer, SessionMakers makers,
                             AlwaysKept kept)
    : request_(request),
      viewer_(std::move(viewer)),
      makers_(std::move(makers)),
      kept_(std::move(kept)),
      fonts_(platform::find_fonts()) {
  if (!request_.ui_dump.empty()) ui_dump_ = std::make_unique<UiDump>(request_.ui_dump);
}

SessionWindow::~SessionWindow() = default;

Expected<std::unique_ptr<SessionWindow>> SessionWindow::open(const WindowRequest& request,
                                                             Viewer viewer, SessionMakers makers,
                                                             AlwaysKept kept) {
  auto window = platform::Window::open({.title = "poolscope",
                                        .width_px = request.width_px,
                                        .height_px = request.height_px,
                                        .size_is_exact = request.size_is_exact});
  if (!window) return tl::make_unexpected(window.error());
  std::unique_ptr<SessionWindow> opened(
      new SessionWindow(request, std::move(viewer), std::move(makers), std::move(kept)));
  opened->window_ = std::move(*window);
  opened->use_language();
  if (opened->message_.text.empty()) opened->tell(opened->fonts_.files().sentence());
  return opened;
}

void SessionWindow::use_language() {
  if (auto set = frame::set_language(viewer_.state.language, fonts_); !set) {
    tell(set.error().message);
    cli::report(set.error());
  }
  viewer_.state.language = locale::code_of(locale::current_language());
}

frame::Look SessionWindow::look() const {
  constexpr float kPercent = 100;
  const float scale = request_.scale.value_or(window_->content_scale());
  return {.theme = viewer_.theme,
          .scale = scale,
          .zoom = static_cast<float>(viewer_.zoom_percent) / kPercent,
          .interactive = true};
}

layout::SessionTimes SessionWindow::session_times() const {
  return views::session_times(source().status());
}

void SessionWindow::show_presenter(std::int64_t now_ns) {
  if (presenter_ == nullptr) return;
  if (presenter_->take_close()) {
    toggle_presenter();
    frames_due_ = std::max(frames_due_, 1);
    return;
  }
  if (presenter_texts_.title.empty()) return;  // no frame has been drawn since it was opened
  presenter_texts_.clock = clock_text();
  if (presenter_->take_restart()) lecture_begin_ns_ = now_ns;
  presenter_texts_.elapsed = elapsed_text(now_ns - lecture_begin_ns_);
  const bool news = presenter_->show(frame::moment_of(source()), viewer_, presenter_texts_);
  window_->make_current();
  if (news && ui_dump_) ui_dump_->show_presenter(presenter_json(presenter_->shown()));
}

void SessionWindow::take_measured() {
  if (!measurement_.update()) return;
  frames_due_ = kFramesAfterChange;
  if (auto problem = measurement_.take_problem()) tell(std::move(*problem));
}

void SessionWindow::take_explained(std::int64_t now_ns) {
  views::ViewState& state = viewer_.state;
  if (state.dialog != views::Dialog::kExplained) return;
  const std::int64_t shown_ns = std::min(now_ns - explained_since_ns_, theme::kLineMoves_ns);
  if (shown_ns == std::exchange(state.explained_for_ns, shown_ns)) return;
  if (state.motion) frames_due_ = std::max(frames_due_, 1);
}

void SessionWindow::take_change() {
  const bool another = session_->update();
  if (session_->busy()) return;
  const auto speed = std::exchange(speed_wanted_, std::nullopt);
  const bool from_disk = std::exchange(from_disk_, false);
  recording_goes_on_ = false;
  if (!another) return;
  if (speed && source().status().speed != *speed) source().apply(intents::SetSpeed{*speed});
  begin_session();
  if (from_disk) note_opened();
  tell_made_of();
  if (rescued_.empty() || opened_ != rescued_) return;
  // That it was cut off is known; where it is now is what matters.
  static_cast<void>(source().take_problem());
  tell_saved(std::exchange(rescued_, {}));
}

void SessionWindow::save_viewer() {
  if (auto saved = save_settings(settings_file(), viewer_.settings); !saved) {
    tell(saved.error().message);
  }
}

void SessionWindow::begin_session() {
  return_to_own_view();
  app::begin_session(viewer_, source().status());
  frames_due_ = kFramesAfterChange;  // it may stand still from the start
  at_marker_ = 0;                    // ids are each list's own
  noted_view_.clear();
  // It begins in the viewer's own view.
  track_.start(*source().status().views, source().status().playhead);
  life_.forget();
  lane_details_.forget();
  frame::need_names(fonts_, source().status().names.get());
  if (const LessonStatus* lesson = source().status().lesson.get()) {
    frame::need_lesson(fonts_, *lesson->lesson);
  }
}

views::Message SessionWindow::message_to_show() const {
  std::string text;
  if (session_->closing()) {
    if (!recording_goes_on_) text = closing_text(source().status(), ending_);
  } else if (session_->opening()) {
    text = opening_text(opened_);
  }
  if (text.empty() && !message_.text.empty()) return message_;
  if (text.empty() && saving()) text = locale::tr("Saving the last 5 min ...");
  if (text.empty() && measurement_.busy()) {
    text = locale::tr("Measuring on all cores: the picture stands still for 2 s ...");
  }
  if (text.empty() && makes_file()) {
    return {waiting_file_ ? FileJob::text(waiting_file_->file) : file_job_.text(),
            views::Message::Kind::kNews,
            {{"cancel", locale::tr("Cancel"), intents::CancelFile{}}}};
  }
  if (!text.empty()) return {std::move(text), views::Message::Kind::kNews};
  const Leftover* left = offered();
  if (left == nullptr) return {};
  return {rescued_text(*left, kept_.rescue->left()),
          views::Message::Kind::kNews,
          {{"rescued.keep", locale::tr("Keep"), intents::KeepRescued{}},
           {"rescued.discard", locale::tr("Throw away"), intents::DiscardRescued{}}}};
}

void SessionWindow::draw() {
  frame::Moment moment = frame::moment_of(source());
  moment.message = message_to_show();
  moment.life = life_.life();
  moment.life_progress = life_.progress();
  moment.padding_cost = measurement_.cost();
  moment.pools = pools_.figures();
  moment.lane_details = lane_details_.lanes_of(shown_times());
  window_->make_current();
  if (moment.session.markers != markers_with_fonts_) {
    markers_with_fonts_ = moment.session.markers;
    frame::need_markers(fonts_, *markers_with_fonts_);
  }
  frame::prepare_fonts(fonts_, moment, viewer_.state, look(), window_->height_px());

  const std::int64_t begin_ns = host_now_ns();
  window_->begin_frame();
  labels_.begin_frame();
  const views::ViewInput input = frame::view_input(moment, viewer_.state, look(), fonts_, labels_,
                                                   window_->width_px(), window_->height_px());
  asked_ = views::draw_window(input);
  if (presenter_ != nullptr) presenter_texts_ = views::presenter_texts(input);
  const std::int64_t built_ns = host_now_ns();
  window_->draw_frame(frame::clear_colour(viewer_.theme, viewer_.state));
  if (!request_.frame_stats.empty()) {
    platform::Window::finish_drawing();
    frame_stats_.add(built_ns - begin_ns, host_now_ns() - built_ns);
  }
  ++frame_;
  if (ui_dump_) {
    ui_dump_->show(frame_,
                   status_json(source(), viewer_,
                               {.sentence = views::sentence_text(input),
                                .banner = views::banner_text(input),
                                .caption = views::caption_text(input),
                                .job = job(),
                                .shown_pool = views::shown_pool(input),
                                .measured = measurement_.cost(),
                                .maximised = window_->maximised(),
                                .presenter = presenter_ ? presenter_json(presenter_->shown())
                                                        : nlohmann::json()}),
                   items_json(labels_, window_->pixels_per_unit()));
  }
}

void SessionWindow::take_problem() {
  if (auto news = source().take_news()) tell(std::move(*news), views::Message::Kind::kNews);
  if (auto problem = session_->take_problem()) tell(std::move(*problem));
}

void SessionWindow::show_title() { window_->set_title(title_of(source().status())); }

Expected<void> SessionWindow::write_state(const Model& model, Origin origin) const {
  if (request_.state_dump.empty()) return {};
  return platform::write_whole(request_.state_dump, dump_json(model, origin).dump(2) + "\n");
}

Expected<void> SessionWindow::write_transcript() const {
  if (request_.transcript.empty()) return {};
  const auto transcript = source().transcript();
  if (!transcript) return {};  // the session that is shown is no script by now
  return platform::write_whole(request_.transcript, *transcript);
}

Expected<void> SessionWindow::take_ended_recording() {
  const auto ended = session_->take_ended_recording();
  if (!ended) return {};
  tell_saved(ended->file);
  return write_state(ended->model, ended->origin);
}

void SessionWindow::show_frame_if_due(std::int64_t now_ns) {
  if (session_->busy() || saving()) frames_due_ = std::max(frames_due_, 1);
  if (frames_due_ <= 0 || now_ns < next_frame_ns_) return;
  if (measurement_.busy() && --frames_to_measure_ < 0) return;
  const std::int64_t interval_ns =
      window_->gui().software_renderer() ? kSoftwareFrame_ns : kFrame_ns;
  next_frame_ns_ = std::max(next_frame_ns_ + interval_ns, now_ns + interval_ns / 2);
  --frames_due_;
  draw();
  window_->show_frame();
  for (const intents::Intent& intent : std::exchange(asked_, {})) carry_out(intent);
}

Expected<void> SessionWindow::turn() {
  if (window_->take_input()) frames_due_ = kFramesAfterChange;
  take_keys();
  take_dropped_files();
  take_change();
  const std::int64_t now_ns = host_now_ns();
  if (source().update(now_ns)) frames_due_ = std::max(frames_due_, 1);
  if (auto written = take_ended_recording(); !written) return written;
  take_retake();
  take_view_track();
  take_marker();
  note_view();
  take_files();
  take_kept();
  take_rescued();
  take_measured();
  take_made();
  take_explained(now_ns);
  take_problem();
  take_life(now_ns);
  take_pools();
  take_lane_details();
  show_title();
  show_frame_if_due(now_ns);
  show_presenter(now_ns);
  return ui_dump_ ? ui_dump_->write_if_due(host_now_ns()) : Expected<void>{};
}

double SessionWindow::seconds_to_wait(std::int64_t now_ns) const {
  std::int64_t until_ns = now_ns + kIdle_ns;
  // No frame comes while it measures, and whoever asks for the time all the same takes a core.
  const bool stands_still = measurement_.busy() && frames_to_measure_ < 0;
  if (!stands_still &&
      (frames_due_ > 0 || source().status().moves() || session_->busy() || saving())) {
    until_ns = next_frame_ns_;
  }
  if (request_.exit_after_ns && !ending_)
    until_ns = std::min(until_ns, begin_ns_ + *request_.exit_after_ns);
  return static_cast<double>(std::max<std::int64_t>(until_ns - now_ns, 0)) / kNsPerSecond;
}

Expected<void> SessionWindow::run(std::unique_ptr<SessionSource> source,
                                  cli::Interruption& interruption) {
  session_ = std::make_unique<CurrentSession>(std::move(source));
  begin_session();
  lecture_begin_ns_ = begin_ns_ = host_now_ns();
  if (request_.presenter) toggle_presenter();
  next_frame_ns_ = begin_ns_;
  Expected<void> outcome;
  while (outcome && !window_->take_close() &&
         !interruption.wait_for(std::chrono::milliseconds(0))) {
    if (request_.exit_after_ns && host_now_ns() - begin_ns_ >= *request_.exit_after_ns) break;
    outcome = turn();
    // The time that drawing took is not waited for a second time.
    window_->wait(seconds_to_wait(host_now_ns()));
  }
  Expected<void> ended = end(interruption);
  return outcome ? ended : outcome;
}

/// Draws until the session has ended, and what is being saved is there. False: the viewer does not
/// wait for the session's end.
bool SessionWindow::close_session(cli::Interruption& interruption) {
  const std::int64_t begin_ns = host_now_ns();
  const bool interrupted = interruption.came();
  ending_ = true;
  session_->end();
  for (;;) {
    session_->update();
    if (kept_.flight) kept_.flight->update();
    if (!session_->closing() && !saving()) return true;
    const bool again = window_->take_close() ||
                       (!interrupted && interruption.wait_for(std::chrono::milliseconds(0)));
    const std::int64_t now_ns = host_now_ns();
    const bool takes_long = now_ns - begin_ns >= kShortEnd_ns;
    if (again && takes_long) return !session_->closing();
    if (window_->take_input()) take_keys();
    show_frame_if_due(now_ns);
    if (ui_dump_ && takes_long) static_cast<void>(ui_dump_->write_if_due(now_ns));
    window_->wait(seconds_to_wait(host_now_ns()));
  }
}

Expected<void> SessionWindow::end(cli::Interruption& interruption) {
  source().update(host_now_ns());
  take_problem();
  draw();
  Expected<void> outcome;
  const auto keep = [&outcome](Expected<void> written) {
    if (outcome) outcome = std::move(written);
  };
  if (!request_.screenshot.empty()) {
    keep(platform::write_png(request_.screenshot, window_->capture()));
  }
  if (ui_dump_) keep(ui_dump_->write_if_due(host_now_ns(), true));
  if (close_session(interruption)) {
    if (auto problem = session_->take_problem()) keep(failed(std::move(*problem)));
    const auto ended = session_->take_ended_recording();
    keep(ended ? write_state(ended->model, ended->origin)
               : write_state(source().model(), source().status().origin));
    keep(write_transcript());
  } else {
    keep(left_behind(source().status()));
  }
  if (!request_.frame_stats.empty()) {
    keep(platform::write_whole(request_.frame_stats, frame_stats_.json()));
  }
  return outcome;
}

}  // namespace poolscope::app
