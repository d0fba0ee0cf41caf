#pragma once

// The speed of a session that is watched: at a pace point a real thread really waits, holding what
// it holds. Either each waits for itself, or they take turns (turns.h): one moves, all others
// stand.
//
// Thread safety: yes.
// Invariants: while the session runs a wait lasts the step time, in session time; a change of the
// speed counts for waits under way. While it is paused nobody goes on, but a pinned goroutine that
// a stop-the-world waits for, the one that step() lets go, and those that are sent. One that is
// held stays until it is sent or let go, or the session ends.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "core/base/session_clock.h"
#include "core/runtime/holds.h"
#include "core/runtime/speed.h"
#include "core/runtime/turns.h"

namespace poolscope {

class Pace {
 public:
  /// `seed` fixes the choice of turns.
  Pace(SessionClock& clock, Speed speed, std::uint64_t seed);

  /// Whether pace points wait at all: the only thing that a point at full rate pays for.
  [[nodiscard]] bool active() const { return active_.load(std::memory_order_relaxed); }
  /// Whether the speed makes goroutines stand, held or not.
  [[nodiscard]] bool paced() const { return paced_.load(std::memory_order_relaxed); }
  /// Whether goroutines take turns.
  [[nodiscard]] bool by_turns() const { return by_turns_.load(std::memory_order_relaxed); }

  /// `g` waits at the pace point of that number, to which it has come with what it has `shown`. If
  /// unpinned it must have given its P back.
  void stand(Goroutine& g, std::uint8_t point, Shown shown);
  /// `g`, which has no P, wants to run: waits for its turn. False: goroutines take no turns.
  bool take_turn(Goroutine& g);
  /// `g` has given its P back and cannot go on now; if it has the turn, the turn passes.
  void give_up_turn(const Goroutine& g, Shown shown);
  /// The first turns are those of these goroutines, each for one operation.
  void begin_with(std::vector<GId> order);

  /// The world stands still, for a GC or a resize, and is about to start again. Where goroutines
  /// take turns, none moves from here on but those that are sent, while the viewer is told of it.
  /// The length of that rest, ns; 0: goroutines take no turns.
  std::int64_t rest_after_stop();
  /// Where goroutines take turns and all have come to stand for a stop-the-world: waits until the
  /// rest of the last move is over, `most` at most. What it has shown is told before the stop;
  /// paused, it has been seen. Whether the rest is over.
  bool wait_for_rest(std::chrono::nanoseconds most);
  /// How long all rest still, ns; 0: they do not.
  [[nodiscard]] std::int64_t all_rest_left_ns() const;
  /// The rest of all is over, and the waits look again. Another speed and a step() end it too.
  void end_rest();

  /// Waits until session time `until_ns`, or the end.
  void sleep_until(std::int64_t until_ns);

  void set_speed(Speed speed);
  void pause();
  void resume();
  /// While paused: session time runs on all the same, for a stop-the-world and its effect, until
  /// let_time_stand(). Whether it is paused.
  bool let_time_run();
  /// While paused, session time stands still again. Looking and acting are one step: a resume that
  /// comes in between would leave goroutines that run on a clock that stands.
  void let_time_stand();
  /// While paused: lets a goroutine go on to its next pace point: by turns the one whose turn it
  /// is, else the one that has stood longest.
  void step();
  /// `g` stands at its next pace point, and stays there whatever the speed.
  void hold(GId g);
  void let_go(GId g);
  /// `g`, which is held from here on, goes so far: also while paused, and then as in a lecture.
  void send(GId g, Way way);
  /// In the order of their numbers.
  [[nodiscard]] std::vector<GId> held() const;

  /// The waits look again: the world is to stop, or has started.
  void wake();
  /// Ends all waits, for good.
  void end();

  [[nodiscard]] bool ended() const { return ended_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool paused() const;
  [[nodiscard]] Speed speed() const;
  /// How many goroutines stand now: at a pace point, or until it is their turn to run.
  [[nodiscard]] std::size_t standing() const;

 private:
  void wait_for_turn(std::unique_lock<std::mutex>& lock, const Standing& me);
  bool wait_as_sent(std::unique_lock<std::mutex>& lock, const Standing& me);
  bool wait_alone(std::unique_lock<std::mutex>& lock, const Standing& me);
  void update_active();

  SessionClock& clock_;
  std::atomic<bool> active_{false};
  std::atomic<bool> paced_{false};
  std::atomic<bool> by_turns_{false};
  std::atomic<bool> ended_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Holds holds_;
  Turns turns_{holds_};
  Speed speed_;
  bool paused_ = false;
  std::uint32_t steps_ = 0;  // paused, by turns: turns that may be given all the same
};

}  // namespace poolscope
