#pragma once

// A script as a session file: what the real threads do in it, at the speed of a lesson. Where a
// line has been carried out a marker stands, with the line as its title and its caption as its
// note: so the session is walked through line by line, as the lesson is.
//
// Thread safety: the calling thread; the script's threads have ended when it returns.

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/script/lesson.h"

namespace poolscope {

struct ScriptRecording {
  bool core_only = false;  // the transcript has the core's words only
  bool overwrite = false;
  std::string program = "poolscope";  // who writes the session
  std::string language = "en";        // of the captions: en, zh
};

struct RecordedScript {
  std::string transcript;
  std::optional<Error>
      wrong;  // with the script itself, "FILE:LINE: what"; then there is no session
};

/// Runs the script of `lesson`, which may have no words, and makes the session `path` of it.
/// Errors: `path` exists or cannot be made or written.
Expected<RecordedScript> record_script(const script::Lesson& lesson,
                                       const std::filesystem::path& path,
                                       const ScriptRecording& options);

}  // namespace poolscope
