#pragma once

// Frames to a video file, by the program ffmpeg.
//
// Thread safety: one thread uses a Video.
// Invariants: the file appears only when finish() has succeeded, whole; before, and after a
// failure, there is nothing at its name but what was there before, and no unfinished file beside
// it.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/export/child.h"
#include "app/platform/picture.h"
#include "core/base/error.h"

namespace poolscope::exporting {

enum class VideoFormat { kMp4, kWebm, kGif };

/// The format that a file's extension names.
std::optional<VideoFormat> video_format_of(const std::filesystem::path& file);

struct VideoOptions {
  std::filesystem::path file;
  VideoFormat format = VideoFormat::kMp4;
  int width_px = 0;  // even ones for kMp4 and kWebm
  int height_px = 0;
  double fps = 30;
  /// kGif: a PNG with the 256 colours of all frames, see make_palette.
  std::filesystem::path palette;
  /// Chapters as ffmpeg's metadata, see ffmetadata_of; empty: none. A GIF has none.
  std::filesystem::path chapters = {};
  bool silent_audio = false;  // kMp4, kWebm: a track without a sound
};

class Video {
 public:
  static Expected<std::unique_ptr<Video>> start(const VideoOptions& options);
  ~Video();
  Video(const Video&) = delete;
  Video& operator=(const Video&) = delete;

  /// The next frame.
  Expected<void> add(const platform::Picture& frame);
  /// Ends the file and gives it its name.
  Expected<void> finish();

 private:
  Video(std::filesystem::path file, std::filesystem::path unfinished);
  Error failure();

  SigpipeIgnored sigpipe_ignored_;
  std::filesystem::path file_;
  std::filesystem::path unfinished_;
  std::unique_ptr<Child> ffmpeg_;
};

/// Writes the best 256 colours for `frames` to `palette`, a PNG for VideoOptions::palette. The
/// frames have one size.
Expected<void> make_palette(const std::vector<platform::Picture>& frames,
                            const std::filesystem::path& palette);

}  // namespace poolscope::exporting
