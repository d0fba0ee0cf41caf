// `poolscope run`.

#include "core/script/run.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/control/script_clock.h"
#include "core/model/reduce.h"
#include "core/script/script.h"
#include "core/session/session_writer.h"
#include "core/session/whole_session.h"

namespace poolscope::cli {
namespace {

/// Writes what a script does into a session, at the speed of a lesson.
class ScriptRecorder final : public script::ScriptAudience {
 public:
  explicit ScriptRecorder(SessionWriter& writer) : writer_(writer) {}

  void on_events(std::span<const Event> events) override {
    if (written_) written_ = writer_.append(clock_.timed(events));
  }
  void on_command(const script::Command& /*command*/, std::string_view /*lines*/,
                  const script::ScriptNames& names) override {
    clock_.end_line();
    names_ = names;
  }
  /// Writes the names that the script gave. The first error there was.
  Expected<void> end() {
    for (std::size_t i = 0; i < names_.pools.size() && written_; ++i) {
      written_ = writer_.add_name({Name::Of::kPool, i, names_.pools[i]});
    }
    for (std::size_t i = 0; i < names_.goroutines.size() && written_; ++i) {
      written_ = writer_.add_name({Name::Of::kGoroutine, i, names_.goroutines[i]});
    }
    return written_;
  }

 private:
  SessionWriter& writer_;
  ScriptClock clock_;
  script::ScriptNames names_;
  Expected<void> written_;
};

/// Runs the script, recorded. The session is there when all of it is.
int run_recorded(const script::Script& script, const RunArgs& args) {
  std::optional<Error> wrong;  // of the script
  std::string transcript;
  const auto write = [&](SessionWriter& writer) -> Expected<void> {
    ScriptRecorder recorder(writer);
    auto ran = script::run_script(script, {.core_only = args.core, .audience = &recorder});
    if (ran) {
      transcript = std::move(*ran);
      return recorder.end();
    }
    wrong = std::move(ran.error());
    return failed("the script could not be run");
  };
  const auto made =
      make_whole_session(args.record, args.overwrite, initial_model(script::config_of(script)),
                         {.program = args.program}, write);
  if (wrong) return report_script(*wrong);
  if (!made) return report(made.error());
  fmt::print("{}", transcript);
  return 0;
}

}  // namespace

int run_run(const RunArgs& args) {
  const bool records = !args.record.empty();
  if (records && args.files.size() != 1) {
    return report({Error::Kind::kBadInput, "--record: records one script: name one FILE"});
  }
  // All are read before one runs: an error leaves stdout empty.
  std::vector<script::Script> scripts;
  for (const std::filesystem::path& file : args.files) {
    auto script = script::read_script(file.string());
    if (!script) return report_script(script.error());
    scripts.push_back(std::move(*script));
  }
  if (records) return run_recorded(scripts.front(), args);
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
