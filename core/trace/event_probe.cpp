#include "core/trace/event_probe.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace poolscope {

template <bool kPaces>
void EventProbe<kPaces>::stand(Step step, bool pinned) {
  Goroutine& g = *current_g;
  at().emit(EventKind::kStand, {}, {}, 0, static_cast<std::uint8_t>(step));
  if (!pinned) g.scheduler->park(g, ParkReason::kStep);
  g.pace->wait_step(*g.scheduler, pinned);
  if (!pinned) g.scheduler->unpark(g);
}

template <bool kPaces>
void EventProbe<kPaces>::wait_for_room() {
  using namespace std::chrono_literals;
  TraceContext& t = at();
  Goroutine& g = *current_g;
  const std::int64_t begin_ns = t.clock.now_ns();
  g.scheduler->park(g, ParkReason::kRing);
  // Longer and longer naps: many goroutines that look often would take the time of the collector.
  for (std::chrono::microseconds nap = 20us;
       !t.ring.has_room(TraceContext::kEventsOfAnOperation + TraceContext::kSlack);
       nap = std::min<std::chrono::microseconds>(nap * 2, 1ms)) {
    std::this_thread::sleep_for(nap);
  }
  g.scheduler->unpark(g);
  const std::int64_t waited_us = (t.clock.now_ns() - begin_ns) / 1000;
  t.emit_number(EventKind::kRingWaited, static_cast<std::uint32_t>(waited_us));
}

template class EventProbe<false>;
template class EventProbe<true>;

}  // namespace poolscope
