#pragma once

// The mouse's transitions, handed to Dear ImGui one a frame. ImGui 1.86 knows only the state at the
// start of a frame: a button that goes down and up within one slow frame would never have been
// down. (From 1.87 on it has such a queue of its own; with this one, every version behaves alike.)
//
// Thread safety: none, it belongs to the window's thread.
// Invariants: no transition is lost; in one frame a button changes at most once, and it changes
// where the pointer was then.

#include <array>
#include <cstddef>
#include <deque>

namespace poolscope::platform {

struct MouseState {
  static constexpr std::size_t kButtons = 3;
  float x = 0;
  float y = 0;
  std::array<bool, kButtons> down{};
  float wheel_x = 0;  // of this frame
  float wheel_y = 0;
  bool operator==(const MouseState&) const = default;
};

class MouseQueue {
 public:
  void moved(float x, float y);
  void pressed(std::size_t button, bool down);
  void scrolled(float wheel_x, float wheel_y);

  /// The state to show to the next frame.
  MouseState next_frame();

  /// Whether a further frame is needed to show everything.
  [[nodiscard]] bool pending() const { return !events_.empty(); }

 private:
  struct Event {
    enum class Kind { kMove, kButton, kWheel } kind;
    float x = 0;
    float y = 0;
    std::size_t button = 0;
    bool down = false;
  };
  std::deque<Event> events_;
  MouseState state_;
};

}  // namespace poolscope::platform
