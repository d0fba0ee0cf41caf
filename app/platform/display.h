#pragma once

// Which window system the environment offers. GLFW asks every system that it knows, and libwayland
// complains on stderr where there is none; so GLFW gets the answer beforehand.
//
// Thread safety: pure functions, but for the environment.

#include <string>

namespace poolscope::platform {

enum class Display {
  kNone,
  kX11,      // nothing of Wayland is there
  kWayland,  // nothing of X is there
  kEither,
};

/// The variables that decide, empty where they are not set.
struct DisplayVariables {
  std::string display;          // DISPLAY
  std::string wayland_display;  // WAYLAND_DISPLAY
  std::string wayland_socket;   // WAYLAND_SOCKET: a connection that is open already
  std::string runtime_folder;   // XDG_RUNTIME_DIR, where WAYLAND_DISPLAY lies, unless it is a path
};

DisplayVariables display_variables();
Display display_of(const DisplayVariables& variables);

}  // namespace poolscope::platform
