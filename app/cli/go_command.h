#pragma once

// A command of the user's, run to its end with our terminal: `go run`, `go test`, `go build`, a
// script.
//
// Thread safety: one thread, no other is running.
// Invariants: while it runs, an interrupt does not end this program: it is the command's, and what
// was recorded is to be kept. SIGTERM, and an interrupt that came to us alone, are passed on.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::cli {

struct CommandEnd {
  int exit_code = 0;         // 128 + the signal's number where one ended it
  bool interrupted = false;  // we were asked to end meanwhile
};

struct CommandOptions {
  std::map<std::string, std::string> environment;  // set over ours
  std::filesystem::path folder;                    // where it runs; empty: here
  /// Files that take its stdout and stderr; empty: ours.
  std::filesystem::path out;
  std::filesystem::path err;
  /// Called every few milliseconds while it runs.
  std::function<void()> meanwhile;
};

/// Runs argv[0], looked up in PATH. An error: it cannot be started.
Expected<CommandEnd> run_command(const std::vector<std::string>& argv,
                                 const CommandOptions& options);

}  // namespace poolscope::cli
