#pragma once

// Runs a script on real threads of the core and writes its transcript.
//
// Thread safety: functions of their arguments; the threads that a run needs end with it.
// Invariants: the transcript depends on the script alone. Each object is memory of its own from its
// making to its freeing. At the end of a run every object that was made is in use, in a pool, or
// freed; a difference ends the program.

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/model/session_config.h"
#include "core/script/script.h"
#include "core/script/script_events.h"
#include "core/trace/event_sink.h"

namespace poolscope::script {

/// Follows a script as it runs: a recorder, a window, a test.
class ScriptAudience : public EventSink {
 public:
  /// A command has been carried out: on_events has been given all that came of it. `lines`: of the
  /// transcript. `names`: all that the events number so far.
  virtual void on_command(const Command& command, std::string_view lines,
                          const ScriptNames& names) = 0;
};

/// Says which command comes next: so a viewer lets a script run line by line.
class CommandSource {
 public:
  virtual ~CommandSource() = default;
  /// Called on the controller's thread, which waits in it as long as it takes. The command stays
  /// valid until the next call. nullptr: there are no more.
  virtual const Command* next() = 0;
};

struct RunOptions {
  bool core_only = false;  // leaves out what only the checker knows: WHERE, tasks=, inuse=, stats
  ScriptAudience* audience = nullptr;  // nullptr: no events are made
  CommandSource* commands = nullptr;   // nullptr: those of the script, one after the other
};

/// The configuration of the session that a script's events are.
SessionConfig config_of(const Script& script);

/// Whether a script can be run. Errors, bad input: it is for `explore`.
Expected<void> check_runnable(const Script& script);

/// The transcript (README.md of this folder). Errors, "FILE:LINE: what": as of
/// check_runnable; more than kMostScriptGoroutines operations are unfinished at once. Failed: the
/// pool does not do what it must, of which the script is innocent.
Expected<std::string> run_script(const Script& script, const RunOptions& options);

}  // namespace poolscope::script
