#pragma once

// A lesson: a script with the words that a lecturer says to it, which stand in the comments of the
// same file. assets/lessons/README.md describes the format for a lecturer who writes one.
//
// Thread safety: plain values; the functions are functions of their arguments.
// Invariants: a Lesson has one LessonLine for each command of its script.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/script/script.h"

namespace poolscope::script {

/// A text in both languages. In a lesson that is still being written one of them may be empty.
struct LessonText {
  std::string en;
  std::string zh;

  /// The text in the language "en" or "zh"; in the other one where that is missing.
  [[nodiscard]] const std::string& in(std::string_view language) const {
    const std::string& wanted = language == "zh" ? zh : en;
    const std::string& other = language == "zh" ? en : zh;
    return wanted.empty() ? other : wanted;
  }
  [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
};

/// What lessons are about, in the order in which the pool is taught: the document's order.
inline constexpr std::array<std::string_view, 11> kLessonTopics = {
    "structure", "put",    "pin",  "pinslow", "get",   "steal",
    "gc",        "resize", "race", "misuse",  "modern"};

/// One of the answers to choose from.
struct LessonChoice {
  std::uint32_t line = 0;  // of the file
  std::string answer;      // words of the transcript, which say when this choice is right
  LessonText text;
  LessonText why;  // shown when it is picked: why it is right, or what is wrong with it
};

/// A question to the class, asked before its line runs.
struct LessonAsk {
  std::uint32_t line = 0;  // of the file
  LessonText text;
  std::vector<LessonChoice> choices;
};

/// What is said to one command.
struct LessonLine {
  LessonText caption;  // what happens, and why
  LessonText note;     // for the lecturer alone
  std::optional<LessonAsk> ask;
};

struct Lesson {
  std::string
      name;  // "S11" where the file is S11-some-words.ops, else the file's name without .ops
  LessonText title;
  LessonText question;  // that the lesson answers
  std::string topic;    // one of kLessonTopics, or empty
  LessonText takeaway;  // the last sentence
  Script script;
  std::vector<LessonLine> lines;  // lines[i] belongs to script.commands[i]

  /// What is to be explored: a program that check_explorable accepts. None: nothing is.
  std::optional<Script> exploration;
  LessonText exploration_text;  // what it shows
};

/// What is wrong with a lesson, at a line of its file.
struct LessonProblem {
  std::uint32_t line = 0;
  std::string what;
};

/// A lesson as far as it can be understood, and what could not be.
struct LessonDraft {
  Lesson lesson;
  std::vector<LessonProblem> problems;  // in the order of lines
};

/// Reads a script and its words. `file` is what errors name. Errors: the script is wrong, see
/// parse_script. A fault of the words is a problem of the draft and no error.
Expected<LessonDraft> draft_lesson(std::string_view text, const std::string& file);

/// As draft_lesson, of the text of `file`. Errors: it cannot be read.
Expected<LessonDraft> read_draft(const std::string& file);

/// As draft_lesson. Errors: the first problem too, "FILE:LINE: what".
Expected<Lesson> parse_lesson(std::string_view text, const std::string& file);

/// Sorts lessons as they are taught: by topic, then by name. Those without a topic come last.
void sort_lessons(std::vector<Lesson>& lessons);

}  // namespace poolscope::script
