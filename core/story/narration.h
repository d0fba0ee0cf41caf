#pragma once

// What is said of a moment: the claims of the sentence and of the banner.
//
// Thread safety: pure functions.
// Invariants: each claim is true of the model that is given.

#include <cstdint>

#include "core/model/model.h"
#include "core/story/claim.h"
#include "core/story/told.h"

namespace poolscope {

/// About `followed`, or about the spotlight of `told` when it is none. `shown`: the pool whose
/// array the viewer sees.
Claims sentence_claims(const Model& model, const Told& told, GId followed, PoolId shown);

/// What `op` of `g` has done so far, or did.
Claims operation_claims(const Model& model, GId g, const Operation& op);

/// The last GC or change of GOMAXPROCS, or the one that waits; none before the first.
Claims banner_claims(const Model& model, PoolId shown);

/// The stop-the-world that was requested, and what it waits for; none when there is none.
Claims request_claims(const Model& model);

/// The last GC or change of GOMAXPROCS as the sentence has it, and a loss.
Claims stop_claims(const Model& model, const StopState& stop, PoolId shown);
Claims loss_claims(const LossState& loss);

/// The slot whose shared getSlow looks at now; of the victim, once that is loaded.
std::uint16_t probed_place(const Operation& op);

}  // namespace poolscope
