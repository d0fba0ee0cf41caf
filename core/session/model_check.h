#pragma once

// What holds of every model that reduce() can lead to, whatever the events say; and so what a
// keyframe must hold before it may be reduced further, drawn or dumped. Reduce indexes by these.
//
// Thread safety: functions of their arguments.

#include "core/base/error.h"
#include "core/model/model.h"

namespace poolscope {

/// An error (words without a place) where a number in `model` does not name what it must name, or
/// is larger than anything that there can be.
Expected<void> check_model(const Model& model);

}  // namespace poolscope
