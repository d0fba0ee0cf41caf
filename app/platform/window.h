#pragma once

// A window: GLFW, OpenGL 3.3 core, Dear ImGui, and what the viewer did with keys and mouse. The
// program has one, and the lecturer may have another one beside it, with an OpenGL context and an
// ImGui context of its own: what is clicked in one is nothing to the other.
//
// Thread safety: the main thread's.
// Invariants:
//  1. ImGui's coordinates are framebuffer pixels; `pixels_per_unit` leads to window coordinates.
//  2. No key press and no click is lost, however slow the frames are: both are queued.
//  3. While a text field has the focus, keys are text, and only that they are let go is queued; a
//     press that is over before
//     the next frame reaches the field all the same.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/intents/keys.h"
#include "app/layout/rect.h"
#include "app/platform/gui_context.h"
#include "app/platform/mouse_queue.h"
#include "app/platform/picture.h"
#include "core/base/error.h"

struct GLFWwindow;

namespace poolscope::platform {

class Window;

struct WindowOptions {
  std::string title;
  int width_px = 0;  // of the framebuffer at content scale 1
  int height_px = 0;
  bool size_is_exact = false;  // the viewer asked for this size: neither scaled nor shrunk
  /// The first window, which lives longer. This one is opened on another screen where there is one,
  /// and does not take the keyboard.
  const Window* beside = nullptr;
};

/// The viewer cannot make the window smaller than that, in window coordinates.
inline constexpr int kLeastWidth = 640;
inline constexpr int kLeastHeight = 400;

struct KeyPress {
  intents::KeyChord key;
  bool repeated = false;  // by holding it down
  bool let_go = false;    // it is up again
  bool in_field = false;  // Esc, which a text field has too; other keys are text there
};

class Window {
 public:
  /// Opens and does not show it yet: that happens with the first frame.
  static Expected<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Takes in what the viewer does; waits for it for at most so long (0: not at all).
  void wait(double seconds);

  /// Whether the viewer has done anything since the last call, or a frame is needed to show it.
  bool take_input();
  std::vector<KeyPress> take_keys();
  std::vector<std::string> take_dropped_files();
  /// Whether the viewer has closed the window since the last call; it stays until it is destroyed.
  bool take_close();

  /// What is asked of OpenGL and ImGui from here is asked of this window's. begin_frame does it
  /// too.
  void make_current() const;

  /// Begins an ImGui frame.
  void begin_frame();
  /// Ends it and draws it, without showing it yet.
  void draw_frame(ClearColour background);
  /// Waits until OpenGL has done all that was asked of it. For measuring.
  static void finish_drawing();
  /// What was drawn; before show_frame.
  [[nodiscard]] Picture capture() const;
  void show_frame();

  void set_title(const std::string& title);
  void toggle_full_screen();
  /// Whether it fills its screen: full screen, or maximised by the window manager.
  [[nodiscard]] bool maximised() const;
  /// What a system with dense pixels asks for, 1 on an ordinary one.
  [[nodiscard]] float content_scale() const;
  [[nodiscard]] float pixels_per_unit() const;
  [[nodiscard]] int width_px() const { return width_px_; }
  [[nodiscard]] int height_px() const { return height_px_; }
  [[nodiscard]] const GuiContext& gui() const { return *gui_; }

 private:
  struct Callbacks;  // GLFW's, in window.cpp
  struct PlacedBefore {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
  };

  Window() = default;
  Expected<void> create(const WindowOptions& options);
  void install_callbacks();
  void place_beside(const Window& first);
  /// In the coordinates of the screens.
  [[nodiscard]] layout::Rect place() const;
  void read_size();
  void show_short_presses();

  GLFWwindow* window_ = nullptr;
  bool is_first_ = true;
  std::unique_ptr<GuiContext> gui_;
  int width_px_ = 0;
  int height_px_ = 0;
  bool shown_ = false;
  bool input_ = true;
  MouseQueue mouse_;
  std::vector<KeyPress> keys_;
  std::vector<int> pressed_;  // keys since the last frame, GLFW's numbers
  std::vector<int> held_;     // those of the frame before
  int frames_until_field_lets_go_ = 0;
  std::vector<std::string> dropped_files_;
  std::string title_;
  PlacedBefore before_full_screen_;
};

}  // namespace poolscope::platform
