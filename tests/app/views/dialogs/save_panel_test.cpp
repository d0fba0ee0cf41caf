// What has the keyboard after what has been chosen.

#include "app/views/dialogs/save_panel.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <imgui.h>

#include "core/model/model.h"
#include "tests/app/views/undrawn_window.h"

namespace poolscope::views {
namespace {

class SavePanel : public ::testing::Test {
 protected:
  SavePanel() {
    window_.interactive = true;
    window_.state.dialog = Dialog::kSaveAs;
    window_.state.save_as.kind = intents::FileKind::kMp4;
    window_.state.save_as.path = "/talks/talk.mp4";
    draw();
    draw();
  }
  /// A frame; what was asked for in it.
  const intents::Intents& draw() {
    asked_.clear();
    window_.at({}, {}, 0, [&](const ViewInput& input) { draw_save(input, kArea, asked_); });
    return asked_;
  }
  [[nodiscard]] layout::Rect place_of(const std::string& label) const {
    const auto& items = window_.labels.items();
    const auto item = std::ranges::find(items, label, &Labels::Item::label);
    return item == items.end() ? layout::Rect{} : item->rect;
  }
  /// Whether one types in that field.
  [[nodiscard]] bool types_in(const std::string& label) const {
    const auto& items = window_.labels.items();
    const auto item = std::ranges::find(items, label, &Labels::Item::label);
    return item != items.end() && item->typing == Labels::Typing::kHere;
  }
  /// By the keyboard: the control that the viewer has come to with Tab.
  void press_control(const std::string& label) {
    window_.state.control = label;
    window_.state.control_pressed = true;
    draw();
    window_.state.control_pressed = false;
  }
  void click(const std::string& label) {
    const layout::Point at = place_of(label).center();
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {at.x, at.y};
    draw();
    io.MouseDown[0] = true;
    draw();
    io.MouseDown[0] = false;
    draw();
  }
  /// As one who has gone on with Tab.
  void leave_field() {
    ImGui::SetWindowFocus(nullptr);
    draw();
    draw();
  }

  static constexpr layout::Rect kArea{0, 0, 1280, 720};
  testing::UndrawnWindow window_{1280, 720};
  intents::Intents asked_;
};

TEST_F(SavePanel, AClickOnAKindOfFileLeadsToItsPath) {
  leave_field();
  ASSERT_FALSE(types_in("save.path"));
  click("save.webm");
  draw();
  draw();
  EXPECT_TRUE(types_in("save.path"));
}

TEST_F(SavePanel, WhatIsChosenWithTheKeyboardOrBesideTheKindLeavesItThere) {
  leave_field();
  for (const char* label : {"save.size", "save.fps", "save.captions", "save.webm"}) {
    ASSERT_FALSE(place_of(label).empty()) << label;
    press_control(label);
    EXPECT_FALSE(asked_.empty()) << label;
    draw();
    draw();
    EXPECT_FALSE(types_in("save.path")) << label;
  }
  click("save.size");
  draw();
  draw();
  EXPECT_FALSE(types_in("save.path"));
}

}  // namespace
}  // namespace poolscope::views
