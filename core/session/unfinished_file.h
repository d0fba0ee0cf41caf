#pragma once

// A session file that is made beside the name that it will have, and gets that name once it is
// whole.
//
// Thread safety: any thread.

#include <filesystem>

#include "core/base/error.h"

namespace poolscope {

/// Where a file is made, in the same folder, until it can be called `path`.
std::filesystem::path unfinished_session(const std::filesystem::path& path);

/// Whether a file has such a name.
bool is_unfinished_session(const std::filesystem::path& path);

/// Gives the file `unfinished` the name `path`, which nobody has. Errors: somebody has it by now;
/// it cannot be given, as to another disk. Then nothing has changed.
Expected<void> give_name(const std::filesystem::path& unfinished,
                         const std::filesystem::path& path);

/// Removes the file and what SQLite keeps beside it.
void remove_with_companions(const std::filesystem::path& path);

}  // namespace poolscope
