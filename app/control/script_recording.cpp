#include "app/control/script_recording.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "app/control/script_clock.h"
#include "core/model/reduce.h"
#include "core/script/run.h"
#include "core/session/annotations.h"
#include "core/session/session_writer.h"
#include "core/session/whole_session.h"

namespace poolscope {
namespace {

/// Writes what a script does into a session, at the speed of a lesson.
class ScriptRecorder final : public script::ScriptAudience {
 public:
  ScriptRecorder(SessionWriter& writer, const script::Lesson& lesson, std::string_view language)
      : writer_(writer), lesson_(lesson), language_(language) {}

  void on_events(std::span<const Event> events) override {
    if (!written_ || events.empty()) return;
    written_ = writer_.append(clock_.timed(events));
    last_seq_ = events.back().seq;
  }
  void on_command(const script::Command& command, std::string_view /*lines*/,
                  const script::ScriptNames& names) override {
    const ScriptClock::Line line = clock_.end_line();
    names_ = names;
    Marker marker{.seq = last_seq_, .time_ns = line.end_ns, .title = command.text};
    marker.note = lesson_.lines[commands_++].caption.in(language_);
    if (written_) written_ = writer_.add_marker(marker);
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
  const script::Lesson& lesson_;
  std::string_view language_;
  std::size_t commands_ = 0;  // that have been carried out
  std::uint64_t last_seq_ = 0;
  ScriptClock clock_;
  script::ScriptNames names_;
  Expected<void> written_;
};

}  // namespace

Expected<RecordedScript> record_script(const script::Lesson& lesson,
                                       const std::filesystem::path& path,
                                       const ScriptRecording& options) {
  RecordedScript recorded;
  const auto write = [&](SessionWriter& writer) -> Expected<void> {
    ScriptRecorder recorder(writer, lesson, options.language);
    auto ran =
        script::run_script(lesson.script, {.core_only = options.core_only, .audience = &recorder});
    if (ran) {
      recorded.transcript = std::move(*ran);
      return recorder.end();
    }
    recorded.wrong = std::move(ran.error());
    return failed("the script could not be run");
  };
  const auto made =
      make_whole_session(path, options.overwrite, initial_model(script::config_of(lesson.script)),
                         {.program = options.program}, write);
  if (!made && !recorded.wrong) return tl::make_unexpected(made.error());
  return recorded;
}

}  // namespace poolscope
