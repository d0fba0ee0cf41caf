#pragma once

// The texts of the page by number. A session says the same few sentences of ever other goroutines
// and objects, so a text is stored as its pattern and the numbers in it: "G4 on P1: takes #13 from
// private." is the pattern "G# on P#: takes ## from private." with 4, 1 and 13.
//
// Thread safety: none of its own.
// Invariants: equal texts have equal numbers; 0 is the text that is empty in every language. What
// is put together again is the text, letter by letter.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/page/languages.h"

namespace poolscope::page {

class TextTable {
 public:
  std::uint32_t number_of(const Text& text);

  /// For each pattern, for each language: a list of texts and, between them, the places of numbers.
  [[nodiscard]] nlohmann::json patterns() const;
  /// For each text: the number of its pattern, and then its numbers.
  [[nodiscard]] nlohmann::json texts() const;

 private:
  using Numbers = std::vector<std::uint64_t>;
  /// A text without its numbers: what stands before each of them and behind the last, and which
  /// number it is.
  struct Shape {
    std::vector<std::string> between;
    std::vector<std::size_t> places;
    auto operator<=>(const Shape&) const = default;
  };
  using Pattern = std::vector<Shape>;  // by language
  using Entry = std::pair<std::uint32_t, Numbers>;

  static Shape shape_of(const std::string& text, Numbers& numbers, bool first);

  std::map<Text, std::uint32_t> known_;
  std::map<Pattern, std::uint32_t> known_patterns_;
  std::vector<const Pattern*> patterns_;  // keys of known_patterns_
  std::vector<Entry> texts_;              // from number 1 on
};

}  // namespace poolscope::page
