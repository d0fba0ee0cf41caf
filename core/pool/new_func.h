#pragma once

// Pool.New: one word in the pool, as in Go, that points to a callable which outlives the pool.
//
// Thread safety: call may be called by several goroutines at once.

#include "core/pool/value.h"

namespace poolscope {

struct NewFunc {
  Value (*call)(void* context);
  void* context = nullptr;
};

}  // namespace poolscope
