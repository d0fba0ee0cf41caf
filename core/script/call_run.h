#pragma once

// A list of whole calls, made on one of the pools: call by call, on the real threads of a script.
//
// Thread safety: as of run_script.
// Invariants: the same list on the same pool gives the same events.

#include <cstddef>
#include <string>

#include "core/base/error.h"
#include "core/model/call.h"
#include "core/pool/outcome.h"
#include "core/script/run.h"
#include "core/script/script.h"

namespace poolscope::script {

/// Follows a list of calls as it is made.
class CallAudience : public EventSink {
 public:
  /// Call `number` of the list has been made: on_events has been given all that came of it.
  virtual void on_call(std::size_t number) = 0;
};

/// What was made of a list.
struct CallRun {
  Script script;  // the same calls with the objects that they came to put, for that pool
  std::string transcript;
};

/// The variant, procs and pools of the script that makes the calls; it has no commands yet.
Script script_for(const CallList& list, PoolKind pool);

/// Makes the calls on that pool. Errors as of run_script; bad input: a call could not be made, e.g.
/// on a P that is not there.
Expected<CallRun> run_calls(const CallList& list, PoolKind pool, CallAudience& audience);

/// Whether a script makes whole calls only. Errors, bad input: FILE:LINE and what to do.
Expected<void> check_whole_calls(const Script& script);

}  // namespace poolscope::script
