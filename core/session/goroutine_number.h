#pragma once

// A goroutine's number as formats 1 and 2 store it: 0xffff means none.
//
// Thread safety: functions of their arguments.

#include <cstdint>

#include "core/base/ids.h"

namespace poolscope::format {

inline constexpr std::uint32_t kNoGoroutine = 0xffff;

inline std::uint32_t stored_number(GId g) { return g.valid() ? g.value : kNoGoroutine; }
inline GId goroutine_of(std::uint64_t stored) {
  return stored == kNoGoroutine ? GId::none() : GId{static_cast<std::uint32_t>(stored)};
}

}  // namespace poolscope::format
