#pragma once

// From the log of a Go program to a session: a .poolscope file whose events say what the log's
// records say, with an identity for each object, and the true contents of all pools at each GC as
// checkpoints.
//
// A record ends an operation. What it implies is written with it: a Get that popped its own shared
// has found its private empty before. Whether a goroutine waited for a lock, where it was pinned
// and how long an operation took is not in the log, and the session's details say so.
//
// Thread safety: one thread at a time.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/goimport/log_file.h"

namespace poolscope::goimport {

struct ImportOptions {
  /// Who writes, e.g. "poolscope 0.1.0".
  std::string program = "poolscope";
  /// The name of a variable of the program at an address of its log; empty: it is not known.
  std::function<std::string(std::uint64_t address)> symbol = {};
  /// Asked now and then; false gives up. Empty: it is never given up.
  std::function<bool()> goes_on = {};
};

struct ImportSummary {
  std::uint64_t records = 0;  // of the log
  std::uint64_t events = 0;   // of the session
  std::uint64_t bytes = 0;    // of the session's file
  std::int64_t duration_ns = 0;
  std::uint64_t pools = 0;
  std::uint64_t goroutines = 0;
  std::uint64_t cleanups = 0;
  std::uint64_t cut_checkpoints = 0;  // that report only a part of what the pools hold
  std::uint64_t puts = 0;
  /// Of the Puts, those of an address that a Get has given out before the last GC: it may be
  /// another object by now.
  std::uint64_t likely = 0;
  std::uint64_t foreign = 0;  // records about dequeues that no pool has
  StopReason stopped = StopReason::kNone;
  std::int64_t stopped_ns = 0;
};

/// Writes the session of `log` to a new file. Errors: the log contradicts itself where nothing
/// could be made of it; it has no records; as of Recorder::create; it was given up. Then there is
/// no file.
Expected<ImportSummary> import_log(LogFile& log, const std::filesystem::path& output,
                                   const ImportOptions& options);

}  // namespace poolscope::goimport
