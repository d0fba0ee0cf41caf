#pragma once

// Numbers in texts that come from outside.
//
// Thread safety: a pure function.

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace poolscope {

/// All of `text` as a number of that type, without blanks or a plus; none where it is no such
/// number, or where the type has no room for it.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [read_to, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || read_to != end) return std::nullopt;
  return number;
}

}  // namespace poolscope
