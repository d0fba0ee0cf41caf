// What a click does beside what it asks for.

#include <cstddef>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/gui/imgui_versions.h"
#include "app/views/presenter/presenter.h"
#include "app/views/widgets/controls.h"
#include "core/model/model.h"
#include "tests/app/views/undrawn_window.h"

namespace poolscope::views {
namespace {

class Clicks : public ::testing::Test {
 protected:
  Clicks() : window_(1280, 720) { window_.interactive = true; }

  /// A frame with the mouse there. Whether a tooltip was drawn.
  template <class Draw>
  bool frame(layout::Point mouse, bool down, const Draw& draw) {
    gui::set_mouse({mouse.x, mouse.y}, {{down}}, {0, 0});
    bool tooltip = false;
    window_.at({}, {}, 0, [&](const ViewInput& input) {
      draw(input);
      tooltip = !ImGui::GetForegroundDrawList()->VtxBuffer.empty();
    });
    return tooltip;
  }

  /// Draws a button, and counts the clicks on it.
  auto button(bool enabled) {
    return [this, enabled](const ViewInput& input) {
      Painter painter(input);
      if (draw_button(painter, "gc", {100, 100, 80, 30}, ButtonLook::kPlain, enabled)) ++clicks_;
    };
  }

  testing::UndrawnWindow window_;
  int clicks_ = 0;
};

TEST_F(Clicks, ATooltipGoesWithTheClickAndComesBackWithTheMouse) {
  const auto draw = button(true);
  constexpr layout::Point kOn{120, 110};
  constexpr layout::Point kOff{400, 400};
  frame(kOn, false, draw);
  EXPECT_TRUE(frame(kOn, false, draw));
  EXPECT_FALSE(frame(kOn, true, draw));
  frame(kOn, false, draw);
  EXPECT_EQ(clicks_, 1);
  EXPECT_FALSE(frame(kOn, false, draw)) << "it hides what the click has changed";
  EXPECT_FALSE(frame({140, 112}, false, draw)) << "on the same button";
  frame(kOff, false, draw);
  frame(kOff, false, draw);
  frame(kOn, false, draw);
  EXPECT_TRUE(frame(kOn, false, draw));
}

TEST_F(Clicks, OnWhatIsGreyLeaveItsTooltip) {
  const auto draw = button(false);
  constexpr layout::Point kOn{120, 110};
  frame(kOn, false, draw);
  frame(kOn, true, draw);
  frame(kOn, false, draw);
  EXPECT_EQ(clicks_, 0);
  EXPECT_TRUE(frame(kOn, false, draw)) << "it says what the button is for";
}

TEST_F(Clicks, TheLecturersElapsedTimeStartsAgain) {
  PresenterTexts texts;
  texts.title = "live session";
  texts.clock = "14:05:09";
  texts.elapsed = "12:34";
  bool restarted = false;
  const auto draw = [&](const ViewInput& input) {
    if (draw_presenter(input, texts)) restarted = true;
  };
  frame({0, 0}, false, draw);
  ASSERT_FALSE(window_.labels.items().empty());
  ASSERT_EQ(window_.labels.items().front().label, "elapsed");
  const layout::Point on = window_.labels.items().front().rect.center();
  frame(on, false, draw);
  EXPECT_TRUE(frame(on, false, draw)) << "a tooltip says what a click does";
  frame(on, true, draw);
  EXPECT_FALSE(restarted);
  frame(on, false, draw);
  EXPECT_TRUE(restarted);
}

}  // namespace
}  // namespace poolscope::views
