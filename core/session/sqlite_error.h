#pragma once

// SQLite's failures as one line of ours.
//
// Thread safety: functions of their arguments.

#include <filesystem>
#include <string_view>

#include <SQLiteCpp/Exception.h>

#include "core/base/error.h"

namespace poolscope {

/// "PATH: cannot VERB: REASON: ADVICE", e.g. for a full disk while writing.
Error sqlite_error(const std::filesystem::path& path, std::string_view verb,
                   const SQLite::Exception& exception);

}  // namespace poolscope
