#pragma once

// A Dear ImGui context with the OpenGL 3 renderer, for whichever OpenGL context is current.
//
// Thread safety: none; it belongs to the thread of the OpenGL context.
// Invariants: ImGui writes no file of its own; between begin_frame and end_frame ImGui may be
// called. Of several such contexts one is ImGui's current one: see make_current.

#include <imgui.h>

namespace poolscope::platform {

/// Red, green, blue from 0 to 1, of what lies behind everything.
struct ClearColour {
  float red = 0;
  float green = 0;
  float blue = 0;
};

class GuiContext {
 public:
  /// The OpenGL context must be current and loaded. This becomes ImGui's current context.
  GuiContext();
  /// The OpenGL context is current again.
  ~GuiContext();
  GuiContext(const GuiContext&) = delete;
  GuiContext& operator=(const GuiContext&) = delete;

  /// What is asked of ImGui from here is asked of this one.
  void make_current() const { ImGui::SetCurrentContext(context_); }

  /// Draws what the frame's draw lists hold into the current framebuffer, cleared before.
  static void draw(int width_px, int height_px, ClearColour background);

  /// Whether every pixel is computed by the processor, so that filled area is dear.
  [[nodiscard]] bool software_renderer() const { return software_renderer_; }

 private:
  ImGuiContext* context_ = nullptr;
  bool software_renderer_ = false;
};

}  // namespace poolscope::platform
