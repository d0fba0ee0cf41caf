#pragma once

// A stage without a window: the scene of a model at a moment, laid out with real fonts of the right
// sizes, drawn by nobody.
//
// Thread safety: none; there is one ImGui context.

#include <cstdint>
#include <memory>
#include <utility>

#include "app/layout/window_layout.h"
#include "app/views/paint/paint.h"
#include "app/views/stage/scene.h"
#include "app/views/stage/stage.h"
#include "tests/app/views/undrawn_window.h"

namespace poolscope::views::testing {

class Drawing {
 public:
  Drawing(float w, float h, theme::LayoutKind kind = theme::LayoutKind::kLecture)
      : window_(w, h, kind) {}

  /// From here on the moments are of a lesson that stands so.
  void play(std::shared_ptr<const LessonStatus> lesson) {
    window_.session.lesson = std::move(lesson);
  }

  /// Calls `look` with the scene of that moment.
  template <class Look>
  void at(const Model& model, const Told& told, std::int64_t now_ns, const Look& look) {
    window_.at(model, told, now_ns, [&](const ViewInput& input) {
      const layout::Content content{.timeline = true, .stage = shape_of(input)};
      const layout::WindowLayout places = layout::window_layout(
          input.state.layout, input.window, input.sizes, window_.specs(), content);
      const Painter painter(input);
      look(make_scene(painter, places.stage));
    });
  }

 private:
  UndrawnWindow window_;
};

}  // namespace poolscope::views::testing
