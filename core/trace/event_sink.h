#pragma once

// Where ordered events go: a recording, a live window, a test.
//
// Thread safety: on_events is called by the collector's thread, one call at a time.

#include <span>

#include "core/trace/event.h"

namespace poolscope {

class EventSink {
 public:
  virtual ~EventSink() = default;
  /// The next events, in order. May wait: the collector waits with it, the rings fill, and the
  /// workers wait before their next operation; nothing is lost.
  virtual void on_events(std::span<const Event> events) = 0;
};

}  // namespace poolscope
