#pragma once

// reduce: the one function that turns facts into what is known, live and replayed alike, and the
// audit that it carries out on the way.
//
// Thread safety: reduce changes only the model that it is given.
// Invariants: equal models and equal events give equal models. A stream that contradicts the model
// (an object that is not where the event takes it from, a checkpoint that differs, a gap in seq)
// never aborts: it is counted in Model::divergences, described in divergence_list, and the model
// goes on from what the event says.

#include "core/model/model.h"
#include "core/trace/event.h"

namespace poolscope {

/// The model before the first event of a session.
Model initial_model(const SessionConfig& config);

/// Applies `event` to `model`.
void reduce(Model& model, const Event& event);

}  // namespace poolscope
