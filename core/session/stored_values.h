#pragma once

// Numbers and texts as the columns of the file hold them.
//
// Thread safety: pure functions.

#include <cstdint>
#include <string>

#include "core/base/utf8.h"
#include "core/session/format.h"

namespace poolscope {

/// A text as long as a text may be, without half a letter at its end.
inline std::string cut(const std::string& text) {
  return std::string(whole_letters(text, format::kTextBytes));
}

inline std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace poolscope
