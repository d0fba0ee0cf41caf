// The lessons that the program carries with it: whole, in both languages, and true. That their
// transcripts are the oracle's is what oracle_test.cpp holds.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/script/explore.h"
#include "core/script/lesson.h"
#include "core/script/lesson_check.h"
#include "core/script/run.h"
#include "tests/core/script/samples.h"

namespace poolscope::script {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLessons = 41;
constexpr std::size_t kFewestQuestions = 12;

std::vector<fs::path> lesson_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(POOLSCOPE_SOURCE_DIR "/assets/lessons")) {
    if (entry.path().extension() == ".ops") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

LessonDraft draft_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto draft = draft_lesson(text, file.string());
  EXPECT_TRUE(draft) << draft.error().message;
  return draft ? *draft : LessonDraft{};
}

class BuiltinLesson : public ::testing::TestWithParam<fs::path> {};

TEST_P(BuiltinLesson, IsWholeAndTrue) {
  const LessonDraft draft = draft_of(GetParam());
  for (const LessonProblem& problem : check_lesson(draft)) {
    ADD_FAILURE() << GetParam().string() << ":" << problem.line << ": " << problem.what;
  }
}

// A class reads it from the last row while the lecturer speaks.
TEST_P(BuiltinLesson, HasCaptionsThatCanBeReadAtOnce) {
  constexpr std::size_t kMostLetters = 260;
  constexpr std::size_t kMostChineseBytes = 330;  // 110 characters
  for (const LessonLine& line : draft_of(GetParam()).lesson.lines) {
    EXPECT_LE(line.caption.en.size(), kMostLetters) << line.caption.en;
    EXPECT_LE(line.caption.zh.size(), kMostChineseBytes) << line.caption.zh;
  }
}

// Whoever has picked reads it: it must not contradict what the threads have just shown.
TEST_P(BuiltinLesson, SaysRightToTheChoiceThatTheThreadsAnswerAndToNoOther) {
  const Lesson lesson = draft_of(GetParam()).lesson;
  const auto transcript = run_script(lesson.script, {});
  ASSERT_TRUE(transcript) << transcript.error().message;
  const std::vector<std::string> answers = answers_in(lesson.script, *transcript);
  for (std::size_t i = 0; i < lesson.lines.size(); ++i) {
    if (!lesson.lines[i].ask) continue;
    for (const LessonChoice& choice : lesson.lines[i].ask->choices) {
      const bool right = is_right(choice, lesson.script, answers, i);
      EXPECT_EQ(choice.why.en.starts_with("Right: "), right) << choice.answer << ": " << answers[i];
      EXPECT_EQ(choice.why.zh.starts_with("对："), right) << choice.answer << ": " << answers[i];
    }
  }
}

// What it has to explore can be walked while a class waits.
TEST_P(BuiltinLesson, ExploresToItsEndWhereItExplores) {
  const Lesson lesson = draft_of(GetParam()).lesson;
  if (!lesson.exploration) return;
  constexpr std::uint64_t kMostSchedules = 3'000;
  const auto report = explore_script(*lesson.exploration, {.most = kMostSchedules, .ends = {}});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->complete);
  EXPECT_FALSE(report->violated) << report->text;
  EXPECT_NE(report->text.find("% outcome 1: "), std::string::npos) << report->text;
}

INSTANTIATE_TEST_SUITE_P(All, BuiltinLesson, ::testing::ValuesIn(lesson_files()),
                         [](const auto& given) {
                           std::string name = given.param.stem().string();
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(BuiltinLessons, CoverEveryTopicAndAskEnough) {
  std::set<std::string> names;
  std::set<std::string> topics;
  std::size_t questions = 0;
  for (const fs::path& file : lesson_files()) {
    const Lesson lesson = draft_of(file).lesson;
    names.insert(lesson.name);
    topics.insert(lesson.topic);
    questions += static_cast<std::size_t>(std::ranges::count_if(
        lesson.lines, [](const LessonLine& line) { return line.ask.has_value(); }));
  }
  EXPECT_EQ(names.size(), kLessons);
  EXPECT_EQ(topics.size(), kLessonTopics.size());
  EXPECT_GE(questions, kFewestQuestions);
}

/// The script with a stop at `step` in each operation that it runs whole, and on from there at
/// once.
Script stopping_at(Step step, const Script& script) {
  std::string text = fmt::format("variant {}\nprocs {}\n", word_of(script.variant), script.procs);
  for (const PoolDeclaration& pool : script.pools) {
    text += fmt::format("pool {} {}\n", pool.name, pool.has_new ? "new" : "nonew");
  }
  std::size_t number = 0;
  for (const Command& command : script.commands) {
    if (command.kind != Command::Kind::kPut && command.kind != Command::Kind::kGet) {
      text += command.text + "\n";
      continue;
    }
    const bool is_put = command.kind == Command::Kind::kPut;
    text += fmt::format("begin stop{0} p{1} {2} {3} {4} until {5}\ncont stop{0}\n", ++number,
                        command.p, is_put ? "put" : "get", script.pools[command.pool].name,
                        command.object, step_info(step).name);
  }
  auto stopping = parse_script(text, script.file);
  EXPECT_TRUE(stopping) << stopping.error().message;
  return stopping ? *stopping : Script{};
}

// A line of the pool's text that no lesson comes to would never be lit in one.
TEST(BuiltinLessons, ComeToEveryBreakpointOfBothPools) {
  const std::set<std::string> classic = {"put.unpinned",   "put.locked",       "get.unpinned",
                                         "get.locked",     "get.slow",         "slow.loaded",
                                         "slow.locked",    "get.new",          "pinslow.unpinned",
                                         "pinslow.locked", "pinslow.published"};
  const std::set<std::string> modern = {"get.new",        "slow.begin",       "pophead.loaded",
                                        "poptail.loaded", "poptail.won",      "pinslow.unpinned",
                                        "pinslow.locked", "pinslow.published"};
  std::set<std::string> found[2];
  for (const fs::path& file : lesson_files()) {
    const Script script = draft_of(file).lesson.script;
    for (const StepInfo& info : kSteps) {
      if (!info.in_scripts) continue;
      const auto transcript = run_script(stopping_at(info.step, script), {});
      ASSERT_TRUE(transcript) << transcript.error().message;
      const std::string stopped = fmt::format("-> stopped {}\n", info.name);
      if (transcript->find(stopped) == std::string::npos) continue;
      found[script.variant == PoolKind::kModern ? 1 : 0].emplace(info.name);
    }
  }
  EXPECT_EQ(found[0], classic);
  EXPECT_EQ(found[1], modern);
}

TEST(BuiltinLessons, FindTheLossOfTheUnpinnedPutByExploring) {
  const Lesson lesson =
      draft_of(POOLSCOPE_SOURCE_DIR "/assets/lessons/S11-put-unpin-gc-lost.ops").lesson;
  ASSERT_TRUE(lesson.exploration);
  const auto report = explore_script(*lesson.exploration);
  ASSERT_TRUE(report) << report.error().message;
  std::size_t losses = 0;
  for (const std::string& sample : samples_of(report->text)) {
    const auto script = parse_script(sample, "sample");
    ASSERT_TRUE(script) << script.error().message;
    const auto transcript = run_script(*script, {});
    ASSERT_TRUE(transcript) << transcript.error().message;
    if (transcript->find("lost=[a:gc b:orphan]") != std::string::npos) ++losses;
  }
  EXPECT_EQ(losses, 1U) << report->text;
}

}  // namespace
}  // namespace poolscope::script
