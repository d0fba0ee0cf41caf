#pragma once

// `poolscope render`: its flags, and running it.
//
// Thread safety: the main thread.

#include <functional>

namespace CLI {
class App;
}

namespace poolscope::app {

/// Adds the subcommand. When it has been parsed, `chosen` runs it and gives the exit code.
void add_render_command(CLI::App& app, std::function<int()>& chosen);

}  // namespace poolscope::app
