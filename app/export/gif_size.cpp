#include "app/export/gif_size.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <system_error>

#include "app/export/scratch.h"
#include "app/export/video.h"

namespace poolscope::exporting {
namespace {

constexpr std::size_t kStretches = 5;
constexpr std::size_t kFramesOfStretch = 10;
// Fewer are made as quickly as they are guessed.
constexpr std::size_t kFewest = 2 * kStretches * kFramesOfStretch;

Expected<std::uint64_t> bytes_of(std::span<const platform::Picture> frames,
                                 const std::filesystem::path& palette,
                                 const RenderOptions& options) {
  const Scratch scratch(options.output, ".sample.gif");
  auto video = Video::start({.file = scratch.file(),
                             .format = VideoFormat::kGif,
                             .width_px = options.width_px,
                             .height_px = options.height_px,
                             .fps = options.fps,
                             .palette = palette});
  if (!video) return tl::make_unexpected(video.error());
  for (const platform::Picture& frame : frames) {
    if (auto added = (*video)->add(frame); !added) return tl::make_unexpected(added.error());
  }
  if (auto finished = (*video)->finish(); !finished) {
    return tl::make_unexpected(finished.error());
  }
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(scratch.file(), problem);
  if (problem) return bad_input(scratch.file().string() + ": " + problem.message());
  return bytes;
}

}  // namespace

Expected<std::uint64_t> estimated_gif_bytes(DrawnStage& stage, Playback& playback,
                                            const std::vector<FrameMoment>& moments,
                                            const std::filesystem::path& palette,
                                            const RenderOptions& options,
                                            const std::function<bool()>& interrupted) {
  if (moments.size() < kFewest) return 0;
  // A frame takes what has changed since the one before; only the first is whole.
  std::uint64_t first_bytes = 0;
  std::uint64_t later_bytes = 0;
  for (std::size_t stretch = 0; stretch < kStretches; ++stretch) {
    const std::size_t begin = stretch * (moments.size() - kFramesOfStretch) / (kStretches - 1);
    if (interrupted()) return 0;
    std::vector<platform::Picture> frames;
    for (std::size_t i = begin; i < begin + kFramesOfStretch; ++i) {
      playback.seek(moments[i]);
      frames.push_back(stage.draw(playback.session()));
    }
    auto alone = bytes_of(std::span(frames).first(1), palette, options);
    if (!alone) return alone;
    auto all = bytes_of(frames, palette, options);
    if (!all) return all;
    if (stretch == 0) first_bytes = *alone;
    later_bytes += *all - std::min(*all, *alone);
  }
  const std::uint64_t sampled = kStretches * (kFramesOfStretch - 1);
  return first_bytes + later_bytes * (moments.size() - 1) / sampled;
}

}  // namespace poolscope::exporting
