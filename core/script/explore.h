#pragma once

// `poolscope explore`: every interleaving at the breakpoints, on real threads.
//
// Thread safety: a function of its arguments.
// Invariants: the same script gives the same outcomes, in the same order.

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/script/exploration.h"
#include "core/script/script.h"

namespace poolscope::script {

struct ExploreReport {
  std::string text;  // lines; what is not a script in them stands behind %
  bool violated = false;
  bool complete = true;  // false: there are schedules that were not explored
};
/// Where to end before all is explored.
struct ExploreLimits {
  std::uint64_t most = UINT64_MAX;  // schedules
  std::function<bool()> ends;       // asked after each
};
/// Explores a script on real threads. Errors: it cannot be explored (bad input).
Expected<Exploration> explore(const Script& script, const ExploreLimits& limits = {});

/// The same, and reports what was found: the outcomes, each with its number
/// of schedules and one of them as a script, or the violation of an invariant and the schedule that
/// led to it. Errors: it cannot be explored (bad input).
Expected<ExploreReport> explore_script(const Script& script, const ExploreLimits& limits = {});

}  // namespace poolscope::script
