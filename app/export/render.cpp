#include "app/export/render.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "app/control/rate.h"
#include "app/export/video.h"
#include "app/frame/frame.h"
#include "app/layout/window_layout.h"
#include "app/locale/translate.h"
#include "app/platform/files.h"
#include "app/platform/fonts.h"
#include "app/platform/offscreen.h"
#include "app/views/window.h"
#include "core/session/held_file.h"

namespace poolscope::exporting {
namespace {

constexpr double kNsPerSecond = 1e9;
constexpr float kUsualHeight_px = 720;
constexpr std::size_t kPaletteFrames = 24;
constexpr std::size_t kMostFrames = 1'000'000;
constexpr std::size_t kMostSteps = 1'000'000;

/// A session standing at any moment that one asks for.
class Playback {
 public:
  Playback(SessionSource& session, const std::function<void(const Error&)>& notice)
      : session_(session), notice_(notice) {
    session_.update(0);
    if (session_.status().playing) session_.apply(intents::TogglePlay{});
    wait_for_lanes();
  }

  void seek_ns(std::int64_t time_ns) {
    session_.apply(intents::SeekTime{time_ns});
    session_.update(0);
    pass_on_problem();
  }
  [[nodiscard]] std::int64_t time_ns() const { return session_.status().playhead.time_ns; }
  [[nodiscard]] const SessionSource& session() const { return session_; }

  /// Goes there. Beyond the end is the end.
  void seek(const WantedMoment& at) {
    const Origin origin = session_.status().origin;
    switch (at.kind) {
      case WantedMoment::Kind::kTime: seek_ns(origin.time_ns + at.time_ns); break;
      case WantedMoment::Kind::kEvent:
        session_.apply(intents::SeekSeq{origin.seq + at.number});
        session_.update(0);
        break;
      case WantedMoment::Kind::kEnd: seek_ns(session_.status().last.time_ns); break;
    }
  }
  /// The last moment at which all goroutines are there: at a session's end they go, one by one, and
  /// a picture of that shows nothing of what it was about.
  void seek_last_scene() {
    constexpr std::int64_t kStep_ns = 100'000'000;
    constexpr int kSteps = 40;
    const SessionStatus& status = session_.status();
    const std::int64_t last_ns = status.last.time_ns;
    std::int64_t best_ns = last_ns;
    std::size_t most = 0;
    for (int i = 0; i < kSteps; ++i) {
      const std::int64_t at_ns = last_ns - i * kStep_ns;
      if (at_ns < status.first.time_ns) break;
      seek_ns(at_ns);
      const auto& gs = session_.model().gs;
      const auto there = static_cast<std::size_t>(std::ranges::count_if(
          gs, [](const GState& g) { return g.status != GState::Status::kAbsent; }));
      if (there <= most) continue;
      most = there;
      best_ns = at_ns;
    }
    seek_ns(best_ns);
  }
  std::int64_t time_of(const WantedMoment& at) {
    seek(at);
    return time_ns();
  }

  /// The times of the steps from begin_ns to end_ns, both included.
  std::vector<std::int64_t> steps(std::int64_t begin_ns, std::int64_t end_ns) {
    seek_ns(begin_ns);
    std::vector<std::int64_t> times = {begin_ns};
    std::uint64_t seq = 0;
    while (times.size() < kMostSteps && session_.status().playhead.seq != seq) {
      seq = session_.status().playhead.seq;
      session_.apply(intents::StepForward{});
      session_.update(0);
      if (time_ns() >= end_ns) break;
      times.push_back(time_ns());
    }
    times.push_back(end_ns);
    return times;
  }

 private:
  /// The same fault meets every frame of its stretch; it is reported once.
  void pass_on_problem() {
    const auto problem = session_.take_problem();
    if (!problem || *problem == reported_) return;
    reported_ = *problem;
    notice_({Error::Kind::kFailed, reported_});
  }

  /// A replay reads them on a thread of its own; a picture must not depend on how far that is. Of a
  /// damaged file they never come to the end.
  void wait_for_lanes() {
    std::int64_t known_ns = session_.lanes()->end_ns();
    int idle = 0;
    while (known_ns < session_.status().last.time_ns && idle < kMostIdlePolls) {
      std::this_thread::sleep_for(kPoll);
      session_.update(0);
      const std::int64_t now_known_ns = session_.lanes()->end_ns();
      idle = now_known_ns == known_ns ? idle + 1 : 0;
      known_ns = now_known_ns;
    }
  }

  static constexpr std::chrono::milliseconds kPoll{5};
  static constexpr int kMostIdlePolls = 600;

  SessionSource& session_;
  const std::function<void(const Error&)>& notice_;
  std::string reported_;
};

/// The session times of the frames of a video.
std::vector<std::int64_t> frame_times(Playback& playback, const RenderOptions& options) {
  const std::int64_t begin_ns = playback.time_of(options.from);
  const std::int64_t end_ns = playback.time_of(options.to);
  std::vector<std::int64_t> times;
  if (end_ns < begin_ns) return times;
  if (options.steps_per_second > 0) {
    const std::vector<std::int64_t> steps = playback.steps(begin_ns, end_ns);
    const double step_per_frame = options.steps_per_second / options.fps;
    const auto last = static_cast<double>(steps.size() - 1);
    for (double at = 0; at <= last && times.size() < kMostFrames; at += step_per_frame) {
      const auto i = std::min(static_cast<std::size_t>(at), steps.size() - 2);
      const double share = at - static_cast<double>(i);
      times.push_back(steps[i] + static_cast<std::int64_t>(
                                     share * static_cast<double>(steps[i + 1] - steps[i])));
    }
    return times;
  }
  const double ns_per_frame = options.speed * kNsPerSecond / options.fps;
  const double length_ns = static_cast<double>(end_ns - begin_ns);
  for (double at_ns = 0; at_ns <= length_ns && times.size() < kMostFrames; at_ns += ns_per_frame) {
    times.push_back(begin_ns + static_cast<std::int64_t>(at_ns));
  }
  return times;
}

/// A picture smaller than usual shows the same, smaller. (A larger one grows by its layout.)
float scale_of(const RenderOptions& options) {
  return std::min(1.0F, static_cast<float>(options.height_px) / kUsualHeight_px);
}

/// A picture is not scrolled: one that is too small for its panels shows them smaller.
float zoom_of(const RenderOptions& options) {
  constexpr auto kLayout = theme::LayoutKind::kLecture;
  constexpr float kStep = 0.95F;
  constexpr float kLeast = 0.2F;
  const layout::Rect picture{0, 0, static_cast<float>(options.width_px),
                             static_cast<float>(options.height_px)};
  float zoom = 1;
  while (zoom > kLeast) {
    const float scale = scale_of(options);
    const layout::WindowLayout at =
        layout::window_layout(kLayout, picture, theme::sizes_of(kLayout, picture.h, scale, zoom),
                              theme::font_specs(kLayout, picture.h, scale, zoom));
    if (!at.scrolls(picture)) break;
    zoom *= kStep;
  }
  return zoom;
}

/// The stage, drawn at any moment of a session.
class Stage {
 public:
  static Expected<std::unique_ptr<Stage>> open(const RenderOptions& options) {
    auto canvas = platform::Offscreen::open(options.width_px, options.height_px);
    if (!canvas) return tl::make_unexpected(canvas.error());
    return std::unique_ptr<Stage>(new Stage(options, std::move(*canvas)));
  }

  const platform::Picture& draw(const SessionSource& session) {
    frame::Moment moment = frame::moment_of(session);
    moment.session.playing = moment.session.playing || is_video_;
    moment.session.summed = speed_ > 0 && moment.model->step_time_ns == 0 &&
                            moment.session.ops_per_second * speed_ >= kSummedFrom_per_s;
    frame::need_markers(fonts_, *moment.session.markers);
    // All frames are of one session.
    if (!std::exchange(has_names_, true)) frame::need_names(fonts_, moment.session.names.get());
    frame::prepare_fonts(fonts_, moment, state_, look_, canvas_->height_px());
    canvas_->begin_frame(seconds_per_frame_);
    labels_.begin_frame();
    views::draw_window(frame::view_input(moment, state_, look_, fonts_, labels_,
                                         canvas_->width_px(), canvas_->height_px()));
    return canvas_->end_frame(frame::clear_colour(look_.theme));
  }

 private:
  Stage(const RenderOptions& options, std::unique_ptr<platform::Offscreen> canvas)
      : fonts_(platform::find_fonts()),
        canvas_(std::move(canvas)),
        seconds_per_frame_(static_cast<float>(1 / options.fps)),
        is_video_(video_format_of(options.output).has_value()),
        speed_(is_video_ && options.steps_per_second == 0 ? options.speed : 0) {
    look_ = {.theme = options.theme,
             .scale = scale_of(options),
             .zoom = zoom_of(options),
             .interactive = false};
    state_.followed = options.followed;
    if (auto set = frame::set_language(options.language, fonts_); !set) options.notice(set.error());
    state_.language = locale::code_of(locale::current_language());
  }

  platform::Fonts fonts_;  // outlives the canvas's ImGui context
  std::unique_ptr<platform::Offscreen> canvas_;
  float seconds_per_frame_;
  bool is_video_;
  double speed_;  // of the session's time; 0: stands still, or goes by step
  frame::Look look_;
  views::ViewState state_;
  views::Labels labels_;
  bool has_names_ = false;
};

Error interruption() { return {Error::Kind::kFailed, "interrupted"}; }

/// A file that is gone when this is.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path file) : file_(std::move(file)) {}
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

/// One palette for the whole GIF, from frames spread over it.
Expected<void> draw_palette(Stage& stage, Playback& playback,
                            const std::vector<std::int64_t>& times,
                            const std::filesystem::path& palette) {
  std::vector<platform::Picture> samples;
  const std::size_t count = std::min(times.size(), kPaletteFrames);
  for (std::size_t i = 0; i < count; ++i) {
    playback.seek_ns(times[i * times.size() / count]);
    samples.push_back(stage.draw(playback.session()));
  }
  return make_palette(samples, palette);
}

Expected<void> render_video(Stage& stage, Playback& playback, const RenderOptions& options,
                            VideoFormat format, const std::function<bool()>& interrupted) {
  const std::vector<std::int64_t> times = frame_times(playback, options);
  if (times.empty()) return bad_input("--from lies behind --to: nothing to draw");
  const Scratch palette(platform::unfinished_name(options.output).replace_extension(".png"));
  if (format == VideoFormat::kGif) {
    if (auto drawn = draw_palette(stage, playback, times, palette.file()); !drawn) return drawn;
  }
  auto video = Video::start({.file = options.output,
                             .format = format,
                             .width_px = options.width_px,
                             .height_px = options.height_px,
                             .fps = options.fps,
                             .palette = palette.file()});
  if (!video) return tl::make_unexpected(video.error());
  for (const std::int64_t time_ns : times) {
    if (interrupted()) return tl::make_unexpected(interruption());
    playback.seek_ns(time_ns);
    if (auto added = (*video)->add(stage.draw(playback.session())); !added) return added;
  }
  return (*video)->finish();
}

Expected<void> check_output(const RenderOptions& options) {
  const std::string name = options.output.string();
  std::error_code ignored;
  if (!options.overwrite && std::filesystem::exists(options.output, ignored)) {
    return bad_input(name + ": is there already; add --overwrite or choose another name");
  }
  if (auto checked = refuse_while_recorded(options.output); !checked) return checked;
  if (options.output.extension() != ".png" && !video_format_of(options.output)) {
    return bad_input(name + ": unknown kind of output; end its name in .png, .mp4, .webm or .gif");
  }
  const std::filesystem::path folder = options.output.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    return failed(name + ": there is no folder " + folder.string() + "; make it first");
  }
  return {};
}

}  // namespace

Expected<void> render(SessionSource& session, const RenderOptions& wanted,
                      const std::function<bool()>& interrupted) {
  if (auto checked = check_output(wanted); !checked) return checked;
  RenderOptions options = wanted;
  const auto format = video_format_of(options.output);
  if (format && *format != VideoFormat::kGif) {
    // Videos halve the resolution of colours.
    options.width_px -= options.width_px % 2;
    options.height_px -= options.height_px % 2;
  }
  auto stage = Stage::open(options);
  if (!stage) return tl::make_unexpected(stage.error());
  Playback playback(session, options.notice);
  if (format) return render_video(**stage, playback, options, *format, interrupted);
  if (options.at) {
    playback.seek(*options.at);
  } else {
    playback.seek_last_scene();
  }
  (*stage)->draw(session);  // ImGui settles its sizes in the first frame
  return platform::write_png(options.output, (*stage)->draw(session));
}

}  // namespace poolscope::exporting
