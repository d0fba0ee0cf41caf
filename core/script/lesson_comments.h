#pragma once

// The comments of a lesson: lines `% KEY[.LANGUAGE]: text`, lines of one key in a row joined.
//
// Thread safety: functions of their arguments.
// Invariants: a LessonComment looks as such a line must; whether there is that key is not asked
// here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace poolscope::script {

struct LessonComment {
  std::uint32_t line = 0;  // of the file, from 1: where the text begins
  std::string key;         // "caption"
  std::string language;    // "en"; empty: none was given
  std::string text;        // of all its lines

  /// "caption.en"
  [[nodiscard]] std::string name() const { return language.empty() ? key : key + "." + language; }
};

/// What may stand before the colon.
struct LessonKey {
  std::string_view word;
  bool languages = true;  // it has texts, KEY.en: and KEY.zh:
  bool words = false;     // it has words without a language, KEY:
  bool of_line = true;    // it belongs to the next step, not to the lesson
};

/// The key of that word, null if there is none.
const LessonKey* find_lesson_key(std::string_view word);

/// What to say of a word that is no key.
std::string unknown_key(std::string_view word);

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// The comments of a lesson, in order. A comment that does not begin with one word and a colon, or
/// that begins with %%, is none of them.
std::vector<LessonComment> lesson_comments(const std::vector<std::string_view>& lines);

}  // namespace poolscope::script
