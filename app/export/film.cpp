#include "app/export/film.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/export/gif_size.h"
#include "app/export/scratch.h"
#include "app/platform/files.h"

namespace poolscope::exporting {
namespace {

constexpr double kNsPerSecond = 1e9;
constexpr std::size_t kPaletteFrames = 24;
constexpr double kMostFrames = 1e6;

/// When frame `number` is shown, in the video's time.
std::int64_t shown_ns(std::size_t number, double fps) {
  return static_cast<std::int64_t>(static_cast<double>(number) * kNsPerSecond / fps);
}

tl::unexpected<Error> too_many(double frames, const RenderOptions& options) {
  return bad_input(
      fmt::format("{}: that would be {:.0f} frames, {} at most; draw a part of it with --from and "
                  "--to, or faster",
                  options.output.string(), frames, kMostFrames));
}

std::vector<FrameMoment> moments_by_step(const std::vector<FrameMoment>& steps,
                                         double step_per_frame) {
  std::vector<FrameMoment> moments;
  const auto last = static_cast<double>(steps.size() - 1);
  for (double at = 0; at <= last; at += step_per_frame) {
    const auto i = static_cast<std::size_t>(at);
    const double share = at - static_cast<double>(i);
    const std::int64_t length_ns =
        i + 1 < steps.size() ? steps[i + 1].time_ns - steps[i].time_ns : 0;
    const auto passed_ns = static_cast<std::int64_t>(share * static_cast<double>(length_ns));
    moments.push_back(passed_ns == 0 ? steps[i] : FrameMoment{steps[i].time_ns + passed_ns, {}});
  }
  return moments;
}

/// One palette for the whole GIF, from frames spread over it.
Expected<void> draw_palette(DrawnStage& stage, Playback& playback,
                            const std::vector<FrameMoment>& frames,
                            const std::filesystem::path& palette) {
  std::vector<platform::Picture> samples;
  const std::size_t count = std::min(frames.size(), kPaletteFrames);
  for (std::size_t i = 0; i < count; ++i) {
    playback.seek(frames[i * frames.size() / count]);
    samples.push_back(stage.draw(playback.session()));
  }
  return make_palette(samples, palette);
}

Expected<void> write_captions(const Cues& said, const RenderOptions& options) {
  switch (options.captions) {
    case Captions::kInPicture: return {};
    case Captions::kSrt: return platform::write_whole(captions_file(options), srt_of(said));
    case Captions::kVtt: return platform::write_whole(captions_file(options), vtt_of(said));
  }
  return {};
}

}  // namespace

Expected<std::vector<FrameMoment>> frames_of(Playback& playback, const RenderOptions& options) {
  if (options.steps_per_second > 0) {
    const auto steps = playback.steps(options.from, options.to);
    if (!steps || steps->empty()) return steps;
    const double step_per_frame = options.steps_per_second / options.fps;
    const double frames = static_cast<double>(steps->size()) / step_per_frame;
    if (frames > kMostFrames) return too_many(frames, options);
    return moments_by_step(*steps, step_per_frame);
  }
  const std::int64_t begin_ns = playback.time_of(options.from);
  const std::int64_t end_ns = playback.time_of(options.to);
  std::vector<FrameMoment> frames;
  if (end_ns < begin_ns) return frames;
  const double ns_per_frame = options.speed * kNsPerSecond / options.fps;
  const double length_ns = static_cast<double>(end_ns - begin_ns);
  if (length_ns / ns_per_frame > kMostFrames) return too_many(length_ns / ns_per_frame, options);
  for (double at_ns = 0; at_ns <= length_ns; at_ns += ns_per_frame) {
    frames.push_back({begin_ns + static_cast<std::int64_t>(at_ns), {}});
  }
  return frames;
}

Cues chapters_of(const ListedMarkers& markers, const std::vector<FrameMoment>& frames, double fps) {
  Cues chapters;
  const std::int64_t end_ns = shown_ns(frames.size(), fps);
  for (const ListedMarker& marker : markers) {
    const auto frame =
        std::ranges::lower_bound(frames, marker.marker.time_ns, {}, &FrameMoment::time_ns);
    if (frame == frames.end() || marker.marker.time_ns < frames.front().time_ns) continue;
    const std::int64_t at_ns =
        shown_ns(static_cast<std::size_t>(std::distance(frames.begin(), frame)), fps);
    if (chapters.empty() && at_ns > 0) chapters.push_back({0, end_ns, ""});
    if (!chapters.empty() && chapters.back().begin_ns == at_ns) chapters.pop_back();
    if (!chapters.empty()) chapters.back().end_ns = at_ns;
    chapters.push_back({at_ns, end_ns, marker.title.empty() ? marker.note : marker.title});
  }
  return chapters;
}

Expected<void> render_film(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                           VideoFormat format, const std::function<bool()>& interrupted) {
  const auto moments = frames_of(playback, options);
  if (!moments) return tl::make_unexpected(moments.error());
  const std::vector<FrameMoment>& frames = *moments;
  if (frames.empty()) return bad_input("--from lies behind --to: nothing to draw");
  const Scratch palette(options.output, ".png");
  if (format == VideoFormat::kGif) {
    if (auto drawn = draw_palette(stage, playback, frames, palette.file()); !drawn) return drawn;
    // Where a sample cannot be made, the film itself says why, or does without.
    const auto bytes =
        estimated_gif_bytes(stage, playback, frames, palette.file(), options, interrupted);
    if (bytes.value_or(0) != 0) options.expected_size(*bytes, frames.size());
  }
  const Cues chapters = chapters_of(*playback.session().status().markers, frames, options.fps);
  const Scratch metadata(options.output, ".chapters");
  if (!chapters.empty()) {
    auto written = platform::write_whole(metadata.file(), ffmetadata_of(chapters));
    if (!written) return written;
  }
  auto video =
      Video::start({.file = options.output,
                    .format = format,
                    .width_px = options.width_px,
                    .height_px = options.height_px,
                    .fps = options.fps,
                    .palette = palette.file(),
                    .chapters = chapters.empty() ? std::filesystem::path{} : metadata.file(),
                    .silent_audio = options.silent_audio});
  if (!video) return tl::make_unexpected(video.error());
  Cues said;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (interrupted()) return tl::make_unexpected(interruption());
    options.progress(i, frames.size());
    playback.seek(frames[i]);
    if (auto added = (*video)->add(stage.draw(playback.session())); !added) return added;
    add_text(said, stage.sentence(), shown_ns(i, options.fps), shown_ns(i + 1, options.fps));
  }
  options.progress(frames.size(), frames.size());
  if (auto finished = (*video)->finish(); !finished) return finished;
  return write_captions(said, options);
}

}  // namespace poolscope::exporting
