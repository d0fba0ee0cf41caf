#pragma once

// A recorded session to a picture or a video, drawn offscreen by the views that draw the window.
//
// Thread safety: the main thread.
// Invariants: time in a video is the session's, never the clock's: the same file and options give
// the same frames. The output appears whole or not at all.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/control/session_source.h"
#include "app/theme/tokens.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/wanted_moment.h"

namespace poolscope::exporting {

/// How many pictures a .png is.
enum class Pictures : std::uint8_t { kOne, kAtMarkers, kEachStep };
/// Where one reads what is said in a video: the picture always has it.
enum class Captions : std::uint8_t { kInPicture, kSrt, kVtt };

struct RenderOptions {
  std::filesystem::path output;  // .png, .mp4, .webm, .gif
  bool overwrite = false;
  int width_px = 1280;
  int height_px = 720;
  theme::ThemeName theme = theme::ThemeName::kDark;
  theme::LayoutKind layout = theme::LayoutKind::kLecture;
  std::string language = "en";
  GId followed;                // none: nobody
  std::optional<PoolId> pool;  // whose array is shown; none: the first
  /// The pictures show what was shown when it was recorded. `followed` and `pool` hold all the
  /// same.
  bool recorded_view = false;
  Pictures pictures = Pictures::kOne;
  /// One picture: this moment; nothing: the last one with all goroutines, before the session ends.
  std::optional<WantedMoment> at;
  // A series: what lies between. Videos: from here to there, `speed` seconds of the session in one
  // second, or steps_per_second steps, each as long as any other; 0: by time.
  WantedMoment from = {WantedMoment::Kind::kTime, 0, 0};
  WantedMoment to;
  double fps = 30;
  double speed = 1;
  double steps_per_second = 0;
  Captions captions = Captions::kInPicture;
  bool silent_audio = false;  // a track without a sound, for players that want one
  /// Gets what is not as it was asked for: a language that is not there, a part of the file that
  /// cannot be read.
  std::function<void(const Error&)> notice = [](const Error& /*nobody asks*/) {};
  /// Of a GIF: hears how many bytes it will have, about, and in how many frames, before it is made.
  std::function<void(std::uint64_t, std::size_t)> expected_size = [](std::uint64_t /*bytes*/,
                                                                     std::size_t /*frames*/) {};
  /// Hears before each frame, and at the end, how many of how many are done.
  std::function<void(std::size_t, std::size_t)> progress = [](std::size_t /*done*/,
                                                              std::size_t /*all*/) {};
};

/// The file beside the video with what is said in it.
std::filesystem::path captions_file(const RenderOptions& options);

/// Whether a file may be made there. Errors: it is there and may not be replaced, or is being
/// recorded.
Expected<void> check_free(const std::filesystem::path& file, bool overwrite);

/// What ends a render whose `interrupted` was true.
Error interruption();

/// Draws `session`, a replay, to options.output. `interrupted` is asked between frames; once it is
/// true, nothing is left behind.
Expected<void> render(SessionSource& session, const RenderOptions& options,
                      const std::function<bool()>& interrupted);

}  // namespace poolscope::exporting
