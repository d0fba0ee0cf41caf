#include "app/platform/window.h"

#include <glad/gl.h>
// After glad, which stands in for the system's OpenGL header.
#include <algorithm>
#include <limits>
#include <utility>

#include <GLFW/glfw3.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include "app/gui/imgui_versions.h"
#include "app/platform/display.h"
#include "app/platform/key_names.h"
#include "app/platform/place_beside.h"

namespace poolscope::platform {
namespace {

std::string last_problem() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text == nullptr ? "unknown reason" : text;
}

tl::unexpected<Error> no_window(const std::string& why) {
  return failed("cannot open a window: " + why +
                "; without a display, use poolscope record and poolscope render");
}

/// GLFW 3.4 has two window systems in one library; before that there was one library for each.
Expected<void> choose_window_system() {
  const Display display = display_of(display_variables());
  if (display == Display::kNone) return no_window("neither DISPLAY nor WAYLAND_DISPLAY is set");
#ifdef GLFW_PLATFORM
  if (display == Display::kX11) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
  if (display == Display::kWayland) glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_WAYLAND);
#endif
  return {};
}

void set_hints(bool first) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_API);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, first ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "poolscope");
  // Window managers tell the two windows apart by it.
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, first ? "poolscope" : "poolscope-presenter");
}

struct Size {
  int width;
  int height;
};

/// The size asked for, times the content scale, but not larger than the screen leaves room for.
Size fitting_size(const WindowOptions& options) {
  Size size{options.width_px, options.height_px};
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (options.size_is_exact || monitor == nullptr) return size;
  float scale_x = 1;
  float scale_y = 1;
  glfwGetMonitorContentScale(monitor, &scale_x, &scale_y);
  Size room{0, 0};
  glfwGetMonitorWorkarea(monitor, nullptr, nullptr, &room.width, &room.height);
  size.width = static_cast<int>(static_cast<float>(size.width) * scale_x);
  size.height = static_cast<int>(static_cast<float>(size.height) * scale_y);
  if (room.width > 0) size.width = std::min(size.width, room.width);
  if (room.height > 0) size.height = std::min(size.height, room.height);
  return size;
}

}  // namespace

struct Window::Callbacks {
  /// Whose window it is; its ImGui context is the current one from here.
  static Window& of(GLFWwindow* glfw) {
    auto& window = *static_cast<Window*>(glfwGetWindowUserPointer(glfw));
    window.gui_->make_current();
    return window;
  }
  static bool typing(const Window& window) {
    return ImGui::GetCurrentContext() != nullptr && gui::field_has_keyboard() &&
           window.frames_until_field_lets_go_ == 0;
  }
  static bool leaves_field(int key) {
    return key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER || key == GLFW_KEY_ESCAPE;
  }
  static void queue(Window& window, const std::optional<intents::KeyChord>& key, bool repeated) {
    window.input_ = true;
    if (!key) return;
    const bool in_field = typing(window);
    // They lead out of it.
    const bool leaves = key->key == intents::Key::kEscape || key->key == intents::Key::kTab;
    if (in_field && !leaves) return;
    window.keys_.push_back({.key = *key, .repeated = repeated, .in_field = in_field});
  }

  static void key(GLFWwindow* glfw, int key, int scancode, int action, int modifiers) {
    Window& window = of(glfw);
    ImGui_ImplGlfw_KeyCallback(glfw, key, scancode, action, modifiers);
    if (action == GLFW_RELEASE) {
      window.input_ = true;
      if (const auto chord = chord_of_key(key, scancode, modifiers)) {
        window.keys_.push_back({.key = *chord, .let_go = true});
      }
    } else {
      if (key >= 0) window.pressed_.push_back(key);
      queue(window, chord_of_key(key, scancode, modifiers), action == GLFW_REPEAT);
      // What is pressed after it is a key again, though ImGui learns of it in the next frame and
      // says so in the one after that.
      if (leaves_field(key) && typing(window)) window.frames_until_field_lets_go_ = 2;
    }
  }
  static void character(GLFWwindow* glfw, unsigned code_point) {
    Window& window = of(glfw);
    ImGui_ImplGlfw_CharCallback(glfw, code_point);
    queue(window, chord_of_character(code_point), false);
  }
  static void moved(GLFWwindow* glfw, double x, double y) {
    const float scale = of(glfw).pixels_per_unit();
    of(glfw).mouse_.moved(static_cast<float>(x) * scale, static_cast<float>(y) * scale);
    of(glfw).input_ = true;
  }
  static void left_or_entered(GLFWwindow* glfw, int entered) {
    constexpr float kNowhere = -std::numeric_limits<float>::max();
    if (entered == GLFW_FALSE) of(glfw).mouse_.moved(kNowhere, kNowhere);
    of(glfw).input_ = true;
  }
  static void button(GLFWwindow* glfw, int button, int action, int /*modifiers*/) {
    of(glfw).mouse_.pressed(static_cast<std::size_t>(button), action == GLFW_PRESS);
    of(glfw).input_ = true;
  }
  static void scrolled(GLFWwindow* glfw, double x, double y) {
    of(glfw).mouse_.scrolled(static_cast<float>(x), static_cast<float>(y));
    of(glfw).input_ = true;
  }
  static void dropped(GLFWwindow* glfw, int count, const char** paths) {
    of(glfw).dropped_files_.insert(of(glfw).dropped_files_.end(), paths, paths + count);
    of(glfw).input_ = true;
  }
  static void resized(GLFWwindow* glfw, int /*width*/, int /*height*/) {
    of(glfw).read_size();
    of(glfw).input_ = true;
  }
  static void scale_changed(GLFWwindow* glfw, float /*x*/, float /*y*/) { of(glfw).input_ = true; }
  static void uncovered(GLFWwindow* glfw) { of(glfw).input_ = true; }
  static void focused(GLFWwindow* glfw, int focused) {
    Window& window = of(glfw);
    ImGui_ImplGlfw_WindowFocusCallback(glfw, focused);
    window.input_ = true;
  }
};

Expected<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  std::unique_ptr<Window> window(new Window);
  if (auto made = window->create(options); !made) return tl::make_unexpected(made.error());
  return window;
}

Expected<void> Window::create(const WindowOptions& options) {
  is_first_ = options.beside == nullptr;
  if (is_first_) {
    if (auto chosen = choose_window_system(); !chosen) return chosen;
    if (glfwInit() == GLFW_FALSE) return no_window(last_problem());
  }
  set_hints(is_first_);
  const Size size = fitting_size(options);
  window_ = glfwCreateWindow(size.width, size.height, options.title.c_str(), nullptr, nullptr);
  if (window_ == nullptr) {
    return failed("cannot open a window: no OpenGL 3.3 here (" + last_problem() +
                  "); install a driver that has it, or set LIBGL_ALWAYS_SOFTWARE=1");
  }
  glfwSetWindowSizeLimits(window_, std::min(kLeastWidth, size.width),
                          std::min(kLeastHeight, size.height), GLFW_DONT_CARE, GLFW_DONT_CARE);
  if (!is_first_) place_beside(*options.beside);
  glfwMakeContextCurrent(window_);
  if (is_first_ && gladLoadGL(glfwGetProcAddress) == 0) {
    return failed("cannot open a window: no OpenGL 3.3 here; install a driver that has it");
  }
  // The second one must not hold up the first.
  glfwSwapInterval(is_first_ ? 1 : 0);
  glfwSetWindowUserPointer(window_, this);
  read_size();
  gui_ = std::make_unique<GuiContext>();
  install_callbacks();
  return {};
}

void Window::install_callbacks() {
  glfwSetKeyCallback(window_, Callbacks::key);
  glfwSetCharCallback(window_, Callbacks::character);
  glfwSetCursorPosCallback(window_, Callbacks::moved);
  glfwSetCursorEnterCallback(window_, Callbacks::left_or_entered);
  glfwSetMouseButtonCallback(window_, Callbacks::button);
  glfwSetScrollCallback(window_, Callbacks::scrolled);
  glfwSetDropCallback(window_, Callbacks::dropped);
  glfwSetFramebufferSizeCallback(window_, Callbacks::resized);
  glfwSetWindowContentScaleCallback(window_, Callbacks::scale_changed);
  glfwSetWindowRefreshCallback(window_, Callbacks::uncovered);
  glfwSetWindowFocusCallback(window_, Callbacks::focused);
  // Not ImGui's own callbacks: the mouse has one way to ImGui, by mouse_.
  ImGui_ImplGlfw_InitForOpenGL(window_, false);
}

Window::~Window() {
  if (gui_ != nullptr) {
    make_current();
    ImGui_ImplGlfw_Shutdown();
  }
  gui_.reset();
  if (window_ != nullptr) glfwDestroyWindow(window_);
  if (is_first_) glfwTerminate();
}

void Window::place_beside(const Window& first) {
  std::vector<layout::Rect> screens;
  int count = 0;
  GLFWmonitor* const* monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0;
    int y = 0;
    int w = 0;
    int h = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &w, &h);
    screens.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(w),
                       static_cast<float>(h)});
  }
  const layout::Rect at = platform::place_beside(first.place(), place(), screens);
  glfwSetWindowPos(window_, static_cast<int>(at.x), static_cast<int>(at.y));
  glfwSetWindowSize(window_, static_cast<int>(at.w), static_cast<int>(at.h));
}

layout::Rect Window::place() const {
  int x = 0;
  int y = 0;
  int w = 0;
  int h = 0;
  glfwGetWindowPos(window_, &x, &y);
  glfwGetWindowSize(window_, &w, &h);
  return {static_cast<float>(x), static_cast<float>(y), static_cast<float>(w),
          static_cast<float>(h)};
}

void Window::make_current() const {
  if (glfwGetCurrentContext() != window_) glfwMakeContextCurrent(window_);
  gui_->make_current();
}

void Window::wait(double seconds) {
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
}

bool Window::take_input() { return std::exchange(input_, false) || mouse_.pending(); }

std::vector<KeyPress> Window::take_keys() { return std::exchange(keys_, {}); }

std::vector<std::string> Window::take_dropped_files() { return std::exchange(dropped_files_, {}); }

bool Window::take_close() {
  const bool wanted = glfwWindowShouldClose(window_) == GLFW_TRUE;
  glfwSetWindowShouldClose(window_, GLFW_FALSE);
  return wanted;
}

void Window::read_size() { glfwGetFramebufferSize(window_, &width_px_, &height_px_); }

void Window::show_short_presses() {
  std::erase_if(held_, [&](int key) { return glfwGetKey(window_, key) == GLFW_PRESS; });
  gui::hold_keys(pressed_, held_);
  if (!held_.empty() || !pressed_.empty()) input_ = true;  // the frame that shows them released
  held_ = std::exchange(pressed_, {});
  if (frames_until_field_lets_go_ > 0) --frames_until_field_lets_go_;
}

void Window::begin_frame() {
  make_current();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(static_cast<float>(width_px_), static_cast<float>(height_px_));
  io.DisplayFramebufferScale = ImVec2(1, 1);
  const MouseState mouse = mouse_.next_frame();
  gui::set_mouse({mouse.x, mouse.y}, mouse.down, {mouse.wheel_x, mouse.wheel_y});
  show_short_presses();
  ImGui::NewFrame();
}

void Window::draw_frame(ClearColour background) {
  ImGui::Render();
  GuiContext::draw(width_px_, height_px_, background);
}

void Window::finish_drawing() { glFinish(); }

Picture Window::capture() const { return read_framebuffer(width_px_, height_px_); }

void Window::show_frame() {
  glfwSwapBuffers(window_);
  if (!std::exchange(shown_, true)) glfwShowWindow(window_);
}

void Window::set_title(const std::string& title) {
  if (title == title_) return;
  title_ = title;
  glfwSetWindowTitle(window_, title.c_str());
}

void Window::toggle_full_screen() {
  PlacedBefore& before = before_full_screen_;
  if (glfwGetWindowMonitor(window_) != nullptr) {
    glfwSetWindowMonitor(window_, nullptr, before.x, before.y, before.width, before.height,
                         GLFW_DONT_CARE);
    return;
  }
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) return;
  glfwGetWindowPos(window_, &before.x, &before.y);
  glfwGetWindowSize(window_, &before.width, &before.height);
  glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
}

bool Window::maximised() const {
  return glfwGetWindowMonitor(window_) != nullptr ||
         glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
}

float Window::content_scale() const {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return x > 0 ? x : 1;
}

float Window::pixels_per_unit() const {
  int units = 0;
  glfwGetWindowSize(window_, &units, nullptr);
  return units > 0 ? static_cast<float>(width_px_) / static_cast<float>(units) : 1;
}

}  // namespace poolscope::platform
