// The line of the source that is lit while a lesson is played: in both texts, in both languages.

#include "app/views/source/lit_line.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/control/builtin_lessons.h"
#include "app/control/lesson_source.h"
#include "app/views/source/code.h"
#include "tests/app/control/window_time.h"

namespace poolscope::views {
namespace {

using script::Lesson;

/// As it is shown, without the blanks before it; "" where there is no such line.
std::string line_shown(const Code& code, std::size_t line) {
  std::string text;
  if (line >= code.size()) return text;
  for (const CodeWord& word : code[line].words) text += word.text;
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

/// Who stands at the lit line while nobody is followed.
Standing lit_in(const LessonSource& source) {
  const std::vector<Standing> standing = standing_in(source.model());
  const Standing* middle = in_the_middle(source.model(), source.told(), GId{}, standing);
  return middle == nullptr ? Standing{} : *middle;
}

Lesson lost_put() {
  for (Lesson& lesson : builtin_lessons()) {
    if (lesson.name == "S11") return std::move(lesson);
  }
  ADD_FAILURE() << "there is no S11";
  return {};
}

/// A lesson that is played line by line.
class PlayedLesson {
 public:
  explicit PlayedLesson(Lesson lesson) : lesson_(std::move(lesson)) {
    auto source = LessonSource::start(lesson_);
    EXPECT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
  }
  [[nodiscard]] const Lesson& lesson() const { return lesson_; }
  [[nodiscard]] const LessonSource& source() const { return *source_; }
  [[nodiscard]] const LessonStatus& status() const { return *source_->status().lesson; }
  [[nodiscard]] const PlayedLine& line() const { return *status().line(); }

  bool next_line() {
    source_->apply(intents::PlayLesson(intents::NextLine{}));
    return poolscope::testing::comes_to_rest(*source_);
  }

 private:
  Lesson lesson_;
  std::unique_ptr<LessonSource> source_;
};

/// Of the classic pool's texts, at rest after that line of the lesson. "": no line is lit.
struct LitAt {
  const char* line;
  const char* go;
  const char* cpp;
};
constexpr const char* kGoLock = "l.Lock()";
constexpr const char* kCppLock = "Env::template point<Step::kPutUnpinned>();";
constexpr LitAt kLostPut[] = {
    {"put p0 A a", "", ""},
    {"begin g1 p0 put A b until put.unpinned", kGoLock, kCppLock},
    {"dump", kGoLock, kCppLock},
    {"gc", kGoLock, kCppLock},
    {"dump", kGoLock, kCppLock},
    {"cont g1", "", ""},
    {"dump", "", ""},
    {"get p0 A", "", ""},
    {"dump", "", ""},
};

TEST(LitLine, OfTheLostPutIsTheOneBeforeItsLockFromTheUnpinToTheLoss) {
  PlayedLesson played(lost_put());
  for (const LitAt& wanted : kLostPut) {
    ASSERT_TRUE(played.next_line());
    ASSERT_EQ(played.line().text, wanted.line);
    SCOPED_TRACE(wanted.line);
    const Standing lit = lit_in(played.source());
    const Code& cpp = cpp_code(PoolKind::kClassic);
    EXPECT_EQ(line_shown(cpp, line_of(cpp, lit.step)), wanted.cpp);
    for (const auto& [language, comment] :
         {std::pair{"en", "// private was full. A GC here drops the array that l points into."},
          std::pair{"zh", "// private 已满。如果这里发生 GC，l 所在的数组就被丢弃了。"}}) {
      const Code& go = go_code(PoolKind::kClassic, language);
      const std::size_t line = line_of(go, lit.step);
      EXPECT_EQ(line_shown(go, line), wanted.go) << language;
      if (*wanted.go == 0) continue;
      EXPECT_EQ(line_shown(go, line - 1), comment) << language;
      EXPECT_EQ(line_shown(go, line + 1), "l.shared = append(l.shared, x)") << language;
    }
  }
  EXPECT_TRUE(played.status().at_end());
}

// The line at which b is lost is the one whose words say so.
TEST(LitLine, OfTheLostPutIsFollowedByTheLossAndItsExplanation) {
  PlayedLesson played(lost_put());
  while (!played.status().at_end()) {
    ASSERT_TRUE(played.next_line());
    const std::size_t line = played.status().lines_shown() - 1;
    const script::LessonText& caption = played.lesson().lines[line].caption;
    const auto& lost = played.source().model().lost;
    const bool is_lost = std::ranges::any_of(lost, [&](const auto& one) {
      return played.status().names->objects.at(one.object.value) == "b";
    });
    SCOPED_TRACE(played.line().text);
    constexpr std::size_t kLineOfLoss = 5;
    EXPECT_EQ(is_lost, line >= kLineOfLoss);
    EXPECT_EQ(caption.en.find("b is lost") != std::string::npos, line == kLineOfLoss);
    EXPECT_EQ(caption.zh.find("b 丢失了") != std::string::npos, line == kLineOfLoss);
  }
}

// Where the script's goroutine has stopped, or waits, is where the reader looks.
TEST(LitLine, OfEveryLessonIsTheOneAtWhichAGoroutineHasStopped) {
  constexpr std::string_view kStopped = "stopped ";
  constexpr std::string_view kWaits = "blocked ";
  std::size_t stops = 0;
  std::size_t waits = 0;
  for (const Lesson& lesson : builtin_lessons()) {
    PlayedLesson played(lesson);
    const PoolKind pool = played.source().model().config.pool;
    while (!played.status().at_end()) {
      ASSERT_TRUE(played.next_line());
      const std::string& answer = played.line().answer;
      const bool stopped = answer.starts_with(kStopped);
      if (!stopped && !answer.starts_with(kWaits)) continue;
      ++(stopped ? stops : waits);
      SCOPED_TRACE(lesson.name + ": " + played.line().text);
      const Standing lit = lit_in(played.source());
      if (stopped) {
        EXPECT_EQ(step_info(lit.step).name, answer.substr(kStopped.size()));
        const std::string& name = played.status().names->goroutines.at(lit.g.value);
        EXPECT_NE(played.line().text.find(" " + name + " "), std::string::npos) << name;
      } else {
        const GState* g = played.source().model().gs.find(lit.g);
        EXPECT_TRUE(g != nullptr && g->waits_for_lock) << step_info(lit.step).name;
      }
      EXPECT_NE(line_shown(cpp_code(pool), line_of(cpp_code(pool), lit.step)), "");
      for (const char* language : {"en", "zh"}) {
        const Code& go = go_code(pool, language);
        EXPECT_NE(line_shown(go, line_of(go, lit.step)), "") << language;
      }
    }
  }
  EXPECT_GE(stops, 20U);
  EXPECT_GE(waits, 5U);
}

}  // namespace
}  // namespace poolscope::views
