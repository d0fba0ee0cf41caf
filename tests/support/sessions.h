#pragma once

// Whole sessions of the real pools as lists of events, for tests that go through every event of
// one.
//
// Thread safety: functions of their arguments; each runs threads and waits for their end.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "core/sim/simulation.h"
#include "core/trace/event.h"
#include "core/trace/event_sink.h"

namespace poolscope::testing {

/// What tests look at is drawn as often as that.
inline constexpr std::int64_t kFrame_ns = 50'000'000;

/// Keeps all the events of a session.
class CollectingSink final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override;
  [[nodiscard]] std::size_t size() const;
  /// Waits until it has that many.
  void wait_for(std::size_t count) const;
  /// After the session's end.
  [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

 private:
  mutable std::mutex mutex_;
  std::vector<Event> events_;
};

struct RecordedEvents {
  SessionConfig config;
  std::vector<Event> events;
};

/// A session of about `events` events, as fast as it can go. Its times are stretched so that it
/// lasts `stretched_ns`; 0: they are as they were.
RecordedEvents run_session(SimulationOptions options, std::uint64_t events,
                           std::int64_t stretched_ns = 0);

/// Options of a session in which much happens, as busy_session, but not so fast that all the events
/// come before the first stop.
SimulationOptions session_with_stops(PoolKind pool, std::uint64_t seed);

/// A session of session_with_stops in which there are a GC, a change of GOMAXPROCS and the drop of
/// an array. On a busy machine a short one may lack them: then it is played again.
RecordedEvents run_session_with_stops(PoolKind pool, std::uint64_t seed, std::uint64_t events);

/// A lecture that real goroutines play ten times as fast as the class sees it: the times below, and
/// those of its events, are the class's.
struct FastLecture {
  /// What the lecturer does, and when.
  struct Wish {
    std::int64_t at_ns;  // ascending
    std::function<void(Simulation&)> ask;
  };
  Pacing pacing = Pacing::kEachWaits;
  std::int64_t step_time_ns = 0;
  std::int64_t length_ns = 0;
  std::vector<Wish> wishes;
};

/// The workload `lecture` on four Ps, with six goroutines, in the classic pool and in the modern
/// one, both at the same time.
std::vector<RecordedEvents> play_in_both_pools(const FastLecture& lecture);

/// Options of a session in which much happens: bursts of six goroutines on four Ps, a GC every 2
/// ms, a change of GOMAXPROCS every 3 ms.
SimulationOptions busy_session(PoolKind pool, std::uint64_t seed);

}  // namespace poolscope::testing
