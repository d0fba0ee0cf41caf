// Listings, cut into words.

#include "app/views/source/code.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "assets/embedded.h"

namespace poolscope::views {
namespace {

// What is a keyword in one of the two languages may be a name in the other: Go's `private` is a
// field.
constexpr auto kGoKeywords = std::to_array<std::string_view>(
    {"bool",   "break",     "case", "chan", "const",   "continue", "default", "defer",
     "else",   "false",     "for",  "func", "go",      "goto",     "if",      "import",
     "int",    "interface", "map",  "nil",  "package", "range",    "return",  "select",
     "struct", "switch",    "true", "type", "uint32",  "uint64",   "uintptr", "var"});
constexpr auto kCppKeywords = std::to_array<std::string_view>(
    {"auto",     "bool",          "break",       "case",    "class",    "const",     "constexpr",
     "continue", "default",       "else",        "enum",    "explicit", "false",     "for",
     "friend",   "goto",          "if",          "inline",  "int",      "namespace", "new",
     "noexcept", "nullptr",       "operator",    "private", "public",   "return",    "sizeof",
     "static",   "static_assert", "static_cast", "struct",  "switch",   "template",  "this",
     "true",     "typename",      "using",       "void",    "while"});

bool is_keyword(std::string_view word, CodeLanguage language) {
  if (language == CodeLanguage::kGo) {
    return std::ranges::find(kGoKeywords, word) != kGoKeywords.end();
  }
  return std::ranges::find(kCppKeywords, word) != kCppKeywords.end();
}

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string with_spaces(std::string_view line) {
  std::string text;
  for (const char c : line) text += c == '\t' ? std::string(4, ' ') : std::string(1, c);
  return text;
}

/// The end of the word that begins at `at`, which is no blank.
std::size_t end_of_word(std::string_view line, std::size_t at, CodeLanguage language,
                        CodeKind& kind) {
  const char c = line[at];
  std::size_t end = at + 1;
  if (line.substr(at).starts_with("//")) {
    kind = CodeKind::kComment;
    return line.size();
  }
  if (c == '"' || c == '\'') {
    kind = CodeKind::kLiteral;
    while (end < line.size() && line[end] != c) end += line[end] == '\\' ? 2 : 1;
    return std::min(end + 1, line.size());
  }
  if (starts_name(c) || is_digit(c)) {
    while (end < line.size() && (starts_name(line[end]) || is_digit(line[end]))) ++end;
    if (is_digit(c)) kind = CodeKind::kLiteral;
    if (is_keyword(line.substr(at, end - at), language)) kind = CodeKind::kKeyword;
  }
  return end;
}

Code code_of(const Listing& listing, CodeLanguage language) {
  Code code;
  for (const ListingLine& line : listing) {
    code.push_back({words_of(with_spaces(line.text), language), line.step});
  }
  return code;
}

/// The very files of ours that run, one behind the other, each under its name.
Code cpp_code_of(std::initializer_list<const char*> files) {
  Code code;
  for (const char* file : files) {
    code.push_back({words_of("// " + std::string(file), CodeLanguage::kCpp), Step::kNone});
    for (CodeLine& line : code_of(cpp_listing(embedded_text(file)), CodeLanguage::kCpp)) {
      code.push_back(std::move(line));
    }
  }
  return code;
}

Code go_code_of(const char* file, std::string_view language) {
  return code_of(go_listing(embedded_text(file), language), CodeLanguage::kGo);
}

}  // namespace

std::vector<CodeWord> words_of(std::string_view line, CodeLanguage language) {
  std::vector<CodeWord> words;
  for (std::size_t from = 0; from < line.size();) {
    const std::size_t at = std::min(line.find_first_not_of(' ', from), line.size());
    if (at == line.size()) break;
    CodeKind kind = CodeKind::kPlain;
    const std::size_t end = end_of_word(line, at, language, kind);
    // Neighbours of one kind are drawn at once.
    if (!words.empty() && words.back().kind == kind) {
      words.back().text += line.substr(from, end - from);
    } else {
      words.push_back({std::string(line.substr(from, end - from)), kind});
    }
    from = end;
  }
  return words;
}

const Code& go_code(PoolKind pool, std::string_view language) {
  static const std::array<std::array<Code, 2>, 2> kCodes = {
      {{go_code_of("assets/source/classic.go", "en"), go_code_of("assets/source/classic.go", "zh")},
       {go_code_of("assets/source/modern.go", "en"), go_code_of("assets/source/modern.go", "zh")}}};
  return kCodes[pool == PoolKind::kModern ? 1 : 0][language == "zh" ? 1 : 0];
}

const Code& cpp_code(PoolKind pool) {
  static const std::array<Code, 2> kCodes = {
      cpp_code_of({"core/pool/classic_pool.h"}),
      cpp_code_of({"core/pool/modern_pool.h", "core/pool/pool_dequeue.h"})};
  return kCodes[pool == PoolKind::kModern ? 1 : 0];
}

std::size_t line_of(const Code& code, Step step) {
  const auto found = std::ranges::find(code, step, &CodeLine::step);
  return step == Step::kNone ? code.size() : static_cast<std::size_t>(found - code.begin());
}

}  // namespace poolscope::views
