#pragma once

// The time of a session: it starts at 0 and stands still while the viewer has paused the session,
// so that a recording holds no dead time.
//
// Thread safety: yes.
// Invariants: session time never decreases; a stamp taken during a pause maps to its begin.

#include <cstdint>
#include <mutex>
#include <vector>

#include "core/base/clock.h"

namespace poolscope {

class SessionClock {
 public:
  SessionClock() : start_ns_(clock_.now_ns()) {}

  void pause() {
    const std::scoped_lock lock(mutex_);
    if (!paused_) {
      paused_ = true;
      pauses_.push_back({clock_.now_ns(), kOpen});
    }
  }

  void resume() {
    const std::scoped_lock lock(mutex_);
    if (paused_) {
      paused_ = false;
      pauses_.back().end_ns = clock_.now_ns();
    }
  }

  [[nodiscard]] std::int64_t now_ns() const { return to_session_ns(clock_.ticks()); }

  /// Session time, in ns, of a stamp of TickClock.
  [[nodiscard]] std::int64_t to_session_ns(std::uint64_t ticks) const {
    const std::int64_t raw_ns = clock_.to_ns(ticks);
    const std::scoped_lock lock(mutex_);
    std::int64_t session_ns = raw_ns - start_ns_;
    for (const Pause& pause : pauses_) {
      if (raw_ns <= pause.begin_ns) break;
      session_ns -= (pause.end_ns < raw_ns ? pause.end_ns : raw_ns) - pause.begin_ns;
    }
    return session_ns;
  }

 private:
  struct Pause {
    std::int64_t begin_ns;
    std::int64_t end_ns;
  };
  static constexpr std::int64_t kOpen = INT64_MAX;

  const TickClock& clock_ = TickClock::instance();
  const std::int64_t start_ns_;
  mutable std::mutex mutex_;
  std::vector<Pause> pauses_;
  bool paused_ = false;
};

}  // namespace poolscope
