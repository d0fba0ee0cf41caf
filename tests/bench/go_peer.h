#pragma once

// Go's side: a program (go/main.go) that is asked by lines and answers lines.
//
// Thread safety: one thread.
// Invariants: it has ended when the GoPeer has.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include <sys/types.h>

#include "core/base/error.h"
#include "tests/bench/contestant.h"

namespace poolscope::bench {

class GoPeer {
 public:
  /// Starts `program`. Fails where it cannot be started or does not tell Go's version.
  static Expected<std::unique_ptr<GoPeer>> start(const std::string& program);
  ~GoPeer();
  GoPeer(const GoPeer&) = delete;
  GoPeer& operator=(const GoPeer&) = delete;

  /// As bench::measure, by Go's sync.Pool. Fails where the program has died.
  Expected<double> measure(Workload workload, std::size_t threads, std::int64_t rounds);

  /// As "go1.19.8".
  [[nodiscard]] const std::string& version() const { return version_; }

 private:
  GoPeer(std::string program, pid_t pid, std::FILE* answers)
      : program_(std::move(program)), pid_(pid), answers_(answers) {}

  tl::unexpected<Error> died();

  const std::string program_;
  pid_t pid_;           // 0: it has been waited for
  std::FILE* answers_;  // of a socket: questions go the other way
  std::string version_;
};

}  // namespace poolscope::bench
