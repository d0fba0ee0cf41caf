#include "core/script/lesson_comments.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/script/script.h"

namespace poolscope::script {
namespace {

constexpr std::array<LessonKey, 10> kKeys = {{
    {"title", true, false, false},
    {"question", true, false, false},
    {"topic", false, true, false},
    {"takeaway", true, false, false},
    {"explore", true, true, false},
    {"caption", true, false, true},
    {"note", true, false, true},
    {"ask", true, false, true},
    {"choice", true, true, true},
    {"why", true, false, true},
}};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\v\f";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// A line `% KEY[.LANGUAGE]: text`; none: it is another comment, or no comment.
std::optional<LessonComment> comment_in(std::string_view line, std::uint32_t number) {
  std::string_view rest = trimmed(line);
  if (!rest.starts_with('%')) return std::nullopt;
  rest = trimmed(rest.substr(1));
  const auto take_word = [&rest] {
    const auto end = std::ranges::find_if_not(rest, is_lower) - rest.begin();
    std::string word(rest.substr(0, static_cast<std::size_t>(end)));
    rest.remove_prefix(word.size());
    return word;
  };
  LessonComment comment{number, take_word(), {}, {}};
  if (comment.key.empty()) return std::nullopt;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    comment.language = take_word();
    if (comment.language.empty()) return std::nullopt;
  }
  if (!rest.starts_with(':')) return std::nullopt;
  comment.text = trimmed(rest.substr(1));
  return comment;
}

/// A character of UTF-8 that is three bytes long, 0 for any other: Chinese and its punctuation are.
char32_t wide_at(std::string_view text, std::size_t at) {
  if (at + 3 > text.size()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if ((byte(0) & 0xF0U) != 0xE0U) return 0;
  return ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
}
bool is_wide(char32_t c) { return c >= 0x2E80 || (c >= 0x2014 && c <= 0x2026); }
bool is_wide_punctuation(char32_t c) {
  return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x2014 && c <= 0x2026);
}

/// Joins two lines of one text. A blank stands between them as between two words; Chinese has none,
/// but between a character and a Latin word.
void join(std::string& text, std::string_view more) {
  const char32_t before = text.size() < 3 ? 0 : wide_at(text, text.size() - 3);
  const char32_t after = wide_at(more, 0);
  const bool together = is_wide_punctuation(before) || is_wide_punctuation(after) ||
                        (is_wide(before) && is_wide(after));
  if (!together) text += ' ';
  text += more;
}

}  // namespace

const LessonKey* find_lesson_key(std::string_view word) {
  const auto* const key = std::ranges::find(kKeys, word, &LessonKey::word);
  return key == kKeys.end() ? nullptr : key;
}

std::string unknown_key(std::string_view word) {
  std::vector<std::string_view> words;
  words.reserve(kKeys.size());
  for (const LessonKey& key : kKeys) words.push_back(key.word);
  return fmt::format(
      "there is no {} in a lesson: it has {}; %% begins a comment that is none of them", word,
      fmt::join(words, ", "));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  text = without_utf8_mark(text);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<LessonComment> lesson_comments(const std::vector<std::string_view>& lines) {
  std::vector<LessonComment> comments;
  std::string last;  // the name of the comment on the line before; empty: there is none
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto comment = comment_in(lines[i], static_cast<std::uint32_t>(i + 1));
    if (!comment) {
      last.clear();
      continue;
    }
    // Words without a language are a line each: topic, choice, explore.
    if (!comment->language.empty() && comment->name() == last) {
      join(comments.back().text, comment->text);
      continue;
    }
    last = comment->name();
    comments.push_back(std::move(*comment));
  }
  return comments;
}

}  // namespace poolscope::script
