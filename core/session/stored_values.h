#pragma once

// Numbers and texts as the columns of the file hold them.
//
// Thread safety: pure functions.

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/session/format.h"

namespace poolscope {

/// A text as long as a text may be, without half a letter at its end.
inline std::string cut(std::string text) {
  if (text.size() <= format::kTextBytes) return text;
  std::size_t size = format::kTextBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80U) --size;
  text.resize(size);
  return text;
}

inline std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace poolscope
