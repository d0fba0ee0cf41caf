#pragma once

// Measures the classic pool with padding against the same without it.
//
// Thread safety: any thread; it waits for threads of its own.

#include <functional>

#include "core/base/error.h"
#include "core/sim/padding_cost.h"

namespace poolscope {

/// Each of as many threads as the machine has cores, eight at most, Puts a hundred objects and Gets
/// a hundred, again and again: the others' locals are never touched. Padded and unpadded in turn,
/// for about 1.5 s in all; of each the median. Errors: there is one core only, or other programs
/// take the cores, so that no line goes to and fro; `goes_on` has said false.
Expected<PaddingCost> measure_padding(const std::function<bool()>& goes_on);

}  // namespace poolscope
