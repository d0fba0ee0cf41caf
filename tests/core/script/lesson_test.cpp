// A lesson's words are read from the comments of its script; what is wrong with them is named by
// its line.

#include "core/script/lesson.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/script/lesson_check.h"

namespace poolscope::script {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kWhole = R"(% title.en: Two Puts
% title.zh: 两次 Put
% question.en: Where do they go?
% question.zh: 放到哪里？
% topic: put
variant classic
procs 2
pool A new

% caption.en: a goes into private.
% caption.zh: a 放进 private。
% note.en: Wait for an answer.
% note.zh: 等大家回答。
put p0 A a

% ask.en: And b?
% ask.zh: b 呢？
% choice: private:0
% choice.en: private
% choice.zh: private
% why.en: No, it is full.
% why.zh: 不对，已满。
% choice: ok | shared:0
% choice.en: shared
% choice.zh: shared
% why.en: Right.
% why.zh: 对。
% caption.en: b goes into shared.
% caption.zh: b 放进 shared。
put p0 A b

% explore.en: A Put and a GC.
% explore.zh: Put 和 GC。
% explore: put p0 A a
% explore: together
% explore: put p0 A b
% explore: gc
% takeaway.en: private first.
% takeaway.zh: 先 private。
)";

/// kWhole with the one place of `from` replaced.
std::string whole_with(const std::string& from, const std::string& to) {
  std::string text = kWhole;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  EXPECT_EQ(text.find(from, at + 1), std::string::npos) << from << " is there twice";
  return text.replace(at, from.size(), to);
}

std::vector<std::string> shown(const std::vector<LessonProblem>& problems) {
  std::vector<std::string> lines;
  lines.reserve(problems.size());
  for (const LessonProblem& problem : problems) {
    lines.push_back(std::to_string(problem.line) + ": " + problem.what);
  }
  return lines;
}

/// What reading finds wrong, as "LINE: what".
std::vector<std::string> problems_of(const std::string& text) {
  const auto draft = draft_lesson(text, "f.ops");
  return draft ? shown(draft->problems) : std::vector{draft.error().message};
}

/// What checking finds wrong, as "LINE: what".
std::vector<std::string> found_in(const std::string& text) {
  const auto draft = draft_lesson(text, "f.ops");
  return draft ? shown(check_lesson(*draft)) : std::vector{draft.error().message};
}

TEST(Lesson, GivesEachCommandItsWords) {
  const auto lesson = parse_lesson(kWhole, "some/where/S11-two-puts.ops");
  ASSERT_TRUE(lesson) << lesson.error().message;
  EXPECT_EQ(lesson->name, "S11");
  EXPECT_EQ(lesson->title.zh, "两次 Put");
  EXPECT_EQ(lesson->question.en, "Where do they go?");
  EXPECT_EQ(lesson->topic, "put");
  EXPECT_EQ(lesson->takeaway.en, "private first.");
  ASSERT_EQ(lesson->lines.size(), 2U);
  EXPECT_EQ(lesson->script.commands[1].text, "put p0 A b");
  EXPECT_EQ(lesson->lines[0].caption.en, "a goes into private.");
  EXPECT_EQ(lesson->lines[0].note.zh, "等大家回答。");
  EXPECT_FALSE(lesson->lines[0].ask);
  EXPECT_EQ(lesson->lines[1].caption.zh, "b 放进 shared。");
  EXPECT_TRUE(lesson->lines[1].note.empty());
  ASSERT_TRUE(lesson->lines[1].ask);
  EXPECT_EQ(lesson->lines[1].ask->text.en, "And b?");
  ASSERT_EQ(lesson->lines[1].ask->choices.size(), 2U);
  const LessonChoice& wrong = lesson->lines[1].ask->choices[0];
  EXPECT_EQ(wrong.answer, "private:0");
  EXPECT_EQ(wrong.text.en, "private");
  EXPECT_EQ(wrong.why.zh, "不对，已满。");
  EXPECT_EQ(lesson->lines[1].ask->choices[1].answer, "ok | shared:0");
  ASSERT_TRUE(lesson->exploration);
  EXPECT_EQ(lesson->exploration->procs, 2U);
  EXPECT_EQ(lesson->exploration->commands.size(), 4U);
  EXPECT_EQ(lesson->exploration_text.en, "A Put and a GC.");
}

TEST(Lesson, IsAPlainScriptTooWithoutAnyWords) {
  const auto lesson =
      parse_lesson("% a comment\nvariant modern\nprocs 1\npool A new\nget p0 A\n", "talk.ops");
  ASSERT_TRUE(lesson) << lesson.error().message;
  EXPECT_EQ(lesson->name, "talk");
  EXPECT_TRUE(lesson->title.empty());
  EXPECT_FALSE(lesson->exploration);
  EXPECT_EQ(lesson->lines.size(), 1U);
}

TEST(Lesson, JoinsTheLinesOfOneTextAsItsLanguageWantsIt) {
  const auto caption = [](const std::string& comments) {
    const auto lesson =
        parse_lesson("variant classic\nprocs 1\npool A new\n" + comments + "gc\n", "f");
    EXPECT_TRUE(lesson) << lesson.error().message;
    return lesson ? lesson->lines[0].caption : LessonText{};
  };
  EXPECT_EQ(caption("% caption.en: One\n% caption.en:   and two.  \r\n").en, "One and two.");
  EXPECT_EQ(caption("% caption.zh: 先解除\n% caption.zh: 抢占，\n% caption.zh: P0 在\n"
                    "% caption.zh: P1 上等\n")
                .zh,
            "先解除抢占，P0 在 P1 上等");
  // Not in a row: a text that was forgotten above, which must not vanish in another one.
  EXPECT_THAT(problems_of("variant classic\nprocs 1\npool A new\n% caption.en: a\n% caption.zh: b\n"
                          "% caption.en: c\ngc\n"),
              ElementsAre("6: caption.en was given before"));
}

TEST(Lesson, ShowsTheOtherLanguageWhereOneIsMissing) {
  EXPECT_EQ((LessonText{"a", "甲"}.in("zh")), "甲");
  EXPECT_EQ((LessonText{"a", "甲"}.in("en")), "a");
  EXPECT_EQ((LessonText{"a", ""}.in("zh")), "a");
  EXPECT_EQ((LessonText{"", "甲"}.in("en")), "甲");
}

TEST(Lesson, LeavesOtherCommentsAlone) {
  const std::string head = "variant classic\nprocs 1\npool A new\n";
  for (const char* comment :
       {"% a word: and more", "%", "%% caption: x", "% 42: x", "% caption", "% Caption.en: x"}) {
    EXPECT_THAT(problems_of(head + comment + "\ngc\n"), IsEmpty()) << comment;
  }
  EXPECT_THAT(problems_of(head + "gc % caption.en: x\n"), IsEmpty());
}

TEST(Lesson, NamesTheLineOfEachFaultOfItsWords) {
  EXPECT_THAT(problems_of(whole_with("% note.en: W", "% notes.en: W")),
              ElementsAre(HasSubstr("12: there is no notes in a lesson: it has title, question")));
  EXPECT_THAT(problems_of(whole_with("% title.en: T", "% title: T")),
              ElementsAre("1: title needs a language: title.en or title.zh"));
  EXPECT_THAT(problems_of(whole_with("% title.en: T", "% title.fr: T")),
              ElementsAre("1: the languages are en and zh, not fr"));
  EXPECT_THAT(problems_of(whole_with("% topic: put", "% topic.en: put")),
              ElementsAre("5: topic has no language: write topic:"));
  EXPECT_THAT(problems_of(whole_with("% topic: put", "% topic: putt")),
              ElementsAre(HasSubstr("5: there is no such topic: take one of structure, put, pin")));
  EXPECT_THAT(problems_of(whole_with("% topic: put", "% topic: put\n% topic: gc")),
              ElementsAre("6: topic was given before"));
  EXPECT_THAT(problems_of(whole_with("% note.en: Wait for an answer.", "% note.en:")),
              ElementsAre("12: nothing stands after note.en:"));
  EXPECT_THAT(
      problems_of(whole_with("variant classic", "% caption.en: x\nvariant classic")),
      ElementsAre("6: this belongs before a step such as put, get or gc, not before variant"));
  EXPECT_THAT(
      problems_of(kWhole + "% caption.en: x\n"),
      ElementsAre("40: this belongs before a step such as put, get or gc, not before the end"));
  EXPECT_THAT(problems_of(whole_with("% ask.en: And b?\n% ask.zh: b 呢？\n% choice: private:0\n",
                                     "% ask.en: And b?\n% ask.zh: b 呢？\n")),
              ElementsAre(HasSubstr("18: choice.en stands after the choice"),
                          HasSubstr("19: choice.zh stands after the choice"),
                          HasSubstr("20: why.en stands after the choice"),
                          HasSubstr("21: why.zh stands after the choice")));
  EXPECT_THAT(problems_of(whole_with("% note.en: Wait for an answer.\n", "% choice: ok\n")),
              ElementsAre("12: a choice stands after ask.en and ask.zh"));
}

TEST(Lesson, NamesTheLineOfAFaultInWhatIsToBeExplored) {
  EXPECT_THAT(problems_of(whole_with("% explore: put p0 A b", "% explore: put p0 B b")),
              ElementsAre("36: pool B is not declared"));
  EXPECT_THAT(problems_of(whole_with("% explore: put p0 A b", "% explore: put p7 A b")),
              ElementsAre("36: there is no such P"));
  EXPECT_THAT(problems_of(whole_with("% explore: together\n", "")),
              ElementsAre("1: explore wants a line `together` before the tasks"));
}

TEST(Lesson, IsRefusedWhereItsScriptIsWrongOrItsFirstFaultIs) {
  const auto message = [](const std::string& text) {
    const auto lesson = parse_lesson(text, "f.ops");
    return lesson ? "" : lesson.error().message;
  };
  EXPECT_EQ(message(whole_with("put p0 A b\n\n", "put p0 B b\n\n")),
            "f.ops:30: pool B is not declared");
  EXPECT_EQ(message(whole_with("% topic: put", "% topic.en: put")),
            "f.ops:5: topic has no language: write topic:");
}

TEST(LessonCheck, FindsNothingInAWholeLesson) { EXPECT_THAT(found_in(kWhole), IsEmpty()); }

TEST(LessonCheck, NamesWhatIsMissing) {
  EXPECT_THAT(found_in(whole_with("% title.zh: 两次 Put\n", "")),
              ElementsAre("1: title.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% topic: put\n", "")), ElementsAre("1: topic is missing"));
  EXPECT_THAT(found_in(whole_with("% question.en: Where do they go?\n", "")),
              ElementsAre("1: question.en is missing"));
  EXPECT_THAT(found_in(whole_with("% takeaway.zh: 先 private。\n", "")),
              ElementsAre("1: takeaway.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% caption.zh: a 放进 private。\n", "")),
              ElementsAre("13: caption.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% note.zh: 等大家回答。\n", "")),
              ElementsAre("13: note.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% ask.zh: b 呢？\n", "")), ElementsAre("16: ask.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% choice.zh: shared\n", "")),
              ElementsAre("23: choice.zh is missing"));
  EXPECT_THAT(found_in(whole_with("% why.en: Right.\n", "")), ElementsAre("23: why.en is missing"));
  EXPECT_THAT(found_in(whole_with("% explore.zh: Put 和 GC。\n", "")),
              ElementsAre("33: explore.zh is missing"));
  EXPECT_THAT(found_in("variant classic\nprocs 1\npool A new\ngc\n").size(), 9U);
}

TEST(LessonCheck, HoldsTheRightAnswerAgainstWhatTheScriptDoes) {
  const std::string answer = "; the answer is: ok | shared:0 pinslow=0";
  EXPECT_THAT(found_in(whole_with("ok | shared:0", "ok | shared:1")),
              ElementsAre("16: 0 of the choices are right, and one should be" + answer));
  EXPECT_THAT(found_in(whole_with("choice: private:0", "choice: pinslow=0")),
              ElementsAre("16: 2 of the choices are right, and one should be" + answer));
  // Half a word is none.
  EXPECT_THAT(found_in(whole_with("ok | shared:0", "shared")),
              ElementsAre("16: 0 of the choices are right, and one should be" + answer));
}

TEST(LessonCheck, FindsAnAnswerInTheDumpThatFollowsAtOnce) {
  const std::string dump = "put p0 A b\n\n% caption.en: x\n% caption.zh: x\ndump\n";
  EXPECT_THAT(found_in(whole_with("put p0 A b\n\n", dump + "\n")
                           .replace(kWhole.find("ok | shared:0"), 13, "A[0] private=a shared=[b]")),
              IsEmpty());
  // Not in a later one.
  EXPECT_THAT(found_in(whole_with("put p0 A b\n\n",
                                  "put p0 A b\n% caption.en: x\n% caption.zh: x\nget p1 A\n" +
                                      dump.substr(11))
                           .replace(kWhole.find("ok | shared:0"), 13, "A[0] private=a")),
              ElementsAre(HasSubstr("0 of the choices are right")));
}

TEST(LessonCheck, SaysWhatAScriptDoesThatCannotBeRun) {
  EXPECT_THAT(found_in(whole_with("put p0 A b\n\n", "put p0 A b\n\ntogether\n")),
              ElementsAre(HasSubstr("1: the lesson does not run: f.ops:32: together is for"),
                          "32: caption.en is missing", "32: caption.zh is missing"));
}

TEST(Lessons, AreSortedAsTheDocumentTeachesThem) {
  std::vector<Lesson> lessons(5);
  lessons[0].name = "S03", lessons[0].topic = "modern";
  lessons[1].name = "S12", lessons[1].topic = "put";
  lessons[2].name = "own";
  lessons[3].name = "S11", lessons[3].topic = "put";
  lessons[4].name = "S02", lessons[4].topic = "structure";
  sort_lessons(lessons);
  std::vector<std::string> names;
  names.reserve(lessons.size());
  for (const Lesson& lesson : lessons) names.push_back(lesson.name);
  EXPECT_THAT(names, ElementsAre("S02", "S11", "S12", "S03", "own"));
}

}  // namespace
}  // namespace poolscope::script
