#pragma once

// What can be put side by side: two sessions, or the same calls on the classic and the modern pool.
//
// Thread safety: functions that may be called on any thread.

#include <filesystem>
#include <memory>
#include <vector>

#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/script/script.h"
#include "core/sim/seeded_calls.h"
#include "core/sim/simulation.h"

namespace poolscope::app {

/// The calls of a workload as that live session has it.
SeededCalls calls_like(const SimulationOptions& session);

/// Those calls on both pools. Errors, bad input: the workload makes none.
Expected<std::unique_ptr<SessionSource>> compare_pools(const SeededCalls& calls);

/// What a script calls, on both pools. Errors, bad input, FILE:LINE: as of calls_of.
Expected<std::unique_ptr<SessionSource>> compare_pools(const script::Script& script);

/// Two sessions as they are; of one script its calls on both pools, of one recording its calls on
/// the other pool beside it. Errors, bad input: a file cannot be read or run, or as of
/// on_the_other_pool; there are more or fewer of them.
Expected<std::unique_ptr<SessionSource>> compare_files(
    const std::vector<std::filesystem::path>& files);

}  // namespace poolscope::app
