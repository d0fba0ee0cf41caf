#pragma once

// What is said of a goroutine that a viewer moves by hand.
//
// Thread safety: pure functions.

#include <span>
#include <string>

#include "core/model/model.h"
#include "core/pool/step.h"

namespace poolscope::views {

/// The steps of that pool's text, in its order, and the user's own code.
std::span<const Step> steps_of(PoolKind pool);

/// Why `g` cannot go on now; "" where it can, or nothing is known of it.
std::string why_it_stays(const Model& model, GId g);

}  // namespace poolscope::views
