#include "app/control/script_recording.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "app/control/script_clock.h"
#include "core/model/reduce.h"
#include "core/script/run.h"
#include "core/session/session_writer.h"
#include "core/session/whole_session.h"

namespace poolscope {
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

}  // namespace

Expected<RecordedScript> record_script(const script::Script& script,
                                       const std::filesystem::path& path,
                                       const ScriptRecording& options) {
  RecordedScript recorded;
  const auto write = [&](SessionWriter& writer) -> Expected<void> {
    ScriptRecorder recorder(writer);
    auto ran = script::run_script(script, {.core_only = options.core_only, .audience = &recorder});
    if (ran) {
      recorded.transcript = std::move(*ran);
      return recorder.end();
    }
    recorded.wrong = std::move(ran.error());
    return failed("the script could not be run");
  };
  const auto made =
      make_whole_session(path, options.overwrite, initial_model(script::config_of(script)),
                         {.program = options.program}, write);
  if (!made && !recorded.wrong) return tl::make_unexpected(made.error());
  return recorded;
}

}  // namespace poolscope
