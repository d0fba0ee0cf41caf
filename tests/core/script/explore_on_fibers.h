#pragma once

// Exploration on fibers: every interleaving of a script at the breakpoints or at every shared
// access.
//
// Thread safety: a function of its arguments.

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/script/explorer.h"
#include "core/script/gate_env.h"
#include "tests/core/script/chain_pool.h"
#include "tests/core/script/fiber_gate.h"

namespace poolscope::script {

/// `script` is explorable (check_explorable). `chain`: on ChainPool, not on the whole pool.
inline Exploration explore_on_fibers(const Script& script, const ExploreOptions& options,
                                     bool chain = false) {
  using Env = GateEnv<true>;
  if (chain) return Explorer<ChainPool<Env>, FiberGate>(script, options).explore();
  if (script.variant == PoolKind::kModern) {
    return Explorer<ModernPool<Env, 128>, FiberGate>(script, options).explore();
  }
  return Explorer<ClassicPool<Env, 128>, FiberGate>(script, options).explore();
}

}  // namespace poolscope::script
