#pragma once

// Programs that a test starts: to their end, or in the background.
//
// Thread safety: one thread uses a Process.
// Invariants: what a test started has ended when the test has, killed if need be.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/temporary_folder.h"

namespace poolscope::testing {

/// Changes to this program's environment: a value to set, or none to unset.
using Environment = std::map<std::string, std::optional<std::string>>;

class Process {
 public:
  /// Starts argv[0], looked up in PATH. `keep_fd` stays open in it under the same number.
  explicit Process(const std::vector<std::string>& argv, const Environment& environment = {},
                   int keep_fd = -1);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Waits so long for its end. Its exit code (128 + the number of the signal that ended it), or
  /// none where it still runs.
  std::optional<int> wait(std::chrono::milliseconds most);
  [[nodiscard]] bool running();
  void signal(int number) const;
  [[nodiscard]] pid_t pid() const { return pid_; }

  /// What it has written so far.
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;

 private:
  TemporaryFolder files_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

struct Outcome {
  int exit_code = -1;  // -1: it had to be killed
  std::string out;
  std::string err;
};

/// Runs argv to its end, killed after `most`.
Outcome run(const std::vector<std::string>& argv, const Environment& environment = {},
            std::chrono::milliseconds most = std::chrono::seconds(60));

}  // namespace poolscope::testing
