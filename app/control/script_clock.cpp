#include "app/control/script_clock.h"

#include "core/trace/event_table.h"

namespace poolscope {
namespace {

constexpr std::int64_t kBeforeLine_ns = 1'000'000;

bool moves_object(const Event& event) {
  switch (info_of(event.kind).moves) {
    case Moves::kNever: return false;
    case Moves::kAlways: return true;
    case Moves::kIfAny: return event.object.valid();
  }
  return false;
}

}  // namespace

std::vector<Event> ScriptClock::timed(std::span<const Event> events) {
  std::vector<Event> timed(events.begin(), events.end());
  for (Event& event : timed) {
    if (!any_event_) at_ns_ = rest_ns_ + kBeforeLine_ns;
    any_event_ = true;
    if (event.kind == EventKind::kStopRequested) stopped_ = true;
    if (moves_object(event) && !stopped_) {
      if (moved_) at_ns_ += kStep_ns;
      moved_ = true;
    }
    if (event.kind == EventKind::kWorldStarted) stopped_ = false;
    event.time_ns = at_ns_;
  }
  return timed;
}

ScriptClock::Line ScriptClock::end_line() {
  const Line line{
      .begin_ns = rest_ns_,
      .end_ns = any_event_ ? at_ns_ - kBeforeLine_ns + 2 * kStep_ns : rest_ns_ + kStep_ns,
      .any_event = any_event_};
  rest_ns_ = line.end_ns;
  any_event_ = moved_ = false;
  return line;
}

}  // namespace poolscope
