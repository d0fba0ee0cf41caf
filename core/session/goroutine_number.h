#pragma once

// A goroutine's number as a file stores it. Formats 1 and 2 had numbers of 16 bits, with 0xffff for
// none. Since format 3 a number is stored as one more than it is, in 32 bits, and none as 0.
//
// Thread safety: functions of their arguments.

#include <cstdint>

#include "core/base/ids.h"

namespace poolscope::format {

inline std::uint32_t stored_number(GId g) { return g.value + 1; }

/// `format`: of the file that has `stored`.
inline GId goroutine_of(std::uint64_t stored, std::uint32_t format) {
  if (format >= 3) return GId{static_cast<std::uint32_t>(stored - 1)};
  return stored == 0xffff ? GId::none() : GId{static_cast<std::uint32_t>(stored)};
}

}  // namespace poolscope::format
