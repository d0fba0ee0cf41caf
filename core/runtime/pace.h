#pragma once

// The speed of a lecture: at a pace point a real thread really waits, holding what it holds.
//
// Thread safety: yes.
// Invariants: while the session runs a wait lasts the step time, in session time; a change of the
// step time counts for waits under way. While it is paused nobody goes on, but a pinned goroutine
// that a stop-the-world waits for, and the one that step() lets go.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>

#include "core/base/session_clock.h"
#include "core/runtime/scheduler.h"

namespace poolscope {

class Pace {
 public:
  Pace(SessionClock& clock, std::int64_t step_time_ns);

  /// Whether pace points wait at all: the only thing that a point at full rate pays for.
  [[nodiscard]] bool active() const { return active_.load(std::memory_order_relaxed); }

  /// Waits at a pace point. An unpinned goroutine must have given its P back.
  void wait_step(const Scheduler& scheduler, bool pinned);

  /// Waits until session time `until_ns`, or the end.
  void sleep_until(std::int64_t until_ns);

  void set_step_time(std::int64_t step_time_ns);
  void pause();
  void resume();
  /// While paused: session time runs on all the same, for a stop-the-world and its effect, until
  /// let_time_stand(). Whether it is paused.
  bool let_time_run();
  /// While paused, session time stands still again. Looking and acting are one step: a resume that
  /// comes in between would leave goroutines that run on a clock that stands.
  void let_time_stand();
  /// Lets the goroutine go on that has stood longest, to its next pace point.
  void step();
  /// The waits look again: a stop-the-world was requested.
  void wake();
  /// Ends all waits, for good.
  void end();

  [[nodiscard]] bool ended() const { return ended_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool paused() const;
  [[nodiscard]] std::int64_t step_time_ns() const;
  /// How many goroutines stand at a pace point now.
  [[nodiscard]] std::size_t standing() const;

 private:
  struct Standing {
    std::int64_t since_ns = 0;
    bool released = false;
  };

  void update_active();

  SessionClock& clock_;
  std::atomic<bool> active_{false};
  std::atomic<bool> ended_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Standing> standing_;  // in the order of arrival
  std::int64_t step_time_ns_;
  bool paused_ = false;
};

}  // namespace poolscope
