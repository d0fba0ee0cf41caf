#pragma once

// SIGINT and SIGTERM as a question that a loop asks, so that a recording is closed cleanly.
//
// Thread safety: made on the main thread before any other thread starts: they inherit its mask.
// Invariants: while one exists the two signals end nothing by themselves.

#include <csignal>

namespace poolscope::platform {

class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Whether one of them has come; stays true from then on.
  bool came();

 private:
  sigset_t watched_{};
  sigset_t before_{};
  bool came_ = false;
};

}  // namespace poolscope::platform
