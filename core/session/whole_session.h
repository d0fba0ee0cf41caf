#pragma once

// A session file that is made as a whole: under a name of its own until all of it is there. Only
// then it has the name that was asked for, and only then a file that had that name is gone.
//
// Thread safety: the calling thread.
// Invariants: the file is whole, or it is not there.

#include <filesystem>
#include <functional>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/session_writer.h"

namespace poolscope {

/// Makes the session `path`, which begins with `base`, of what `write` puts into it; with
/// `overwrite` in the place of another file. Errors: `path` exists or cannot be made or written;
/// what `write` fails with, whose words name `path`.
Expected<void> make_whole_session(const std::filesystem::path& path, bool overwrite,
                                  const Model& base, const SessionWriterOptions& options,
                                  const std::function<Expected<void>(SessionWriter&)>& write);

}  // namespace poolscope
