#include "app/export/film.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <utility>

#include "app/export/gif_size.h"
#include "app/export/scratch.h"
#include "app/platform/files.h"

namespace poolscope::exporting {
namespace {

constexpr double kNsPerSecond = 1e9;
constexpr std::size_t kPaletteFrames = 24;
constexpr std::size_t kMostFrames = 1'000'000;

/// When frame `number` is shown, in the video's time.
std::int64_t shown_ns(std::size_t number, double fps) {
  return static_cast<std::int64_t>(static_cast<double>(number) * kNsPerSecond / fps);
}

std::vector<std::int64_t> times_by_step(const std::vector<std::int64_t>& steps,
                                        double step_per_frame) {
  std::vector<std::int64_t> times;
  const auto last = static_cast<double>(steps.size() - 1);
  for (double at = 0; at <= last && times.size() < kMostFrames; at += step_per_frame) {
    const auto i = std::min(static_cast<std::size_t>(at), steps.size() - 2);
    const double share = at - static_cast<double>(i);
    const auto length_ns = static_cast<double>(steps[i + 1] - steps[i]);
    times.push_back(steps[i] + static_cast<std::int64_t>(share * length_ns));
  }
  return times;
}

/// One palette for the whole GIF, from frames spread over it.
Expected<void> draw_palette(DrawnStage& stage, Playback& playback,
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

Expected<void> write_captions(const Cues& said, const RenderOptions& options) {
  switch (options.captions) {
    case Captions::kInPicture: return {};
    case Captions::kSrt: return platform::write_whole(captions_file(options), srt_of(said));
    case Captions::kVtt: return platform::write_whole(captions_file(options), vtt_of(said));
  }
  return {};
}

}  // namespace

std::vector<std::int64_t> frame_times(Playback& playback, const RenderOptions& options) {
  const std::int64_t begin_ns = playback.time_of(options.from);
  const std::int64_t end_ns = playback.time_of(options.to);
  std::vector<std::int64_t> times;
  if (end_ns < begin_ns) return times;
  if (options.steps_per_second > 0) {
    return times_by_step(playback.steps(begin_ns, end_ns), options.steps_per_second / options.fps);
  }
  const double ns_per_frame = options.speed * kNsPerSecond / options.fps;
  const double length_ns = static_cast<double>(end_ns - begin_ns);
  for (double at_ns = 0; at_ns <= length_ns && times.size() < kMostFrames; at_ns += ns_per_frame) {
    times.push_back(begin_ns + static_cast<std::int64_t>(at_ns));
  }
  return times;
}

Cues chapters_of(const ListedMarkers& markers, const std::vector<std::int64_t>& times_ns,
                 double fps) {
  Cues chapters;
  const std::int64_t end_ns = shown_ns(times_ns.size(), fps);
  for (const ListedMarker& marker : markers) {
    const auto frame = std::ranges::lower_bound(times_ns, marker.marker.time_ns);
    if (frame == times_ns.end() || marker.marker.time_ns < times_ns.front()) continue;
    const std::int64_t at_ns =
        shown_ns(static_cast<std::size_t>(std::distance(times_ns.begin(), frame)), fps);
    if (chapters.empty() && at_ns > 0) chapters.push_back({0, end_ns, ""});
    if (!chapters.empty() && chapters.back().begin_ns == at_ns) chapters.pop_back();
    if (!chapters.empty()) chapters.back().end_ns = at_ns;
    chapters.push_back({at_ns, end_ns, marker.title.empty() ? marker.note : marker.title});
  }
  return chapters;
}

Expected<void> render_film(DrawnStage& stage, Playback& playback, const RenderOptions& options,
                           VideoFormat format, const std::function<bool()>& interrupted) {
  const std::vector<std::int64_t> times = frame_times(playback, options);
  if (times.empty()) return bad_input("--from lies behind --to: nothing to draw");
  const Scratch palette(options.output, ".png");
  if (format == VideoFormat::kGif) {
    if (auto drawn = draw_palette(stage, playback, times, palette.file()); !drawn) return drawn;
    // Where a sample cannot be made, the film itself says why, or does without.
    const auto bytes =
        estimated_gif_bytes(stage, playback, times, palette.file(), options, interrupted);
    if (bytes.value_or(0) != 0) options.expected_size(*bytes, times.size());
  }
  const Cues chapters = chapters_of(*playback.session().status().markers, times, options.fps);
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
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (interrupted()) return tl::make_unexpected(interruption());
    options.progress(i, times.size());
    playback.seek_ns(times[i]);
    if (auto added = (*video)->add(stage.draw(playback.session())); !added) return added;
    add_text(said, stage.sentence(), shown_ns(i, options.fps), shown_ns(i + 1, options.fps));
  }
  options.progress(times.size(), times.size());
  if (auto finished = (*video)->finish(); !finished) return finished;
  return write_captions(said, options);
}

}  // namespace poolscope::exporting
