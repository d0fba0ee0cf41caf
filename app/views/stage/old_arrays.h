#pragma once

// Old arrays, as they lie on the shelf: their name, who holds them and what lies in them.
//
// Thread safety: pure functions, but for the language (see locale).

#include <string>
#include <vector>

#include "core/model/model.h"

namespace poolscope::views {

/// "old array of 4, held by G3; still in it:"; of more than one under one name.
std::string old_array_text(const std::vector<const ArrayState*>& arrays);

/// What still lies in them, the oldest array's first; what was put into one after it was dropped
/// at the end.
std::vector<ObjectId> objects_in(const std::vector<const ArrayState*>& arrays);

}  // namespace poolscope::views
