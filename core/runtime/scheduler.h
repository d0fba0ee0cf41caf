#pragma once

// Ps and their holders, stop-the-world, GOMAXPROCS.
//
// Thread safety: all functions, from any thread, but those of a goroutine from its own thread only
// (park, unpark, safepoint), and stop-the-world from one coordinator at a time.
// Invariants:
//  1. A P is held by at most one goroutine, and only Ps below procs() are held.
//  2. Between wait_stopped() and start_world() no goroutine holds a P.
//  3. Nobody ever waits for a goroutine that holds no P.
//  4. safepoint() is called unpinned only.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/runtime/goroutine.h"
#include "core/runtime/reasons.h"

namespace poolscope {

/// Told of every change of hands of a P, on the goroutine's own thread.
class SchedulerObserver {
 public:
  virtual ~SchedulerObserver() = default;
  // While it owns that P.
  virtual void go_run(Goroutine& g) = 0;
  virtual void go_park(Goroutine& g, ParkReason reason) = 0;
  virtual void go_wait_p(Goroutine& g) = 0;
  // While it owns none: may wait.
  /// It has given its P back.
  virtual void parked(Goroutine& /*g*/, ParkReason /*reason*/) {}
  /// It wants a P. True: it is its turn, and where no P can be had at once it gives the turn up
  /// (parked, kPreempt) and asks again.
  virtual bool take_turn(Goroutine& /*g*/) { return false; }
};

class Scheduler {
 public:
  /// `procs` Ps, 1 or more. `observer` outlives the scheduler. `seed` fixes the choices among idle
  /// Ps, not the interleaving.
  Scheduler(std::uint32_t procs, SchedulerObserver& observer, std::uint64_t seed);

  // --- a goroutine, on its own thread --------------------------------------------------------

  /// Gives the P back and remembers its number. The goroutine must hold one, unpinned.
  void park(Goroutine& g, ParkReason reason);

  /// Takes a P again: mostly its home if that is idle, else any; waits for one in the order
  /// of arrival, and while the world is stopped.
  void unpark(Goroutine& g);

  /// The cooperative preemption point: stands still for a stop-the-world, and gives way to waiting
  /// goroutines when its time slice is over. Mirrors Go's asynchronous preemption, at chosen
  /// places.
  void safepoint(Goroutine& g) {
    if (interrupted()) [[unlikely]] {
      safepoint_slow(g);
    }
  }
  /// Whether a safepoint may have something to do. Relaxed: a hint; it looks again under the mutex.
  [[nodiscard]] bool interrupted() const { return interrupt_.load(std::memory_order_relaxed) != 0; }

  // --- the coordinator -----------------------------------------------------------------------

  /// From now on no goroutine is given a P.
  void request_stop();
  /// Waits until no goroutine holds a P, at most so long; false: one still does.
  [[nodiscard]] bool wait_stopped(std::chrono::nanoseconds most);
  /// Goroutines may run again.
  void start_world();
  /// GOMAXPROCS(n); the world is stopped. `soon_used`: where Ps have come, goroutines
  /// between two operations go there first, until one has stood still in an operation there: so
  /// what a new P finds is seen soon.
  void set_procs(std::uint32_t procs, bool soon_used = false);
  /// A hint: whether such a P waits for its first operation.
  [[nodiscard]] bool has_new_p() const { return new_p_.load(std::memory_order_relaxed) >= 0; }

  [[nodiscard]] bool stop_wanted() const { return (interrupt_.load() & kStop) != 0; }
  /// A hint: it may change at any time.
  [[nodiscard]] bool has_idle_p() const { return running_.load() < procs(); }
  [[nodiscard]] std::uint32_t procs() const { return procs_.load(std::memory_order_relaxed); }

  /// Length of a time slice, as long as Go's.
  static constexpr std::int64_t kSlice_ns = 10'000'000;

 private:
  struct PUse {
    bool held = false;
    std::uint64_t released = 0;  // when it was given back last, in releases
  };

  static constexpr std::uint32_t kStop = 1;     // a stop is wanted
  static constexpr std::uint32_t kWaiters = 2;  // somebody waits for a P

  void safepoint_slow(Goroutine& g);
  void release(Goroutine& g);
  void take(Goroutine& g, std::uint16_t p);
  void hand_out();
  void show_waiters();
  [[nodiscard]] int choose_idle(Goroutine& g);
  [[nodiscard]] bool take_idle(Goroutine& g);
  void wait_for_p(Goroutine& g);

  SchedulerObserver& observer_;
  std::atomic<std::uint32_t> interrupt_{0};
  std::atomic<std::uint32_t> procs_;
  std::mutex mutex_;
  std::condition_variable stopped_cv_;
  std::vector<PUse> ps_;  // by P
  std::uint64_t releases_ = 0;
  std::uint64_t grows_ = 0;                // of GOMAXPROCS
  std::deque<Goroutine*> waiting_;         // in the order of arrival
  std::atomic<std::uint32_t> running_{0};  // Ps held; changed under mutex_
  std::atomic<int> new_p_{-1};             // the first to be used soon; -1: none. As running_
  bool stopping_ = false;
  Goroutine dice_;  // only its random numbers are used
};

}  // namespace poolscope
