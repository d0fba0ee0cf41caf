#pragma once

// A state of one session as a state of another file or session, whose numbers and times count from
// elsewhere.
//
// Thread safety: a function of its arguments.

#include "core/base/position.h"
#include "core/model/model.h"

namespace poolscope {

/// Moves each number of an event and each time that `model` tells by `by`, modulo 2^64. Times of
/// what is not (a stop before the first, since when an unpinned goroutine has been pinned) stay.
void move_by(Model& model, Position by);

}  // namespace poolscope
