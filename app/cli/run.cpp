// `poolscope run`.

#include "core/script/run.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/report.h"
#include "app/control/script_recording.h"
#include "app/locale/translate.h"
#include "core/script/lesson.h"
#include "core/script/script.h"

namespace poolscope::cli {
namespace {

/// Runs the one script, recorded. The session is there when all of it is.
int run_recorded(const RunArgs& args) {
  const auto draft = script::read_draft(args.files.front().string());
  if (!draft) return report_script(draft.error());
  const auto recorded =
      record_script(draft->lesson, args.record,
                    {.core_only = args.core,
                     .overwrite = args.overwrite,
                     .program = args.program,
                     .language = std::string(locale::code_of(locale::language_of_environment()))});
  if (!recorded) return report(recorded.error());
  if (recorded->wrong) return report_script(*recorded->wrong);
  fmt::print("{}", recorded->transcript);
  return 0;
}

}  // namespace

int run_run(const RunArgs& args) {
  const bool records = !args.record.empty();
  if (records && args.files.size() != 1) {
    return report({Error::Kind::kBadInput, "--record: records one script: name one FILE"});
  }
  if (records) return run_recorded(args);
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
