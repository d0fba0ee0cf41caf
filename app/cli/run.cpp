// `poolscope run`.

#include "core/script/run.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "core/script/script.h"

namespace poolscope::cli {

int run_run(const RunArgs& args) {
  // All are read before one runs: an error leaves stdout empty.
  std::vector<script::Script> scripts;
  for (const std::filesystem::path& file : args.files) {
    auto script = script::read_script(file.string());
    if (!script) return report_script(script.error());
    scripts.push_back(std::move(*script));
  }
  std::string transcripts;
  for (const script::Script& script : scripts) {
    auto transcript = script::run_script(script, {.core_only = args.core});
    if (!transcript) return report_script(transcript.error());
    transcripts += *transcript;
  }
  fmt::print("{}", transcripts);
  return 0;
}

}  // namespace poolscope::cli
