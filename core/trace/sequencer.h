#pragma once

// The sequencer puts the events of all rings into their one order, and the collector thread carries
// them from the rings to the sink.
//
// Thread safety: Sequencer belongs to the collector's thread. Collector: construct and finish from
// one thread.
// Invariants: events come out with seq 1, 2, 3, ... without a gap, whatever order the rings are
// read in; time never decreases.

#include <atomic>
#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "core/base/session_clock.h"
#include "core/trace/event_ring.h"
#include "core/trace/event_sink.h"

namespace poolscope {

class Sequencer {
 public:
  Sequencer(std::vector<EventRing*> rings, SessionClock& clock);

  /// Takes what the rings have and appends to `out` the events whose turn has come, in session
  /// time, at most kMostAtOnce. Returns how many; 0: nothing new.
  std::size_t collect(std::vector<Event>& out);

  /// Events that came out so far.
  [[nodiscard]] std::uint64_t delivered() const { return next_ - 1; }

 private:
  /// Events that may be ahead of their turn; the rest waits in its ring.
  static constexpr std::size_t kWindow = 1U << 16U;
  /// So that `out` stays as large as it was in the first seconds, also after the collector had to
  /// wait long for its turn.
  static constexpr std::size_t kMostAtOnce = 1U << 13U;

  void take_from(EventRing& ring, std::vector<Event>& out, std::size_t most);
  void deliver(const Event& event, std::vector<Event>& out);
  void deliver_early(std::vector<Event>& out, std::size_t most);

  std::vector<EventRing*> rings_;
  SessionClock& clock_;
  SessionClock::Times times_;  // as of the last look at a ring
  std::vector<Event> window_;  // by seq modulo kWindow
  std::size_t early_ = 0;      // events in it
  std::uint64_t next_ = 1;     // whose turn it is
  std::int64_t last_time_ns_ = 0;
};

class Collector {
 public:
  Collector(std::vector<EventRing*> rings, SessionClock& clock, EventSink& sink);
  ~Collector() { finish(); }

  /// Delivers everything that is in the rings, and ends. No producer may be at work any more.
  void finish();
  /// After finish(): the events that the sink was given.
  [[nodiscard]] std::uint64_t delivered() const { return sequencer_.delivered(); }

 private:
  void run();

  Sequencer sequencer_;
  EventSink& sink_;
  std::atomic<bool> finishing_{false};
  std::jthread thread_;
};

}  // namespace poolscope
