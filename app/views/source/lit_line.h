#pragma once

// Who stands at which line of the source, and whose line is lit and in the middle.
//
// Thread safety: pure functions of values.
// Invariants: a goroutine stands at one line at most.

#include <vector>

#include "core/base/ids.h"
#include "core/model/model.h"
#include "core/pool/step.h"
#include "core/story/told.h"

namespace poolscope::views {

/// A goroutine at the step whose line it is about to run.
struct Standing {
  GId g;
  Step step = Step::kNone;
};

/// All goroutines that stand in the pool's text. One that waits for a lock stands at the line that
/// takes it.
std::vector<Standing> standing_in(const Model& model);

/// Whose line is lit and in the middle: the followed one's, or, while nobody is followed (an
/// invalid `followed`), that of the one that moved last. nullptr: nobody's. It is one of
/// `standing`.
const Standing* in_the_middle(const Model& model, const Told& told, GId followed,
                              const std::vector<Standing>& standing);

/// The step whose line is in the middle, unlit, where nobody's is: that of a Put or a Get,
/// whichever was last. The followed one's own, so that the text stands still while it does.
Step step_of_last_operation(const Model& model, const Told& told, GId followed);

}  // namespace poolscope::views
