#pragma once

// An X server without a screen, for tests of the real window.
//
// Thread safety: none.
// Invariants: the server ends with the object.

#include <memory>
#include <string>

#include "tests/support/process.h"

namespace poolscope::testing {

class Xvfb {
 public:
  /// Starts a server of that many pixels on a free display number; it has no window manager.
  /// Null where Xvfb is not installed or does not come up.
  static std::unique_ptr<Xvfb> start(int width_px, int height_px);

  /// What DISPLAY must be for its clients, e.g. ":7".
  [[nodiscard]] const std::string& display() const { return display_; }
  [[nodiscard]] Environment environment() const;

 private:
  Xvfb() = default;

  std::unique_ptr<Process> server_;
  std::string display_;
};

}  // namespace poolscope::testing
