#pragma once

// Texts in UTF-8, cut between two letters.
//
// Thread safety: pure functions.

#include <cstddef>
#include <string_view>

namespace poolscope {

/// The bytes of `text` up to `most_bytes`, without a part of a letter at their end.
constexpr std::string_view whole_letters(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return text;
  while (most_bytes > 0 && (static_cast<unsigned char>(text[most_bytes]) & 0xc0U) == 0x80U) {
    --most_bytes;
  }
  return text.substr(0, most_bytes);
}

}  // namespace poolscope
