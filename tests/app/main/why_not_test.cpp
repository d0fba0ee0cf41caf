#include "app/main/why_not.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/control/builtin_lessons.h"
#include "app/intents/commands.h"

namespace poolscope::app {
namespace {

SessionStatus live(ViewMode mode) {
  SessionStatus status;
  status.mode = mode;
  status.can = {.can_change_pool = true, .can_record = true, .can_seek = true, .can_mark = true};
  return status;
}

SessionStatus replay() {
  SessionStatus status;
  status.mode = ViewMode::kReplay;
  status.can = {.can_seek = true, .can_mark = true, .can_retake_view = true};
  return status;
}

SessionStatus lesson() {
  SessionStatus status;
  status.mode = ViewMode::kStepping;
  status.can = {.can_change_pool = true, .can_seek = true};
  LessonStatus stands;
  stands.lesson = std::make_shared<const script::Lesson>(builtin_lessons().front());
  stands.played = std::make_shared<const std::vector<PlayedLine>>();
  status.lesson = std::make_shared<const LessonStatus>(std::move(stands));
  return status;
}

SessionStatus comparison() {
  SessionStatus status;
  status.mode = ViewMode::kReplay;
  status.comparison.emplace();
  return status;
}

/// The keys that are refused in it, as a reader sees them, in the order of the table.
std::string refused(const SessionStatus& status) {
  std::string keys;
  for (const intents::Command& command : intents::commands()) {
    if (why_not(command.intent, status).empty()) continue;
    keys += (keys.empty() ? "" : " ") + intents::key_text(command.key);
  }
  return keys;
}

TEST(WhyNot, EachKeyThatDoesNothingSaysWhy) {
  EXPECT_EQ(refused(live(ViewMode::kLive)),
            "Right Shift+Right . Shift+Home Alt+1 Alt+2 Alt+3 Alt+4 3 Shift+V");
  EXPECT_EQ(refused(live(ViewMode::kPaused)),
            "Shift+Right . Shift+Home Alt+1 Alt+2 Alt+3 Alt+4 3 Shift+V");
  EXPECT_EQ(refused(live(ViewMode::kPast)), "Shift+Home Alt+1 Alt+2 Alt+3 Alt+4 3 Shift+V");
  EXPECT_EQ(refused(replay()), "Shift+Home Alt+1 Alt+2 Alt+3 Alt+4 G Down Up R 3");
  EXPECT_EQ(refused(lesson()),
            "J N Alt+1 Alt+2 Alt+3 Alt+4 M [ ] I O Shift+I Shift+O Shift+G R Shift+V");
  EXPECT_EQ(refused(comparison()),
            "J N Shift+Home Alt+1 Alt+2 Alt+3 Alt+4 M I O Shift+I Shift+O G Shift+G Down Up R 3 "
            "Shift+V");
}

TEST(WhyNot, AGoroutineThatIsMovedByHandTakesTheStep) {
  SessionStatus status = live(ViewMode::kLive);
  status.held = {GId{1}};
  EXPECT_EQ(why_not(intents::ToSession{intents::MovePlayhead{intents::StepForward{}}}, status), "");
}

TEST(WhyNot, AnAnswerIsPickedWhereItsQuestionStands) {
  SessionStatus status = lesson();
  LessonStatus stands = *status.lesson;
  script::Lesson with_question = *stands.lesson;
  with_question.lines.front().ask = script::LessonAsk{};
  with_question.lines.front().ask->choices.resize(2);
  stands.lesson = std::make_shared<const script::Lesson>(std::move(with_question));
  status.lesson = std::make_shared<const LessonStatus>(std::move(stands));
  const auto why_no_answer = [&](std::size_t choice) {
    return why_not(intents::ToSession{intents::PlayLesson{intents::PickAnswer{choice}}}, status);
  };
  EXPECT_EQ(why_no_answer(0), "");
  EXPECT_EQ(why_no_answer(1), "");
  EXPECT_NE(why_no_answer(2), "");
}

}  // namespace
}  // namespace poolscope::app
