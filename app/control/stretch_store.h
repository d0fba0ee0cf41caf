#pragma once

// A stretch of a past as a past of its own, for a scan that need not see the rest.
//
// Thread safety: one thread at a time.

#include <cstdint>

#include "app/control/past_scan.h"
#include "core/base/error.h"

namespace poolscope {

/// Opens `past` from the state after `first_seq`, which is sought, to the one after `last_seq`;
/// both are clamped to what there is.
PastScan::Open stretch_of(PastScan::Open past, std::uint64_t first_seq, std::uint64_t last_seq);

}  // namespace poolscope
