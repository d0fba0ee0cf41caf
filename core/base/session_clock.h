#pragma once

// The time of a session: it starts at 0 and stands still while the viewer has paused the session,
// so that a recording holds no dead time.
//
// Thread safety: yes; Times is a value.
// Invariants: session time never decreases; a stamp taken during a pause maps to its begin. Times
// that were taken or updated at some moment are right for every stamp that was taken before it.

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <vector>

#include "core/base/clock.h"

namespace poolscope {

class SessionClock {
 public:
  /// What turns stamps of TickClock into session time: the session's start and its pauses so far.
  class Times {
   public:
    /// Session time, in ns, of a stamp.
    [[nodiscard]] std::int64_t to_session_ns(std::uint64_t ticks) const {
      const std::int64_t raw_ns = clock_->to_ns(ticks);
      // From the last pause: most stamps are new.
      for (auto pause = pauses_.rbegin(); pause != pauses_.rend(); ++pause) {
        if (raw_ns > pause->begin_ns) {
          const std::int64_t stood_ns = std::min(pause->end_ns, raw_ns) - pause->begin_ns;
          return raw_ns - start_ns_ - pause->stood_before_ns - stood_ns;
        }
      }
      return raw_ns - start_ns_;
    }

   private:
    friend class SessionClock;
    struct Pause {
      std::int64_t begin_ns;
      std::int64_t end_ns;
      std::int64_t stood_before_ns;  // in all pauses before this one
    };
    static constexpr std::int64_t kOpen = INT64_MAX;

    const TickClock* clock_ = &TickClock::instance();
    std::int64_t start_ns_ = clock_->now_ns();
    std::vector<Pause> pauses_;
    std::uint64_t changes_ = 0;
  };

  /// Session time is 0 from now on. Before anything is stamped, and before times() are taken.
  void start() {
    const std::scoped_lock lock(mutex_);
    times_.start_ns_ = times_.clock_->now_ns();
    times_.pauses_.clear();
    if (paused_) times_.pauses_.push_back({times_.start_ns_, Times::kOpen, 0});
    ++times_.changes_;
  }

  void pause() {
    const std::scoped_lock lock(mutex_);
    if (paused_) return;
    paused_ = true;
    std::int64_t stood_ns = 0;
    if (!times_.pauses_.empty()) {
      const Times::Pause& last = times_.pauses_.back();
      stood_ns = last.stood_before_ns + last.end_ns - last.begin_ns;
    }
    times_.pauses_.push_back({times_.clock_->now_ns(), Times::kOpen, stood_ns});
    ++times_.changes_;
  }

  void resume() {
    const std::scoped_lock lock(mutex_);
    if (!paused_) return;
    paused_ = false;
    times_.pauses_.back().end_ns = times_.clock_->now_ns();
    ++times_.changes_;
  }

  [[nodiscard]] std::int64_t now_ns() const {
    const std::scoped_lock lock(mutex_);
    return times_.to_session_ns(times_.clock_->ticks());
  }

  /// The times at this moment.
  [[nodiscard]] Times times() const {
    const std::scoped_lock lock(mutex_);
    return times_;
  }
  /// Brings `times`, which came from this clock, up to now.
  void update(Times& times) const {
    const std::scoped_lock lock(mutex_);
    if (times.changes_ != times_.changes_) times = times_;
  }

 private:
  mutable std::mutex mutex_;
  Times times_;
  bool paused_ = false;
};

}  // namespace poolscope
