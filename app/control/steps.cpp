#include "app/control/steps.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "core/trace/event_table.h"

namespace poolscope {
namespace {

/// Events that are looked at in one go.
constexpr std::uint64_t kWindow = 1024;

bool is_step(const Event& event, bool paced) {
  const EventInfo& info = info_of(event.kind);
  if (event.kind == EventKind::kStand || info.family == EventFamily::kStop) return true;
  return !paced && (info.moves != Moves::kNever || info.family == EventFamily::kLockWait);
}

/// Whether the picture shows the same step after the event as before it: a goroutine that has come
/// to stand gives its turn to the next one.
bool shows_nothing(const Event& event) {
  const EventFamily family = info_of(event.kind).family;
  return family == EventFamily::kGoroutine || family == EventFamily::kSpeed;
}

}  // namespace

Expected<std::uint64_t> next_step(EventStore& store, std::uint64_t seq, bool paced) {
  while (seq < store.last_seq()) {
    const std::uint64_t from = store.next_seq(seq);
    if (from == store.start_of_part(from)) return from;
    const std::uint64_t to = std::min(from + kWindow - 1, store.end_of_part(from));
    std::uint64_t found = 0;
    const auto look = [&](std::span<const Event> events) {
      for (const Event& event : events) {
        if (found == 0 && is_step(event, paced)) found = event.seq;
      }
    };
    if (auto read = store.each_run(from, to, look); !read) return tl::make_unexpected(read.error());
    if (found != 0) return found;
    seq = to;
  }
  return store.last_seq();
}

Expected<std::uint64_t> previous_step(EventStore& store, std::uint64_t seq, bool paced) {
  const std::uint64_t first = store.start_of_part(seq);
  // The state before the start of a part is the last one of the part before it.
  if (seq == first) return first == store.first_seq() ? first : first - 1;
  // Backwards, until the step that is shown at `seq` has been passed.
  bool passed = false;
  std::vector<Event> window;
  for (std::uint64_t to = seq; to > first;) {
    const std::uint64_t from = to - first > kWindow ? to - kWindow + 1 : first + 1;
    window.clear();
    const auto keep = [&](std::span<const Event> events) {
      window.insert(window.end(), events.begin(), events.end());
    };
    if (auto read = store.each_run(from, to, keep); !read) return tl::make_unexpected(read.error());
    for (const Event& event : window | std::views::reverse) {
      const bool step = is_step(event, paced);
      if (passed && step) return event.seq;
      passed = passed || step || !shows_nothing(event);
    }
    to = from - 1;
  }
  return first;
}

}  // namespace poolscope
