// What the inspector says of goroutines, and how its room is shared out.

#include "app/views/inspector/inspector.h"

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
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
    window_.at(model, {}, 0, [&](const ViewInput& given) {
      ViewInput input = given;
      input.drawn = &log_;
      log_.begin_frame();
      intents::Intents asked;
      draw_inspector(input, {1'150, 180, 430, 560}, asked);
    });
  }
  /// Where that text begins, from above.
  [[nodiscard]] std::optional<float> top_of(const std::string& text) const {
    for (const DrawLog::Piece& piece : log_.pieces()) {
      if (piece.kind == DrawLog::Piece::Kind::kText && piece.text == text) return piece.at.y;
    }
    return std::nullopt;
  }

  testing::UndrawnWindow window_{1600, 900, theme::LayoutKind::kWorkbench};
  DrawLog log_;
};

TEST_F(Inspector, SaysThatThereIsNoGoroutineAndGivesItsRoomToWhatWasDropped) {
  Model model = poolscope::testing::calm_model(4);
  draw(model);
  const auto with_goroutines = top_of("Recently dropped");
  ASSERT_TRUE(with_goroutines);
  EXPECT_FALSE(top_of("no goroutine"));

  model.gs = {};
  draw(model);
  EXPECT_TRUE(top_of("no goroutine"));
  const auto without = top_of("Recently dropped");
  ASSERT_TRUE(without);
  EXPECT_LT(*without, *with_goroutines - 60);
}

TEST_F(Inspector, HasARowForEachOfAFewGoroutines) {
  for (const std::uint32_t goroutines : {1U, 2U, 3U, 4U, 5U}) {
    Model model = poolscope::testing::calm_model(4, 40);
    for (GState& g : model.gs) {
      if (g.id.value >= goroutines) g.status = GState::Status::kAbsent;
    }
    draw(model);
    for (std::uint32_t i = 0; i < goroutines; ++i) {
      EXPECT_TRUE(top_of("G" + std::to_string(i))) << i << " of " << goroutines;
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
  for (const DrawLog::Piece& piece : log_.pieces()) {
    if (piece.kind != DrawLog::Piece::Kind::kText) continue;
    if (piece.text.size() > 1 && piece.text[0] == 'G' && std::isdigit(piece.text[1]) != 0) ++named;
    if (piece.text.starts_with("and ")) more = std::stoul(piece.text.substr(4));
  }
  EXPECT_EQ(named + more, 20U);
}

}  // namespace
}  // namespace poolscope::views
