#pragma once

// The clock that the window goes by.
//
// Thread safety: any thread.

#include <chrono>
#include <cstdint>

namespace poolscope::app {

/// A steady clock's time, ns.
inline std::int64_t host_now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace poolscope::app
