#include "app/platform/mouse_queue.h"

namespace poolscope::platform {

void MouseQueue::moved(float x, float y) {
  events_.push_back({.kind = Event::Kind::kMove, .x = x, .y = y});
}

void MouseQueue::pressed(std::size_t button, bool down) {
  if (button >= MouseState::kButtons) return;
  events_.push_back({.kind = Event::Kind::kButton, .button = button, .down = down});
}

void MouseQueue::scrolled(float wheel_x, float wheel_y) {
  events_.push_back({.kind = Event::Kind::kWheel, .x = wheel_x, .y = wheel_y});
}

MouseState MouseQueue::next_frame() {
  state_.wheel_x = 0;
  state_.wheel_y = 0;
  bool moved_now = false;
  bool button_now = false;
  while (!events_.empty()) {
    const Event& event = events_.front();
    switch (event.kind) {
      case Event::Kind::kMove:
        // The frame that sees a button change must see the pointer where it was then.
        if (button_now) return state_;
        state_.x = event.x;
        state_.y = event.y;
        moved_now = true;
        break;
      case Event::Kind::kButton:
        // A press is for what the pointer stood over in a frame before, so that it is lit first.
        if (button_now || (moved_now && event.down)) return state_;
        state_.down[event.button] = event.down;
        button_now = true;
        break;
      case Event::Kind::kWheel:
        state_.wheel_x += event.x;
        state_.wheel_y += event.y;
        break;
    }
    events_.pop_front();
  }
  return state_;
}

}  // namespace poolscope::platform
