#pragma once

// The sessions that a window can show: a live one, a recording, or a script.
//
// Thread safety: the main thread.

#include <filesystem>
#include <memory>
#include <string>

#include "app/control/flight_recorder.h"
#include "app/control/session_file.h"
#include "app/control/session_source.h"
#include "core/base/error.h"
#include "core/sim/simulation.h"

namespace poolscope::app {

/// What a window shows when nothing else is said: the defaults at Lecture speed.
SimulationOptions first_session();

/// Starts a live session. With `record` it is recorded there from its first event on; a recording
/// that the viewer asks for later goes to the user's data folder.
/// `going_on` is a recording that the session before has handed over, or none.
/// `program` is what the recordings say of their writer, e.g. "poolscope 0.1.0"; `flight` may be
/// none.
Expected<std::unique_ptr<SessionSource>> start_live(const SimulationOptions& options,
                                                    const std::filesystem::path& record,
                                                    const std::string& program,
                                                    std::shared_ptr<FlightRecorder> flight,
                                                    std::shared_ptr<LiveRecording> going_on = {});

/// Opens a recording for a replay.
Expected<std::unique_ptr<SessionSource>> open_recording(const std::filesystem::path& file);

/// Starts one of the lessons that the program carries with it.
Expected<std::unique_ptr<SessionSource>> start_lesson(const std::string& name);

/// Opens a script to step through, or a recording for a replay.
Expected<std::unique_ptr<SessionSource>> open_session(const std::filesystem::path& file);

}  // namespace poolscope::app
