#pragma once

// The names that a recording has for what its events number.
//
// Thread safety: a pure function.

#include <memory>
#include <vector>

#include "app/control/session_names.h"
#include "core/session/annotations.h"

namespace poolscope {

/// nullptr where there is none. A file may say anything: numbers that are too large are left out.
std::shared_ptr<const SessionNames> names_in(const std::vector<Name>& names);

}  // namespace poolscope
