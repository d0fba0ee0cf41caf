// `poolscope explore`.

#include "core/script/explore.h"

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/options.h"

namespace poolscope::cli {

int run_explore(const ExploreArgs& args) {
  const auto script = script::read_script(args.file.string());
  if (!script) return report_script(script.error());
  const auto found = script::explore_script(*script);
  if (!found) return report_script(found.error());
  fmt::print("{}", found->text);
  return found->violated ? 1 : 0;
}

}  // namespace poolscope::cli
