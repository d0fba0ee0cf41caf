#include "app/control/lesson_source.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/control/builtin_lessons.h"
#include "core/script/run.h"
#include "core/session/model_codec.h"
#include "tests/app/control/window_time.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

using script::Lesson;
using testing::comes_to_rest;

script::Lesson lesson_named(std::string_view name) {
  for (Lesson& lesson : builtin_lessons()) {
    if (lesson.name == name) return std::move(lesson);
  }
  ADD_FAILURE() << name;
  return {};
}

std::unique_ptr<LessonSource> started(Lesson lesson) {
  auto source = LessonSource::start(std::move(lesson));
  EXPECT_TRUE(source) << source.error().message;
  return std::move(*source);
}

const LessonStatus& lesson_of(const LessonSource& source) { return *source.status().lesson; }

void do_and_rest(LessonSource& source, const intents::ToSession& intent) {
  source.apply(intent);
  ASSERT_TRUE(comes_to_rest(source));
}

class EveryLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryLesson, PlayedThroughHasTheTranscriptOfRunAndTheSameStatesBackAndForth) {
  const Lesson lesson = lesson_named(GetParam());
  const auto source = started(lesson);
  std::vector<Bytes> states = {encode_model(source->model())};
  std::vector<Told> told = {source->told()};
  for (std::size_t line = 1; line <= lesson.lines.size(); ++line) {
    do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
    ASSERT_EQ(lesson_of(*source).lines_shown(), line);
    states.push_back(encode_model(source->model()));
    told.push_back(source->told());
  }
  EXPECT_TRUE(lesson_of(*source).at_end());
  EXPECT_EQ(source->model().divergences, 0U);
  const Position end = source->status().playhead;
  // Nothing comes behind the last line.
  do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  EXPECT_EQ(source->status().playhead, end);

  for (std::size_t line = lesson.lines.size(); line-- > 0;) {
    do_and_rest(*source, intents::PlayLesson(intents::LineBefore{}));
    ASSERT_EQ(lesson_of(*source).shown, line);
    ASSERT_EQ(encode_model(source->model()), states[line]) << "back before line " << line + 1;
    ASSERT_EQ(source->told(), told[line]) << "back before line " << line + 1;
  }
  for (std::size_t line = 1; line <= lesson.lines.size(); ++line) {
    do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
    ASSERT_EQ(encode_model(source->model()), states[line]) << "line " << line << " again";
    ASSERT_EQ(source->told(), told[line]) << "line " << line << " again";
  }
  EXPECT_EQ(source->status().playhead, end);

  source->close();
  EXPECT_EQ(source->transcript(), script::run_script(lesson.script, {}).value());
  EXPECT_FALSE(source->take_problem());
}

std::vector<std::string> names_of_lessons() {
  std::vector<std::string> names;
  for (const Lesson& lesson : builtin_lessons()) names.push_back(lesson.name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(, EveryLesson, ::testing::ValuesIn(names_of_lessons()),
                         [](const auto& of) { return of.param; });

TEST(LessonSource, NothingHasRunAtFirstAndPgDnPlaysItsLineAtLectureSpeed) {
  const auto source = started(lesson_named("S11"));
  EXPECT_EQ(source->status().mode, ViewMode::kStepping);
  EXPECT_EQ(source->model().seq, 0U);
  EXPECT_FALSE(source->status().playing);
  EXPECT_EQ(lesson_of(*source).shown, 0U);

  source->apply(intents::PlayLesson(intents::NextLine{}));
  std::int64_t now_ns = testing::host_ns();
  ASSERT_TRUE(testing::turn_until([&] { source->update(now_ns); },
                                  [&] { return lesson_of(*source).shown == 1; }));
  // It begins at the state before the line: its events come as time passes.
  EXPECT_EQ(source->model().seq, 0U);
  source->update(now_ns += 100'000'000);
  EXPECT_TRUE(source->status().playing);
  EXPECT_GT(source->model().seq, 0U);
  EXPECT_LT(source->model().seq, source->status().last.seq);
  EXPECT_GT(source->status().motion_ns, 0) << "what it moves is seen on its way";
  EXPECT_EQ(source->status().motion_ns, source->status().playhead.time_ns);
  ASSERT_TRUE(comes_to_rest(*source));
  // `put p0 A a`: made, taken by Put, stored; and the rest after that.
  EXPECT_EQ(source->status().playhead.time_ns, 4 * LessonRun::kStep_ns);
  EXPECT_EQ(source->model().totals.pooled, 1U);
  EXPECT_EQ(lesson_of(*source).line()->answer, "ok | private:0 pinslow=1");
}

TEST(LessonSource, AsksThatComeWhileALinePlaysAreCarriedOutInTheirOrder) {
  const auto source = started(lesson_named("S11"));
  for (int i = 0; i < 3; ++i) source->apply(intents::PlayLesson(intents::NextLine{}));
  ASSERT_TRUE(comes_to_rest(*source));
  EXPECT_EQ(lesson_of(*source).lines_shown(), 3U);
}

TEST(LessonSource, HomeGoesToTheFirstLineAndPgDnFirstReturnsLineByLine) {
  const auto source = started(lesson_named("S11"));
  for (int i = 0; i < 4; ++i) do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  const auto played = lesson_of(*source).played;
  do_and_rest(*source, intents::MovePlayhead(intents::GoToStart{}));
  EXPECT_EQ(source->model().seq, 0U);
  EXPECT_EQ(lesson_of(*source).shown, 0U);
  for (std::size_t line = 1; line <= 4; ++line) {
    do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
    EXPECT_EQ(lesson_of(*source).lines_shown(), line);
  }
  EXPECT_EQ(lesson_of(*source).played, played) << "nothing has run once more";
  do_and_rest(*source, intents::MovePlayhead(intents::GoToStart{}));
  do_and_rest(*source, intents::MovePlayhead(intents::GoToNow{}));
  EXPECT_EQ(lesson_of(*source).shown, 4U);

  do_and_rest(*source, intents::PlayLesson(intents::StartAnew{}));
  EXPECT_TRUE(lesson_of(*source).played->empty());
  EXPECT_EQ(source->status().last.seq, 0U);
}

TEST(LessonSource, AClickedGcRunsOnTheRealThreadsAndTheLessonHasLeftItsPath) {
  const auto source = started(lesson_named("S11"));
  do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  ASSERT_EQ(source->model().totals.pooled, 1U);
  do_and_rest(*source, intents::RunGc{});
  EXPECT_EQ(source->model().totals.pooled, 0U);
  EXPECT_EQ(source->model().gc_cycles, 1U);
  EXPECT_TRUE(lesson_of(*source).left_path());
  EXPECT_TRUE(lesson_of(*source).line()->by_viewer);
  EXPECT_EQ(lesson_of(*source).line()->answer, "ok");
  // Two presses that come together are one change.
  source->apply(intents::ChangeProcs{1});
  source->apply(intents::ChangeProcs{1});
  ASSERT_TRUE(comes_to_rest(*source));
  EXPECT_EQ(source->model().procs, 4U);
  EXPECT_EQ(source->model().resizes, 1U);
  // The lesson goes on where it was, on what is there now.
  do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  EXPECT_EQ(lesson_of(*source).lines_shown(), 2U);
  EXPECT_EQ(lesson_of(*source).line()->text, "begin g1 p0 put A b until put.unpinned");
  EXPECT_EQ(source->model().divergences, 0U);
  do_and_rest(*source, intents::PlayLesson(intents::StartAnew{}));
  EXPECT_FALSE(lesson_of(*source).left_path());
}

TEST(LessonSource, GcsAndResizesInBetweenNeverMakeModelAndPoolDiffer) {
  for (const char* name : {"S02", "S11", "S14", "S26", "S31"}) {
    SCOPED_TRACE(name);
    const auto source = started(lesson_named(name));
    bool gc = true;
    while (!lesson_of(*source).at_end()) {
      const std::size_t before = lesson_of(*source).lines_shown();
      do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
      ASSERT_EQ(lesson_of(*source).lines_shown(), before + 1);
      if (gc) {
        do_and_rest(*source, intents::RunGc{});
      } else {
        do_and_rest(*source, intents::ChangeProcs{before % 4 == 1 ? 1 : -1});
      }
      gc = !gc;
    }
    EXPECT_TRUE(lesson_of(*source).left_path());
    EXPECT_EQ(source->model().divergences, 0U);
    EXPECT_FALSE(source->take_problem());
  }
}

TEST(LessonSource, AGcThatAPinHoldsUpSaysWhoAndIsNoStepFromThePath) {
  const auto source = started(lesson_named("S35"));
  const auto blocked = [&] { return lesson_of(*source).line()->answer.starts_with("blocked-by "); };
  while (!lesson_of(*source).at_end()) {
    do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
    if (lesson_of(*source).line()->text == "gc" && blocked()) break;
  }
  ASSERT_TRUE(blocked());
  const Bytes before = encode_model(source->model());
  do_and_rest(*source, intents::RunGc{});
  EXPECT_TRUE(blocked());
  EXPECT_TRUE(lesson_of(*source).line()->by_viewer);
  EXPECT_FALSE(lesson_of(*source).left_path());
  EXPECT_EQ(encode_model(source->model()), before);
}

TEST(LessonSource, AClickWhileOneLooksBackFirstReturnsToNow) {
  const auto source = started(lesson_named("S11"));
  for (int i = 0; i < 2; ++i) do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  do_and_rest(*source, intents::PlayLesson(intents::LineBefore{}));
  do_and_rest(*source, intents::RunGc{});
  EXPECT_EQ(lesson_of(*source).played->size(), 3U);
  EXPECT_EQ(lesson_of(*source).shown, 3U);
}

TEST(LessonSource, AQuestionThatWasGonePastIsAskedAgainOnTheWayBack) {
  const auto source = started(lesson_named("S11"));
  while (lesson_of(*source).asks() == nullptr) {
    ASSERT_FALSE(lesson_of(*source).at_end());
    do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  }
  const auto* question = lesson_of(*source).asks();
  const std::size_t before = lesson_of(*source).lines_shown();
  // Nobody has an answer: the lesson goes on all the same.
  for (int i = 0; i < 2; ++i) do_and_rest(*source, intents::PlayLesson(intents::NextLine{}));
  EXPECT_EQ(lesson_of(*source).lines_shown(), before + 2);
  EXPECT_FALSE(lesson_of(*source).answered);
  for (int i = 0; i < 2; ++i) do_and_rest(*source, intents::PlayLesson(intents::LineBefore{}));
  ASSERT_EQ(lesson_of(*source).asks(), question);
  do_and_rest(*source, intents::PlayLesson(intents::PickAnswer{0}));
  EXPECT_EQ(lesson_of(*source).lines_shown(), before + 1);
  ASSERT_TRUE(lesson_of(*source).answered);
  EXPECT_EQ(lesson_of(*source).answered->picked, 0U);
  EXPECT_TRUE(lesson_of(*source).answered->right);
  // It is answered: only a new beginning asks it again.
  do_and_rest(*source, intents::PlayLesson(intents::LineBefore{}));
  EXPECT_EQ(lesson_of(*source).asks(), nullptr);
}

class LessonFile : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    const std::filesystem::path file = folder_.path() / "talk.ops";
    std::ofstream(file) << text;
    return file.string();
  }
  testing::TemporaryFolder folder_;
};

TEST_F(LessonFile, AScriptWithoutWordsIsPlayedToo) {
  const std::string file = write("variant modern\nprocs 1\npool A new\nget p0 A\n");
  auto source = LessonSource::open(file);
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->status().name, "talk.ops");
  do_and_rest(**source, intents::PlayLesson(intents::NextLine{}));
  EXPECT_EQ(lesson_of(**source).line()->answer, "A#1 | new pinslow=1");
  EXPECT_EQ(lesson_of(**source).names->objects.at(1), "A#1");
}

TEST_F(LessonFile, ABadScriptIsNamedWithItsLine) {
  for (const auto& [text, where] :
       {std::pair{"variant classic\nprocs 1\npool A new\nput p0\n", ":4: "},
        std::pair{"variant classic\nprocs 1\npool A new\ntogether\nput p0 A a\n", ":4: "}}) {
    const std::string file = write(text);
    const auto source = LessonSource::open(file);
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, Error::Kind::kBadInput);
    EXPECT_EQ(source.error().message.find(file + where), 0U) << source.error().message;
  }
}

TEST_F(LessonFile, TooManyGoroutinesAreRefusedWithTheirLine) {
  std::string text = "variant classic\nprocs 1\npool A new\nput p0 A x\n";
  for (std::size_t i = 0; i <= script::kMostScriptGoroutines; ++i) {
    text += "begin g" + std::to_string(i) + " p0 get A until get.new\n";
  }
  const std::string file = write(text);
  const auto opened = LessonSource::open(file);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::kBadInput);
  const std::string line = std::to_string(4 + script::kMostScriptGoroutines + 1);
  EXPECT_EQ(opened.error().message.find(file + ":" + line + ": "), 0U) << opened.error().message;
}

}  // namespace
}  // namespace poolscope
