#include "core/trace/sequencer.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace poolscope {

Sequencer::Sequencer(std::vector<EventRing*> rings, SessionClock& clock)
    : rings_(std::move(rings)), clock_(clock), window_(kWindow) {}

void Sequencer::take_from(EventRing& ring) {
  for (const Event* event = ring.front(); event != nullptr; event = ring.front()) {
    if (event->seq >= next_ + kWindow) return;
    window_[event->seq % kWindow] = *event;
    ring.pop();
  }
}

std::size_t Sequencer::collect(std::vector<Event>& out) {
  for (EventRing* ring : rings_) take_from(*ring);
  const std::uint64_t first = next_;
  for (; next_ - first < kMostAtOnce; ++next_) {
    const Event& turn = window_[next_ % kWindow];
    if (turn.seq != next_) break;
    Event& event = out.emplace_back(turn);
    const auto ticks = static_cast<std::uint64_t>(event.time_ns);
    last_time_ns_ = std::max(last_time_ns_, clock_.to_session_ns(ticks));
    event.time_ns = last_time_ns_;
  }
  return next_ - first;
}

Collector::Collector(std::vector<EventRing*> rings, SessionClock& clock, EventSink& sink)
    : sequencer_(std::move(rings), clock), sink_(sink), thread_([this] { run(); }) {}

void Collector::finish() {
  finishing_.store(true);
  if (thread_.joinable()) thread_.join();
}

void Collector::run() {
  using namespace std::chrono_literals;
  constexpr auto kShortest = 100us;
  constexpr auto kLongest = 8000us;  // a paused session costs next to nothing
  auto idle = kShortest;
  std::vector<Event> events;
  for (;;) {
    // Before the rings are read: what was pushed before finish() is then found.
    const bool last_round = finishing_.load();
    events.clear();
    if (sequencer_.collect(events) != 0) {
      sink_.on_events(events);
      idle = kShortest;
      continue;
    }
    if (last_round) return;
    std::this_thread::sleep_for(idle);
    idle = std::min(idle * 2, kLongest);
  }
}

}  // namespace poolscope
