#pragma once

// The panels of a comparison: each side with its stage, its sentence and its sum, and the calls
// below both.
//
// Thread safety: the thread of the ImGui context.
// Invariants: a side's picture is that of its session alone. The controls of the second side are
// recorded with "b." before their label.

#include "app/frame/view_input.h"
#include "app/intents/intents.h"
#include "app/layout/comparison.h"

namespace poolscope::views {

/// `input`: of the first side; `other` is there.
void draw_comparison(const ViewInput& input, const layout::ComparisonLayout& at,
                     intents::Intents& asked);

}  // namespace poolscope::views
