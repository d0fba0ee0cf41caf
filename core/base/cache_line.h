#pragma once

// Sizes that the hardware dictates.

#include <cstddef>

namespace poolscope {

/// Bytes of a cache line on the processors that we measure on (x86-64, most of AArch64).
inline constexpr std::size_t kCacheLine = 64;

/// Pairs of lines that an adjacent-line prefetcher may pull together; also the line of some
/// processors. Go pads a poolLocal to a multiple of this.
inline constexpr std::size_t kCacheLinePair = 128;

}  // namespace poolscope
