#pragma once

// Durations in nanoseconds, by their names.
//
// Thread safety: constants.

#include <cstdint>

namespace poolscope::testing {

inline constexpr std::int64_t kSecond_ns = 1'000'000'000;

}  // namespace poolscope::testing
