#pragma once

// The flags of the window, and what they and the settings make of its beginning.
//
// Thread safety: one thread.
// Invariants: a flag goes before a setting, a setting before the default.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/main/session_window.h"
#include "app/main/values.h"
#include "app/main/viewer.h"

namespace CLI {
class App;
}

namespace poolscope::app {

struct WindowFlags {
  // Empty: not given.
  std::optional<SizePx> size;
  std::optional<float> scale;
  std::string theme;
  std::string language;
  std::string layout;
  bool presenter = false;
  std::filesystem::path record;
  std::optional<std::int64_t> exit_after_ns;
  std::filesystem::path screenshot;
  std::filesystem::path frame_stats;
  std::filesystem::path state_dump;
  std::filesystem::path ui_dump;
  std::filesystem::path transcript;
  std::size_t flight_mib = kFlight_MiB;  // 0: no flight recorder
};

/// Adds --size, --scale, --theme, --lang, --layout, --presenter, --record, --exit-after,
/// --screenshot, --frame-stats, --state-dump, --ui-dump, --transcript and --flight-mib. `flags`
/// outlives the parse.
void add_window_flags(CLI::App& app, WindowFlags& flags);

/// Whether the files that the flags name can be made, as far as their folders show.
Expected<void> check_outputs(const WindowFlags& flags);

/// The window as the flags want it.
WindowRequest window_request(const WindowFlags& flags);

/// The viewer as flags, settings and the environment's locale want it.
Viewer first_viewer(const WindowFlags& flags, const Settings& settings);

}  // namespace poolscope::app
