// `poolscope explore`.

#include "core/script/explore.h"

#include <chrono>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"

namespace poolscope::cli {

int run_explore(const ExploreArgs& args) {
  const auto script = script::read_script(args.file.string());
  if (!script) return report_script(script.error());
  Interruption interruption;
  const auto found = script::explore_script(
      *script, {.most = args.most,
                .ends = [&] { return interruption.wait_for(std::chrono::milliseconds(0)); }});
  if (!found) return report_script(found.error());
  fmt::print("{}", found->text);
  if (found->violated) return 1;
  return interruption.came() && !found->complete ? kInterrupted : 0;
}

}  // namespace poolscope::cli
