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

/// Whom the viewer follows: nobody, a goroutine or an object.
struct Followed {
  GId g;
  ObjectId object;
  [[nodiscard]] bool anything() const { return g.valid() || object.valid(); }
};

/// About `followed`, or about `spot` when it is nobody. `shown`: the pool whose array the viewer
/// sees. Of a GC and of a change of GOMAXPROCS the banner says what was, and this what follows.
Claims sentence_claims(const Model& model, const Spotlight& spot, const Followed& followed,
                       PoolId shown);

/// Where `object` is, or what the operation does that holds it.
Claims object_claims(const Model& model, ObjectId object);

/// What `op` of `g` has done so far, or did.
Claims operation_claims(const Model& model, GId g, const Operation& op);

/// The last GC or change of GOMAXPROCS, or the one that waits; none before the first.
Claims banner_claims(const Model& model, PoolId shown);

/// The stop-the-world that was requested, and what it waits for; none when there is none.
Claims request_claims(const Model& model);

/// What follows from a GC or a change of GOMAXPROCS, and from a loss.
Claims consequence_claims(const Model& model, const StopState& stop, PoolId shown);
Claims loss_claims(const LossState& loss);

/// The slot whose shared getSlow looks at now; of the victim, once that is loaded.
std::uint16_t probed_place(const Operation& op);

}  // namespace poolscope
