// What a text field takes of the keyboard.

#include "app/views/widgets/text_field.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <imgui.h>

#include "tests/app/views/undrawn_window.h"

namespace poolscope::views {
namespace {

TEST(TextField, HasWhatIsTypedInTheVeryFrameInWhichItIsComeTo) {
  testing::UndrawnWindow window(1280, 720);
  const Model model = initial_model({.procs = 1});
  std::string text;
  window.state.control = "note";
  for (int frame = 0; frame < 8; ++frame) {
    window.state.control_pressed = frame == 1;
    window.at(model, {}, 0, [&](const ViewInput& input) {
      // The field takes the keyboard in the frame after the one in which it is asked to.
      if (frame == 2) ImGui::GetIO().InputQueueCharacters.push_back('a');
      if (frame == 3) ImGui::GetIO().InputQueueCharacters.push_back('b');
      Painter painter(input);
      const TextField field{.label = "note", .id = "note", .hint = ""};
      const Typed typed = draw_text_field(painter, {20, 20, 300, 30}, field, text);
      if (typed.text) text = *typed.text;
    });
  }
  EXPECT_EQ(text, "ab");
}

}  // namespace
}  // namespace poolscope::views
