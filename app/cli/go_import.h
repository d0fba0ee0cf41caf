#pragma once

// What `import` and `go record` share: logs of Go programs become sessions.
//
// Thread safety: one thread.

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/interruption.h"
#include "core/base/error.h"

namespace poolscope::cli {

struct GoLog {
  std::filesystem::path file;
  /// The program's executable, for the names of its variables; empty: the one that the log names.
  std::filesystem::path executable;
  /// The user has named `executable`. If another build wrote the log, the import is refused;
  /// otherwise it only lacks names.
  bool executable_is_named = false;
};

struct GoImport {
  std::vector<GoLog> logs;
  std::filesystem::path output;
  bool overwrite = false;
  std::string program;  // the writer, e.g. "poolscope 0.1.0"
  std::FILE* report = stdout;
};

/// A session for each log: `output`, and for more than one log FILE-2.poolscope and so on. Says in
/// `report`, in a line each, what is in them. After an error, and when `interruption` has come,
/// none of them is there.
Expected<void> import_logs(const GoImport& wanted, Interruption& interruption);

/// The name of the session of log `number`, from 0.
std::filesystem::path numbered(const std::filesystem::path& output, std::size_t number);

}  // namespace poolscope::cli
