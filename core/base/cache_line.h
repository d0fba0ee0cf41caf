#pragma once

// Sizes that the hardware dictates.

#include <cstddef>

namespace poolscope {

/// Bytes of a cache line on the processors that we measure on (x86-64, most of AArch64).
inline constexpr std::size_t kCacheLine = 64;

/// Pairs of lines that an adjacent-line prefetcher may pull together; also the line of some
/// processors. Go pads a poolLocal to a multiple of this.
inline constexpr std::size_t kCacheLinePair = 128;

/// Asks for the line of `where`, to be written to soon. A hint.
inline void prefetch_for_writing(const void* where) {
#if defined(__x86_64__)
  // The compiler's own prefetch for writing would be one for reading on a plain x86-64: then the
  // line is fetched, and has still to be taken away from the others. Where there is no such
  // instruction it does nothing.
  asm volatile("prefetchw %0" : : "m"(*static_cast<const char*>(where)));
#else
  __builtin_prefetch(where, 1);
#endif
}

}  // namespace poolscope
