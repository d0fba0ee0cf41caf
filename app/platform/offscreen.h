#pragma once

// Drawing without a window or an X server: EGL without a surface, into a framebuffer object.
//
// Thread safety: none; one thread opens, uses and destroys it.
// Invariants: its OpenGL context is current on that thread as long as it lives.

#include <memory>
#include <string>

#include "app/platform/gui_context.h"
#include "app/platform/picture.h"
#include "core/base/error.h"

namespace poolscope::platform {

class Offscreen {
 public:
  /// A canvas of this size, with an ImGui context.
  static Expected<std::unique_ptr<Offscreen>> open(int width_px, int height_px);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  /// Begins an ImGui frame, `seconds` after the one before.
  void begin_frame(float seconds);
  /// Ends and draws it, unless the frame before was drawn from the very same lists: then its
  /// picture is given again. Valid until the next call.
  const Picture& end_frame(ClearColour background);

  [[nodiscard]] int width_px() const { return width_px_; }
  [[nodiscard]] int height_px() const { return height_px_; }
  [[nodiscard]] const GuiContext& gui() const { return *gui_; }

 private:
  Offscreen(int width_px, int height_px);
  Expected<void> make_context();
  Expected<void> make_framebuffer();

  int width_px_;
  int height_px_;
  void* display_ = nullptr;  // EGLDisplay
  void* context_ = nullptr;  // EGLContext
  unsigned framebuffer_ = 0;
  unsigned colour_ = 0;
  std::unique_ptr<GuiContext> gui_;
  std::string drawn_;  // the bytes that picture_ was drawn from
  Picture picture_;
};

}  // namespace poolscope::platform
