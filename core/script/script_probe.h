#pragma once

// ScriptProbe: GateProbe, and beside it the probe that makes events. For scripts that are a session
// too; exploration and plain transcripts stay on GateProbe alone.
//
// Thread safety: on the goroutine's side of its gate.

#include <cstddef>

#include "core/pool/probe.h"
#include "core/runtime/goroutine.h"
#include "core/script/gate.h"
#include "core/script/gate_probe.h"
#include "core/script/script_events.h"
#include "core/trace/event_probe.h"

namespace poolscope::script {

struct ScriptProbe : BothProbes<GateProbe, TracingProbe> {
  /// The rings are emptied between two stops, not here.
  static void reserve() {}
  /// getSlow looks at one more shard, of many thousand perhaps.
  static void probing(std::size_t j) {
    ScriptContext& context = here();
    if (!context.ring.has_room(ScriptContext::kLeastRoom)) {
      context.stamp();
      context.events.collect();
    }
    BothProbes::probing(j);
  }

  // --- asked for by GateEnv --------------------------------------------------------------------

  static void stands_at(const Stand& where) { here().events.stand(here(), where); }
  static void goes_on() { here().events.go_on(here()); }

 private:
  static ScriptContext& here() { return static_cast<ScriptContext&>(*current_g->trace); }
};
static_assert(PoolProbe<ScriptProbe>);

}  // namespace poolscope::script
