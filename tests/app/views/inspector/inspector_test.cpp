// What the inspector says of goroutines, and how its room is shared out.

#include "app/views/inspector/inspector.h"

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "app/frame/draw_log.h"
#include "tests/app/views/undrawn_window.h"
#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

class Inspector : public ::testing::Test {
 protected:
  void draw(const Model& model) {
    window_.at(model, {}, 0, [](const ViewInput& input) {
      intents::Intents asked;
      draw_inspector(input, {1'150, 180, 430, 560}, asked);
    });
  }

  testing::UndrawnWindow window_{1600, 900, theme::LayoutKind::kWorkbench};
};

TEST_F(Inspector, SaysThatThereIsNoGoroutineAndGivesItsRoomToWhatWasDropped) {
  Model model = poolscope::testing::calm_model(4);
  draw(model);
  ASSERT_NE(window_.said("Recently dropped"), nullptr);
  const float with_goroutines = window_.said("Recently dropped")->at.y;
  EXPECT_EQ(window_.said("no goroutine"), nullptr);

  model.gs = {};
  draw(model);
  EXPECT_NE(window_.said("no goroutine"), nullptr);
  ASSERT_NE(window_.said("Recently dropped"), nullptr);
  EXPECT_LT(window_.said("Recently dropped")->at.y, with_goroutines - 60);
}

TEST_F(Inspector, HasARowForEachOfAFewGoroutines) {
  for (const std::uint32_t goroutines : {1U, 2U, 3U, 4U, 5U}) {
    Model model = poolscope::testing::calm_model(4, 40);
    for (GState& g : model.gs) {
      if (g.id.value >= goroutines) g.status = GState::Status::kAbsent;
    }
    draw(model);
    for (std::uint32_t i = 0; i < goroutines; ++i) {
      EXPECT_NE(window_.said("G" + std::to_string(i)), nullptr) << i << " of " << goroutines;
    }
  }
}

TEST_F(Inspector, CountsGoroutinesThatHaveEndedNowhere) {
  Model model = poolscope::testing::calm_model(4, 40);
  for (GState& g : model.gs) {
    if (g.id.value >= 20) g.status = GState::Status::kAbsent;
  }
  draw(model);
  std::size_t named = 0;
  std::size_t more = 0;
  for (const DrawLog::Piece& piece : window_.log.pieces()) {
    if (piece.kind != DrawLog::Piece::Kind::kText) continue;
    if (piece.text.size() > 1 && piece.text[0] == 'G' && std::isdigit(piece.text[1]) != 0) ++named;
    if (piece.text.starts_with("and ")) more = std::stoul(piece.text.substr(4));
  }
  EXPECT_EQ(named + more, 20U);
}

}  // namespace
}  // namespace poolscope::views
