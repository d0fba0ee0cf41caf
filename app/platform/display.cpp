#include "app/platform/display.h"

#include <cstdlib>

namespace poolscope::platform {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

DisplayVariables display_variables() {
  return {.display = variable("DISPLAY"),
          .wayland_display = variable("WAYLAND_DISPLAY"),
          .wayland_socket = variable("WAYLAND_SOCKET"),
          .runtime_folder = variable("XDG_RUNTIME_DIR")};
}

Display display_of(const DisplayVariables& variables) {
  const bool x11 = !variables.display.empty();
  const std::string& wanted = variables.wayland_display;
  const bool wayland =
      !variables.wayland_socket.empty() ||
      (!wanted.empty() && (wanted.front() == '/' || !variables.runtime_folder.empty()));
  if (x11 && wayland) return Display::kEither;
  if (wayland) return Display::kWayland;
  return x11 ? Display::kX11 : Display::kNone;
}

}  // namespace poolscope::platform
