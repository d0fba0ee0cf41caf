#include "app/page/text_table.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace poolscope::page {
namespace {

using nlohmann::json;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A script's numbers are exact up to 2^53; and 007 is not 7.
bool is_number(const std::string& digits) {
  constexpr std::size_t kExactDigits = 15;
  return digits.size() <= kExactDigits && (digits == "0" || digits.front() != '0');
}

}  // namespace

TextTable::Shape TextTable::shape_of(const std::string& text, Numbers& numbers, bool first) {
  Shape shape;
  std::vector<bool> used(numbers.size(), false);
  std::string between;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::string digits = text.substr(i, end - i);
    if (digits.empty() || !is_number(digits)) {
      end = std::max(end, i + 1);
      between += text.substr(i, end - i);
      i = end;
      continue;
    }
    i = end;
    const std::uint64_t number = std::stoull(digits);
    // Another language says the same numbers in another order.
    std::size_t place = first ? numbers.size() : 0;
    while (place < numbers.size() && (used[place] || numbers[place] != number)) ++place;
    if (place == numbers.size()) {
      numbers.push_back(number);
      used.push_back(true);
    }
    used[place] = true;
    shape.between.push_back(std::exchange(between, {}));
    shape.places.push_back(place);
  }
  shape.between.push_back(std::move(between));
  return shape;
}

std::uint32_t TextTable::number_of(const Text& text) {
  if (std::ranges::all_of(text, &std::string::empty)) return 0;
  const auto [at, added] = known_.emplace(text, static_cast<std::uint32_t>(texts_.size() + 1));
  if (!added) return at->second;
  Numbers numbers;
  Pattern pattern;
  for (const std::string& said : text) {
    pattern.push_back(shape_of(said, numbers, pattern.empty()));
  }
  const auto [with, fresh] =
      known_patterns_.emplace(std::move(pattern), static_cast<std::uint32_t>(patterns_.size()));
  if (fresh) patterns_.push_back(&with->first);
  texts_.emplace_back(with->second, std::move(numbers));
  return at->second;
}

json TextTable::patterns() const {
  json list = json::array();
  for (const Pattern* pattern : patterns_) {
    json languages = json::array();
    for (const Shape& shape : *pattern) {
      json parts = json::array();
      for (std::size_t i = 0; i < shape.between.size(); ++i) {
        parts.push_back(shape.between[i]);
        if (i < shape.places.size()) parts.push_back(shape.places[i]);
      }
      languages.push_back(std::move(parts));
    }
    list.push_back(std::move(languages));
  }
  return list;
}

json TextTable::texts() const {
  json list = json::array();
  for (const auto& [pattern, numbers] : texts_) {
    json entry = json::array({pattern});
    for (const std::uint64_t number : numbers) entry.push_back(number);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace poolscope::page
