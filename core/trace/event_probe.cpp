#include "core/trace/event_probe.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "core/pool/world.h"
#include "core/trace/event_table.h"

namespace poolscope {

namespace {

/// What a viewer sees of an event: where an object has gone, or why it went no shorter way.
bool shows_a_fact(const Event& event) {
  const EventInfo& info = info_of(event.kind);
  if (info.moves != Moves::kNever) return event.object.valid();
  switch (event.kind) {
    case EventKind::kPrivateFull:
    case EventKind::kPrivateEmpty:
    case EventKind::kPinSlow:
    case EventKind::kLocalStored:
    case EventKind::kSlowLoaded:
    case EventKind::kVictimLoaded: return true;
    default: return false;
  }
}

/// Whether an object comes to an array that its pool has dropped, or is taken from there.
bool is_of_dropped_array(const Event& event, const WorldBase& world) {
  return info_of(event.kind).moves != Moves::kNever && event.object.valid() &&
         event.array.valid() && world.is_dropped(event.array);
}

/// What `t`'s goroutine has shown since it last stood.
Shown shown_since_it_stood(TraceContext& t, Step step) {
  Shown shown = step == Step::kUse ? Shown::kNothing : Shown::kLittle;
  t.ring.for_each_since(t.stood_at, [&](const Event& event) {
    if (shows_a_fact(event)) shown = std::max(shown, Shown::kFact);
    if (is_of_dropped_array(event, *t.g.world)) shown = Shown::kRare;
  });
  if (std::exchange(t.dropped_array, false)) shown = Shown::kRare;
  t.stood_at = t.ring.appended();
  return shown;
}

}  // namespace

template <bool kPaces>
void EventProbe<kPaces>::stand(Step step, bool pinned) {
  Goroutine& g = *current_g;
  // An operation has made sure of room for all of its events; between two there is nobody else.
  if (step == Step::kUse) reserve();
  const Shown shown = shown_since_it_stood(at(), step);
  at().emit(EventKind::kStand, {}, {}, 0, static_cast<std::uint8_t>(step));
  if (!pinned) g.scheduler->park(g, ParkReason::kStep);
  g.pace->stand(g, static_cast<std::uint8_t>(step), shown);
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
