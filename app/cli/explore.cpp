// `poolscope explore`.

#include "core/script/explore.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/report.h"
#include "core/script/lesson.h"

namespace poolscope::cli {
namespace {

/// What there is to explore in a script: its tasks after `together`, or, of a lesson that has none
/// in its lines, the program in its comments.
Expected<script::Script> program_in(const std::string& file) {
  auto draft = script::read_draft(file);
  if (!draft) return tl::make_unexpected(draft.error());
  script::Lesson& lesson = draft->lesson;
  const bool together = std::ranges::any_of(lesson.script.commands, [](const auto& command) {
    return command.kind == script::Command::Kind::kTogether;
  });
  return together || !lesson.exploration ? std::move(lesson.script)
                                         : std::move(*lesson.exploration);
}

}  // namespace

int run_explore(const ExploreArgs& args) {
  const std::string file = args.file.string();
  auto script = program_in(file);
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
