#pragma once

// The subcommand `compare` of the command line: what is to be put side by side in the window.
//
// Thread safety: one thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "app/control/session_source.h"
#include "app/main/window_flags.h"
#include "core/base/error.h"
#include "core/sim/seeded_calls.h"

namespace CLI {
class App;
}

namespace poolscope::app {

struct CompareArgs {
  std::vector<std::filesystem::path> files;  // none: seeded calls on both pools
  SeededCalls seeded;
  bool seeded_given = false;  // a flag of the seeded calls
};

/// Adds the subcommand. When it has been parsed, `chosen` calls `run`. All outlive the parse.
void add_compare_command(CLI::App& app, CompareArgs& args, WindowFlags& flags,
                         std::function<int()>& chosen, std::function<int()> run);

/// Makes it. Errors, one line: as of comparisons.h; flags beside files.
Expected<std::unique_ptr<SessionSource>> open_comparison(const CompareArgs& args);

}  // namespace poolscope::app
