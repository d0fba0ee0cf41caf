#include "app/main/sessions.h"

#include <string>
#include <utility>

#include "app/cli/workload_flags.h"
#include "app/control/builtin_lessons.h"
#include "app/control/lesson_source.h"
#include "app/control/live_source.h"
#include "app/control/replay_source.h"
#include "app/control/speeds.h"
#include "app/platform/files.h"

namespace poolscope::app {
namespace {

template <class Source>
Expected<std::unique_ptr<SessionSource>> as_source(Expected<std::unique_ptr<Source>> opened) {
  if (!opened) return tl::make_unexpected(opened.error());
  return std::unique_ptr<SessionSource>(std::move(*opened));
}

}  // namespace

SimulationOptions first_session() {
  SimulationOptions options = cli::default_session();
  const Speed speed = live_speeds()[kStory].speed;
  options.config.pacing = speed.pacing;
  options.config.step_time_ns = speed.step_time_ns;
  return options;
}

Expected<std::unique_ptr<SessionSource>> start_live(const SimulationOptions& options,
                                                    const std::filesystem::path& record,
                                                    const std::string& program,
                                                    std::shared_ptr<FlightRecorder> flight,
                                                    std::shared_ptr<LiveRecording> going_on) {
  RecorderOptions recorder;
  recorder.session.program = program;
  return as_source(LiveSource::start({.session = options,
                                      .record = record,
                                      .recordings_folder = platform::data_folder(),
                                      .recorder = recorder,
                                      .flight = std::move(flight),
                                      .recording = std::move(going_on)}));
}

Expected<std::unique_ptr<SessionSource>> start_lesson(const std::string& name) {
  for (script::Lesson& lesson : builtin_lessons()) {
    if (lesson.name == name) return as_source(LessonSource::start(std::move(lesson)));
  }
  return bad_input(name + ": there is no such lesson; `poolscope lessons` lists them");
}

Expected<std::unique_ptr<SessionSource>> open_recording(const std::filesystem::path& file) {
  return as_source(ReplaySource::open(file));
}

Expected<std::unique_ptr<SessionSource>> open_session(const std::filesystem::path& file) {
  return is_script(file) ? as_source(LessonSource::open(file)) : open_recording(file);
}

}  // namespace poolscope::app
