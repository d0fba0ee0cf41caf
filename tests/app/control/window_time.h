#pragma once

// Time that passes as in the window: a source is updated until what a test waits for is there.
//
// Thread safety: none.

#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

#include "app/control/session_source.h"

namespace poolscope::testing {

inline std::int64_t host_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Calls `turn` until `holds`; false: it did not within a minute, which is no measure but an end.
inline bool turn_until(const std::function<void()>& turn, const std::function<bool()>& holds) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < give_up) {
    turn();
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

/// Updates `source` until `holds`.
inline bool until(SessionSource& source, const std::function<bool()>& holds) {
  return turn_until([&source] { source.update(host_ns()); }, holds);
}

/// Time passes until all that was asked of `source` has run and is at rest.
inline bool comes_to_rest(SessionSource& source) {
  std::int64_t now_ns = host_ns();
  constexpr std::int64_t kLong_ns = 20'000'000'000;
  return turn_until([&] { source.update(now_ns += kLong_ns); },
                    [&] { return !source.status().playing; });
}

}  // namespace poolscope::testing
