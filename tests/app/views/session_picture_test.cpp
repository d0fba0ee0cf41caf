// The small picture of a session that may be opened.

#include "app/views/session_picture.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/views/paint/paint.h"
#include "tests/app/views/undrawn_window.h"
#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

using testing::UndrawnWindow;

TEST(SessionPicture, ShowsTheStageWithinItsFrame) {
  UndrawnWindow window(1280, 720);
  const Model model = poolscope::testing::calm_model(4);
  const layout::Rect at{300, 200, 182, 102};
  window.at(model, {}, 0, [&](const ViewInput& input) {
    draw_session_picture(input, model, at);
    const layout::Rect drawn = UndrawnWindow::drawn();
    // Edges are smoothed over a pixel more.
    EXPECT_TRUE(at.inset(-2).contains(drawn)) << drawn.x << " " << drawn.y << " " << drawn.w;
    EXPECT_GT(drawn.w, at.w - 4);
    EXPECT_GT(drawn.h, at.h - 4);
  });
  EXPECT_TRUE(window.labels.items().empty()) << "nothing in it can be clicked";
}

TEST(SessionPicture, WordsKeepTheirRoomAndAreNotDrawn) {
  UndrawnWindow window(1280, 720);
  window.at(poolscope::testing::calm_model(4), {}, 0, [&](const ViewInput& input) {
    constexpr float kScale = 0.25F;
    ViewInput small = input;
    small.text_scale = kScale;
    Painter painter(small);
    const float whole = Painter(input).width_of(FontRole::kBody, "shared");
    const int before = ImGui::GetWindowDrawList()->VtxBuffer.Size;
    const float w =
        painter.text_in({0, 0, 500, 50}, FontRole::kBody, input.theme.text_hi, "shared");
    EXPECT_NEAR(w, whole * kScale, 1);
    EXPECT_EQ(ImGui::GetWindowDrawList()->VtxBuffer.Size, before);
  });
}

}  // namespace
}  // namespace poolscope::views
