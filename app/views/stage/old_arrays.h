#pragma once

// Old arrays, as they lie on the shelf: their name, who holds them and what lies in them.
//
// Thread safety: pure functions, but for the language (see locale).

#include <string>
#include <vector>

#include "core/model/model.h"

namespace poolscope::views {

struct OldArray {
  std::string name;               // "" where there is none
  std::string holders;            // behind it, where there is room
  std::string colon;              // before the objects
  std::vector<ObjectId> objects;  // still in it, see objects_in
};
/// One or more under one name.
OldArray old_arrays(const std::vector<const ArrayState*>& arrays);

/// "old array of 4, held by G3; still in it:"
std::string old_array_text(const std::vector<const ArrayState*>& arrays);

/// What still lies in them, the oldest array's first; what was put into one after it was dropped
/// at the end.
std::vector<ObjectId> objects_in(const std::vector<const ArrayState*>& arrays);

}  // namespace poolscope::views
