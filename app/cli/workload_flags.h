#pragma once

// The flags that say what a live session runs, the same for the window and for `record`.
//
// Thread safety: one thread.
// Invariants: after a parse every value is one that Simulation::create accepts, but for kinds of
// pools that it does not run yet.

#include "core/sim/simulation.h"

namespace CLI {
class App;
}

namespace poolscope::cli {

/// The session that a command without flags runs: classic, 128, 4 Ps, 6 goroutines, lecture, 50
/// operations a second each, without pace points.
SimulationOptions default_session();

/// Adds --pool, --padding, --pools, --procs, --workers, --workload, --rate, --speed, --step-time,
/// --held,
/// --race and --seed to `app`; what is given goes into `session`, which outlives the parse.
void add_workload_flags(CLI::App& app, SimulationOptions& session);

}  // namespace poolscope::cli
