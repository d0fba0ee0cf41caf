// What a first start offers.

#include "app/views/dialogs/first_start.h"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "core/model/model.h"
#include "tests/app/views/undrawn_window.h"

namespace poolscope::views {
namespace {

TEST(FirstStart, TheLessonHasTheNameThatTheListHasToo) {
  testing::UndrawnWindow window(1280, 720);
  script::Lesson lesson;
  lesson.name = "S02";
  lesson.title.en = "One slot of its own";
  window.state.first_lesson = std::make_shared<const script::Lesson>(lesson);
  DrawLog log;
  window.at({}, {}, 0, [&](ViewInput input) {
    input.drawn = &log;
    intents::Intents asked;
    draw_first_start(input, {100, 500, 1000, 160}, asked);
  });
  EXPECT_TRUE(std::ranges::any_of(
      log.pieces(), [](const DrawLog::Piece& piece) { return piece.whole == "Play lesson S02"; }));
}

}  // namespace
}  // namespace poolscope::views
