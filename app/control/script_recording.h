#pragma once

// A script as a session file: what the real threads do in it, at the speed of a lesson.
//
// Thread safety: the calling thread; the script's threads have ended when it returns.

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/script/script.h"

namespace poolscope {

struct ScriptRecording {
  bool core_only = false;  // the transcript has the core's words only
  bool overwrite = false;
  std::string program = "poolscope";  // who writes the session
};

struct RecordedScript {
  std::string transcript;
  std::optional<Error>
      wrong;  // with the script itself, "FILE:LINE: what"; then there is no session
};

/// Runs `script` and makes the session `path` of it. Errors: `path` exists or cannot be made or
/// written.
Expected<RecordedScript> record_script(const script::Script& script,
                                       const std::filesystem::path& path,
                                       const ScriptRecording& options);

}  // namespace poolscope
