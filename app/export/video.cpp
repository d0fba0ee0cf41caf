#include "app/export/video.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "app/platform/files.h"

namespace poolscope::exporting {
namespace {

using Arguments = std::vector<std::string>;

void append(Arguments& to, Arguments more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Arguments raw_input(int width_px, int height_px, double fps) {
  return {
      "ffmpeg",     "-hide_banner",      "-loglevel",
      "error",      "-nostdin",          "-y",
      "-f",         "rawvideo",          "-pix_fmt",
      "rgb24",      "-video_size",       std::to_string(width_px) + "x" + std::to_string(height_px),
      "-framerate", std::to_string(fps), "-i",
      "pipe:0"};
}

/// What is read beside the frames, and which streams of all that become the video's.
Arguments other_inputs(const VideoOptions& options) {
  Arguments inputs;
  Arguments taken = {"-map", "0:v"};
  int next = 1;
  if (!options.chapters.empty()) {
    append(inputs, {"-f", "ffmetadata", "-i", "file:" + options.chapters.string()});
    append(taken, {"-map_chapters", std::to_string(next++)});
  }
  if (options.silent_audio) {
    append(inputs, {"-f", "lavfi", "-i", "anullsrc=sample_rate=48000:channel_layout=stereo"});
    append(taken, {"-map", std::to_string(next) + ":a", "-shortest"});
  }
  append(inputs, taken);
  return inputs;
}

Arguments encoding(const VideoOptions& options) {
  // Players take the colours of a video without a mark for those of television.
  const Arguments colours = {"-vf",          "scale=out_color_matrix=bt709:out_range=tv",
                             "-pix_fmt",     "yuv420p",
                             "-colorspace",  "bt709",
                             "-color_range", "tv"};
  Arguments arguments;
  switch (options.format) {
    case VideoFormat::kMp4:
      append(arguments, other_inputs(options));
      append(arguments, colours);
      append(arguments, {"-c:v", "libx264", "-profile:v", "high", "-preset", "veryfast", "-crf",
                         "18", "-c:a", "aac", "-movflags", "+faststart", "-f", "mp4"});
      break;
    case VideoFormat::kWebm:
      append(arguments, other_inputs(options));
      append(arguments, colours);
      append(arguments, {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt",
                         "1", "-crf", "24", "-b:v", "0", "-c:a", "libopus", "-f", "webm"});
      break;
    case VideoFormat::kGif:
      append(arguments, {"-i", options.palette.string(), "-lavfi",
                         "[0:v][1:v]paletteuse=dither=none:diff_mode=rectangle", "-f", "gif"});
      break;
  }
  return arguments;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Error ffmpeg_error(const std::filesystem::path& file, const Child::End& end) {
  std::string why = first_line(end.diagnostics);
  if (why.empty()) why = "it ended with exit code " + std::to_string(end.exit_code);
  return {Error::Kind::kFailed, file.string() + ": ffmpeg failed: " + why};
}

}  // namespace

std::optional<VideoFormat> video_format_of(const std::filesystem::path& file) {
  const std::string extension = file.extension();
  if (extension == ".mp4") return VideoFormat::kMp4;
  if (extension == ".webm") return VideoFormat::kWebm;
  if (extension == ".gif") return VideoFormat::kGif;
  return std::nullopt;
}

Video::Video(std::filesystem::path file, std::filesystem::path unfinished)
    : file_(std::move(file)), unfinished_(std::move(unfinished)) {}

Expected<std::unique_ptr<Video>> Video::start(const VideoOptions& options) {
  std::unique_ptr<Video> video(new Video(options.file, platform::unfinished_name(options.file)));
  Arguments arguments = raw_input(options.width_px, options.height_px, options.fps);
  append(arguments, encoding(options));
  // A name may begin with a dash.
  arguments.push_back("file:" + video->unfinished_.string());
  auto started = Child::start(arguments);
  if (!started) return tl::make_unexpected(started.error());
  video->ffmpeg_ = std::move(*started);
  return video;
}

Video::~Video() {
  ffmpeg_.reset();
  std::error_code ignored;
  std::filesystem::remove(unfinished_, ignored);
}

Error Video::failure() { return ffmpeg_error(file_, ffmpeg_->finish()); }

Expected<void> Video::add(const platform::Picture& frame) {
  if (!ffmpeg_->write(frame.rgb)) return tl::make_unexpected(failure());
  return {};
}

Expected<void> Video::finish() {
  const Child::End end = ffmpeg_->finish();
  if (end.exit_code != 0) return tl::make_unexpected(ffmpeg_error(file_, end));
  if (std::rename(unfinished_.c_str(), file_.c_str()) != 0) {
    return failed(file_.string() + ": cannot be made: " + std::strerror(errno));
  }
  return {};
}

Expected<void> make_palette(const std::vector<platform::Picture>& frames,
                            const std::filesystem::path& palette) {
  const SigpipeIgnored sigpipe_ignored;
  Arguments arguments = raw_input(frames.front().width_px, frames.front().height_px, 1);
  append(arguments, {"-vf", "palettegen=stats_mode=full:reserve_transparent=0", "-frames:v", "1",
                     "-f", "image2", "-update", "1", "file:" + palette.string()});
  auto ffmpeg = Child::start(arguments);
  if (!ffmpeg) return tl::make_unexpected(ffmpeg.error());
  for (const platform::Picture& frame : frames) {
    if (!(*ffmpeg)->write(frame.rgb)) break;
  }
  const Child::End end = (*ffmpeg)->finish();
  if (end.exit_code != 0) return tl::make_unexpected(ffmpeg_error(palette, end));
  return {};
}

}  // namespace poolscope::exporting
