#pragma once

// Reading UTF-8 one character at a time.
//
// Thread safety: pure.

#include <cstddef>
#include <string_view>

namespace poolscope::platform {

/// Calls `see(char32_t)` for each character of `text`; for a byte that begins none, with U+FFFD.
template <class See>
void for_each_code_point(std::string_view text, See see) {
  constexpr char32_t kReplacement = 0xfffd;
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80             ? 1
                               : (lead & 0xe0) == 0xc0 ? 2
                               : (lead & 0xf0) == 0xe0 ? 3
                               : (lead & 0xf8) == 0xf0 ? 4
                                                       : 0;
    if (length == 0 || i + length > text.size()) {
      see(kReplacement);
      ++i;
      continue;
    }
    char32_t c = length == 1 ? lead : lead & (0x7fU >> length);
    bool whole = true;
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      whole = whole && (next & 0xc0) == 0x80;
      c = (c << 6) | (next & 0x3fU);
    }
    see(whole ? c : kReplacement);
    i += whole ? length : 1;
  }
}

}  // namespace poolscope::platform
