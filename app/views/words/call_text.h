#pragma once

// What is said of a whole call, and of what it came to on one pool.
//
// Thread safety: pure functions, but for the language (see locale).

#include <string>

#include "core/pool/outcome.h"
#include "core/story/seen_calls.h"

namespace poolscope::views {

/// "Go <= 1.12"
std::string version_text(PoolKind pool);

/// "Get on P1", "GC", "GOMAXPROCS(6)". `pools`: of the session; of several the call's is named.
std::string call_text(const Call& call, std::size_t pools);

/// "own shared", "5 objects dropped"; "" where nothing is to be said.
std::string outcome_text(const SeenCall& seen);
/// The same with the P that it was taken from: "steal, from P2".
std::string whole_outcome_text(const SeenCall& seen);

}  // namespace poolscope::views
