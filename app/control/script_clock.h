#pragma once

// The time of a script that is shown: its own, so that the same lines always give the same events.
//
// Each step of a line that moves an object takes the time of a step at Lecture speed, and so does
// the rest after the last of them; what a stopped world does is one step. The first event of a line
// comes a millisecond after the rest before it: a moment alone says on which side of a line it
// lies.
//
// Thread safety: the script's thread.

#include <cstdint>
#include <span>
#include <vector>

#include "core/script/script_events.h"
#include "core/trace/event.h"

namespace poolscope {

class ScriptClock {
 public:
  /// The time of one step.
  static constexpr std::int64_t kStep_ns = script::ScriptEvents::kStep_ns;

  struct Line {
    std::int64_t begin_ns = 0;
    std::int64_t end_ns = 0;
    bool any_event = false;
  };

  /// The next events of the line that runs, each with its time.
  [[nodiscard]] std::vector<Event> timed(std::span<const Event> events);
  /// The line has ended; another one begins.
  Line end_line();

 private:
  std::int64_t rest_ns_ = 0;  // since when all is at rest
  std::int64_t at_ns_ = 0;    // of the last event
  bool moved_ = false;        // it has moved an object at at_ns_
  bool stopped_ = false;      // the world is being stopped, or stands
  bool any_event_ = false;
};

}  // namespace poolscope
