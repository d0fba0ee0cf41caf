#pragma once

// An observer that ignores what a scheduler reports.
//
// Thread safety: all threads of the scheduler.

#include "core/runtime/scheduler.h"

namespace poolscope {

class SilentObserver final : public SchedulerObserver {
 public:
  void go_run(Goroutine& /*g*/) override {}
  void go_park(Goroutine& /*g*/, ParkReason /*reason*/) override {}
  void go_wait_p(Goroutine& /*g*/) override {}
};

}  // namespace poolscope
