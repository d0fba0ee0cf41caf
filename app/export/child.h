#pragma once

// A program started with an argument list (no shell), fed through a pipe.
//
// Thread safety: one thread uses a Child.
// Invariants: the child has no other files of ours open; it is waited for at the latest by the
// destructor, which kills it first. While a Child exists SIGPIPE must be ignored, see
// SigpipeIgnored.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/error.h"

namespace poolscope::exporting {

/// A reader that goes away is an error of write(), not the end of this program.
class SigpipeIgnored {
 public:
  SigpipeIgnored();
  ~SigpipeIgnored();
  SigpipeIgnored(const SigpipeIgnored&) = delete;
  SigpipeIgnored& operator=(const SigpipeIgnored&) = delete;

 private:
  void (*before_)(int) = nullptr;
};

class Child {
 public:
  struct End {
    int exit_code = 0;        // 128 + the signal's number where one ended it
    std::string diagnostics;  // its stderr
  };

  /// Starts argv[0], looked up in PATH. An error says which program is missing.
  static Expected<std::unique_ptr<Child>> start(const std::vector<std::string>& argv);
  /// Starts it to go on by itself, whatever becomes of this program.
  static Expected<void> start_alone(const std::vector<std::string>& argv);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Writes all of it to the child's stdin; false when the child does not read any more.
  bool write(std::span<const std::uint8_t> bytes);

  /// Closes its stdin and waits for its end.
  End finish();

  // For a child that reads nothing and takes its time.
  /// Its end, once it has ended; none while it runs. Called no more after that.
  std::optional<End> poll();
  /// What it has written to its stderr so far.
  [[nodiscard]] std::string said() const;
  /// Asks it to end, as Ctrl+C in a terminal does.
  void interrupt();

 private:
  struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, FileCloser>;

  Child() = default;

  pid_t pid_ = -1;
  int stdin_ = -1;
  File diagnostics_;  // a file and not a pipe: a child that complains a lot never waits for us
};

}  // namespace poolscope::exporting
