#pragma once

// Waiting that Ctrl-C and SIGTERM end: a command that records closes its file then.
//
// Thread safety: made on the main thread, before any other is started, so that all of them inherit
// its mask; asked by one thread. Invariants: until the first of the two signals has been seen,
// neither ends the program. A second one does, by the system's own means: the user wants out.

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

namespace poolscope::cli {

/// The exit code of a command that ended because of it.
inline constexpr int kInterrupted = 130;

class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /// Waits for `time`, or until a signal comes. True once one has come.
  bool wait_for(std::chrono::milliseconds time);

  [[nodiscard]] bool came() const { return came_; }

 private:
  void give_back();

  sigset_t watched_{};
  sigset_t before_{};
  bool came_ = false;
};

/// While it lives, the signals remove `file` and end the program with kInterrupted: for work that
/// asks nobody whether it is to go on. Made before any other thread is started.
class RemovedByInterruption {
 public:
  explicit RemovedByInterruption(std::filesystem::path file);

 private:
  Interruption interruption_;
  std::jthread watch_;  // last: it ends before what it asks
};

}  // namespace poolscope::cli
