#pragma once

// Where a second window is opened.
//
// Thread safety: a pure function of values.

#include <span>

#include "app/layout/rect.h"

namespace poolscope::platform {

/// The place of a window that is to be as large as `wanted`. It fills the first of `screens` (what
/// is free of each) on which the middle of `first` does not lie. Where there is no such, it stands
/// right of `first` or left of it, as far as their screen has room, else at its lower right corner,
/// over `first`. Where no screen is known: `wanted`.
layout::Rect place_beside(const layout::Rect& first, const layout::Rect& wanted,
                          std::span<const layout::Rect> screens);

}  // namespace poolscope::platform
