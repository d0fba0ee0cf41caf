#pragma once

// What `import` and `go record` share: logs of Go programs become sessions.
//
// Thread safety: one thread.

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::cli {

struct GoLog {
  std::filesystem::path file;
  /// The program's executable, for the names of its variables; empty: the one that the log names.
  std::filesystem::path executable;
};

/// A session for each log: `output`, and for more than one log FILE-2.poolscope and so on. Says on
/// stdout, in a line each, what is in them. After an error none of them is there.
Expected<void> import_logs(const std::vector<GoLog>& logs, const std::filesystem::path& output,
                           bool overwrite, const std::string& program);

/// The name of the session of log `number`, from 0.
std::filesystem::path numbered(const std::filesystem::path& output, std::size_t number);

}  // namespace poolscope::cli
