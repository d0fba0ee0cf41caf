#pragma once

// The events' names as people read them: in divergences, dumps and exports.
//
// Thread safety: values.

#include <string_view>

#include "core/trace/event.h"

namespace poolscope {

/// The catalogue's word for `kind` without its k, e.g. "PrivateTake"; "?" for none of them.
std::string_view name_of(EventKind kind);

}  // namespace poolscope
