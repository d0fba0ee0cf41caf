#pragma once

// Sessions that say less than ours: their events without those of some details.
//
// Thread safety: pure functions.

#include <cstdint>
#include <vector>

#include "core/model/session_config.h"
#include "core/trace/event.h"
#include "core/trace/event_table.h"

namespace poolscope::testing {

/// Whether an event says what a session with `details` does not.
inline bool is_missing(const Event& event, const Details& details) {
  using enum EventKind;
  const EventFamily family = info_of(event.kind).family;
  const bool of_pins = event.kind == kPinned || event.kind == kUnpinned;
  const bool of_locks = family == EventFamily::kLock || family == EventFamily::kLockWait;
  return (of_pins && !details.pins) || (event.kind == kStand && !details.steps) ||
         (of_locks && !details.locks) || (event.kind == kObjectHanded && !details.hands);
}

/// The events that a session with `details` has of these, numbered anew.
inline std::vector<Event> with_only(const Details& details, std::vector<Event> events) {
  std::erase_if(events, [&](const Event& event) { return is_missing(event, details); });
  std::uint64_t seq = 0;
  for (Event& event : events) event.set_seq(++seq);
  return events;
}

}  // namespace poolscope::testing
