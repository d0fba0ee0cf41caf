// What the sum of all objects calls its parts.

#include "app/views/stage/conservation.h"

#include <gtest/gtest.h>

#include "tests/app/views/undrawn_window.h"
#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

class Conservation : public ::testing::Test {
 protected:
  void draw(const Model& model) {
    window_.at(model, {}, 0, [](const ViewInput& input) {
      intents::Intents asked;
      draw_conservation(input, {12, 570, 1'256, 32}, {}, asked);
    });
  }

  testing::UndrawnWindow window_{1280, 720};
};

TEST_F(Conservation, SaysInUseOnlyWhereItIsKnown) {
  Model model = poolscope::testing::calm_model(4);
  model.totals.in_use = 7;
  draw(model);
  EXPECT_NE(window_.said("7 in use"), nullptr);
  EXPECT_EQ(window_.said("7 outside"), nullptr);

  model.config.details.hands = false;
  draw(model);
  EXPECT_EQ(window_.said("7 in use"), nullptr);
  EXPECT_NE(window_.said("7 outside"), nullptr);
}

}  // namespace
}  // namespace poolscope::views
