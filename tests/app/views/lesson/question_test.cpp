// What stands on the answers of a lesson's question.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/lesson/lesson_parts.h"
#include "core/model/model.h"
#include "tests/app/views/undrawn_window.h"

namespace poolscope::views {
namespace {

TEST(Question, EachAnswerHasTheKeyThatPicksIt) {
  testing::UndrawnWindow window(1280, 720);
  window.interactive = true;
  script::LessonAsk ask;
  ask.text.en = "Where does it go?";
  for (const char* text : {"private", "shared", "nowhere", "victim"}) {
    ask.choices.emplace_back().text.en = text;
  }
  DrawLog log;
  window.at({}, {}, 0, [&](ViewInput input) {
    input.drawn = &log;
    Painter painter(input);
    intents::Intents asked;
    draw_question(painter, {20, 20, 900, 300}, ask, asked);
  });
  std::vector<std::string> keys;
  for (const DrawLog::Piece& piece : log.pieces()) {
    if (piece.text.starts_with("Alt+")) keys.push_back(piece.text);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"Alt+1", "Alt+2", "Alt+3", "Alt+4"}));
}

}  // namespace
}  // namespace poolscope::views
