#pragma once

// The one thread of a session that stops the world: for a GC, for GOMAXPROCS, and for a last look
// at the end; on request, or by the session's own timers.
//
// Thread safety: request, notify and under_way from any thread; start and finish from one.
// Invariants: one stop-the-world at a time; what is asked for while one waits or runs is refused,
// not queued. While the viewer has paused the session, session time runs on for a moment after a
// stop, so that its effect can be seen, and stands still again.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/session_clock.h"
#include "core/runtime/pace.h"
#include "core/runtime/reasons.h"
#include "core/runtime/scheduler.h"
#include "core/sim/simulation.h"
#include "core/trace/trace_context.h"

namespace poolscope {

/// What the coordinator does in a stopped world, over the kind of pool that runs.
class StoppedWorld {
 public:
  virtual ~StoppedWorld() = default;
  /// Emits the pools' real contents.
  virtual void emit_contents(TraceContext& trace) = 0;
  /// poolCleanup.
  virtual void clean_pools() = 0;
  /// Frees what was dropped and cannot be reached any more, and says so.
  virtual void free_unreachable(TraceContext& trace) = 0;
};

class Coordinator {
 public:
  /// A fact about the viewer's speed, to be reported in the stream of events.
  struct Notice {
    EventKind kind;
    std::uint32_t number;
    std::uint8_t detail = 0;
  };
  struct Machine {
    SessionClock& clock;
    Pace& pace;
    Scheduler& scheduler;
    StoppedWorld& world;
    std::atomic<bool>& ending;  // set when the session has as many events as were asked for
  };

  Coordinator(const SimulationOptions& options, const Machine& machine, TraceContext& trace)
      : options_(options), machine_(machine), trace_(trace) {}

  void start();
  /// Stops the world once more, for a last look, and ends the thread. No goroutine may run any
  /// more.
  void finish();

  /// False: one waits or runs already.
  bool request_gc();
  /// What was asked for before and is not set yet counts no more. With as many Ps as there are,
  /// nobody is stopped.
  void request_procs(std::uint32_t procs);
  /// The GOMAXPROCS that was asked for and is not set yet.
  [[nodiscard]] std::optional<std::uint32_t> procs_wanted() const;
  void notify(Notice notice);
  [[nodiscard]] bool under_way() const;

 private:
  using Steady = std::chrono::steady_clock;

  void run(const std::stop_token& stop);
  std::optional<StopCause> next_stop(const std::stop_token& stop);
  void ask_for_what_is_due();
  [[nodiscard]] std::chrono::nanoseconds next_wait() const;
  void stop_the_world(StopCause cause);
  void change_procs();
  void rest_while_it_is_told();
  void tell_notices();
  void tell_wanted_procs();
  void stand_still_again();

  const SimulationOptions& options_;
  Machine machine_;
  TraceContext& trace_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_; what is asked for, until it is done.
  bool gc_wanted_ = false;
  std::optional<std::uint32_t> procs_wanted_;
  bool under_way_ = false;
  std::vector<Notice> notices_;

  // The coordinator's own.
  std::uint32_t procs_told_ = 0;  // of the resize that waits: what the events say is wanted
  std::int64_t next_gc_ns_ = 0;
  std::int64_t next_resize_ns_ = 0;
  std::optional<Steady::time_point> effect_until_;  // paused, but session time runs
  std::jthread thread_;
};

}  // namespace poolscope
