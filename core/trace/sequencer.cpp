#include "core/trace/sequencer.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace poolscope {

Sequencer::Sequencer(std::vector<EventRing*> rings, SessionClock& clock)
    : rings_(std::move(rings)), clock_(clock), times_(clock.times()), window_(kWindow) {}

void Sequencer::take_from(EventRing& ring, std::vector<Event>& out, std::size_t most) {
  const std::span<const Event> events = ring.readable();
  if (events.empty()) return;
  // After the look at the ring: a pause that began before one of these events is known by now.
  clock_.update(times_);
  std::size_t taken = 0;
  for (const Event& event : events) {
    if (out.size() >= most || event.seq >= next_ + kWindow) break;
    ++taken;
    if (event.seq == next_) {
      deliver(event, out);
      deliver_early(out, most);
    } else {
      window_[event.seq % kWindow] = event;
      ++early_;
    }
  }
  ring.drop(taken);
}

void Sequencer::deliver(const Event& event, std::vector<Event>& out) {
  Event& delivered = out.emplace_back(event);
  const auto ticks = static_cast<std::uint64_t>(event.time_ns);
  last_time_ns_ = std::max(last_time_ns_, times_.to_session_ns(ticks));
  delivered.time_ns = last_time_ns_;
  ++next_;
}

void Sequencer::deliver_early(std::vector<Event>& out, std::size_t most) {
  for (; early_ != 0 && out.size() < most; --early_) {
    const Event& turn = window_[next_ % kWindow];
    if (turn.seq != next_) return;
    deliver(turn, out);
  }
}

std::size_t Sequencer::collect(std::vector<Event>& out) {
  const std::size_t before = out.size();
  const std::size_t most = before + kMostAtOnce;
  deliver_early(out, most);
  for (EventRing* ring : rings_) take_from(*ring, out, most);
  return out.size() - before;
}

Collector::Collector(std::vector<EventRing*> rings, SessionClock& clock, EventSink& sink)
    : sequencer_(std::move(rings), clock), sink_(sink), thread_([this] { run(); }) {}

void Collector::finish() {
  finishing_.store(true);
  if (thread_.joinable()) thread_.join();
}

void Collector::run() {
  using namespace std::chrono_literals;
  using Steady = std::chrono::steady_clock;
  // Three million a second from one nap to the next; half of it is enough to go on without a nap.
  constexpr std::size_t kMany = 512;
  constexpr auto kAlert = 300us;  // how long it then looks on without a nap: a ring fills faster
  // After fewer than this it gives way for a moment. A reader that comes back at once is at the
  // very cache line that the writer fills, and both wait for it: an event then costs a half more.
  constexpr std::size_t kRow = 2048;
  constexpr auto kShortest = 100us;
  constexpr auto kLongest = 16000us;  // a paused session costs next to nothing
  auto idle = kShortest;
  std::size_t found_lately = 0;  // since the last nap, or since it last was found to be many
  Steady::time_point alert_until{};
  std::vector<Event> events;
  for (;;) {
    // Before the rings are read: what was pushed before finish() is then found.
    const bool last_round = finishing_.load();
    events.clear();
    if (const std::size_t found = sequencer_.collect(events); found != 0) {
      sink_.on_events(events);
      idle = kShortest;
      found_lately += found;
      if (found_lately >= kMany) {
        found_lately = 0;
        alert_until = Steady::now() + kAlert;
      }
      if (found < kRow) std::this_thread::yield();
      continue;
    }
    if (last_round) return;
    if (Steady::now() < alert_until) {
      std::this_thread::yield();
      continue;
    }
    found_lately = 0;
    std::this_thread::sleep_for(idle);
    idle = std::min(idle * 2, kLongest);
  }
}

}  // namespace poolscope
