#pragma once

// A disk that takes nothing from the first commit of a recording on, until it is let go.
//
// Thread safety: yes.
// Invariants: it outlives the recorders that it stalls. A LetGo that is made after them lets them
// end, however their test ends.

#include <condition_variable>
#include <mutex>

#include "core/session/recorder.h"

namespace poolscope::testing {

class StalledDisk {
 public:
  /// Makes the recorder wait in its commit, and its queue soon full.
  void stall(RecorderOptions& recorder);
  /// Waits until a commit has come and is held up; false: none came within ten seconds.
  bool wait_for_commit();
  void let_go();

  /// Lets the disk go at the end of a scope.
  class LetGo {
   public:
    explicit LetGo(StalledDisk& disk) : disk_(disk) {}
    ~LetGo() { disk_.let_go(); }
    LetGo(const LetGo&) = delete;
    LetGo& operator=(const LetGo&) = delete;

   private:
    StalledDisk& disk_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reached_ = false;
  bool free_ = false;
};

}  // namespace poolscope::testing
