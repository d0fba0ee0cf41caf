#pragma once

// Runs a script on real threads of the core and writes its transcript.
//
// Thread safety: functions of their arguments; the threads that a run needs end with it.
// Invariants: the transcript depends on the script alone. Each object is memory of its own from its
// making to its freeing. At the end of a run every object that was made is in use, in a pool, or
// freed; a difference ends the program.

#include <string>

#include "core/base/error.h"
#include "core/script/script.h"

namespace poolscope::script {

struct RunOptions {
  bool core_only = false;  // leaves out what only the checker knows: WHERE, tasks=, inuse=, stats
};

/// The transcript (README.md of this folder). Errors, "FILE:LINE: what": the script is for
/// `explore`; more than kMostScriptGoroutines operations are unfinished at once. Failed: the pool
/// does not do what it must, of which the script is innocent.
Expected<std::string> run_script(const Script& script, const RunOptions& options);

}  // namespace poolscope::script
