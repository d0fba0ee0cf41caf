#include "app/platform/stop_signals.h"

#include <ctime>

namespace poolscope::platform {

StopSignals::StopSignals() {
  sigemptyset(&watched_);
  sigaddset(&watched_, SIGINT);
  sigaddset(&watched_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
}

StopSignals::~StopSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool StopSignals::came() {
  constexpr timespec kNoWait{};
  if (!came_) came_ = sigtimedwait(&watched_, nullptr, &kNoWait) > 0;
  return came_;
}

}  // namespace poolscope::platform
