#pragma once

// Exploration on fibers: every interleaving of a script at the breakpoints or at every shared
// access.
//
// Thread safety: a function of its arguments.

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/explorer.h"
#include "core/script/gate_env.h"
#include "tests/core/script/fiber_gate.h"

namespace poolscope::script {

/// `script` is explorable (check_explorable).
inline Exploration explore_on_fibers(const Script& script, ExploreOptions options) {
  using Env = GateEnv<true>;
  if (script.variant == Variant::kModern) {
    return Explorer<ModernPool<Env, 128>, FiberGate>(script, options).explore();
  }
  return Explorer<ClassicPool<Env, 128>, FiberGate>(script, options).explore();
}

}  // namespace poolscope::script
