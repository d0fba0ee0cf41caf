#pragma once

// A session file that is made beside the name that it will have, and gets that name once it is
// whole.
//
// Thread safety: any thread.

#include <filesystem>

#include "core/base/error.h"

namespace poolscope {

/// Nothing may stand where SQLite will look for a journal of `path`, unless it is SQLite's own and
/// that file is there already (`there`).
Expected<void> check_companions(const std::filesystem::path& path, bool there);

/// Whether a session may be made at `path`, in the place of another file with `overwrite`. Changes
/// nothing. True: there is a file.
Expected<bool> check_session_output(const std::filesystem::path& path, bool overwrite);

/// The error of a file that could not be made at `path`, by errno.
tl::unexpected<Error> cannot_make_session(const std::filesystem::path& path);

/// Where a file is made, in the same folder, until it can be called `path`.
std::filesystem::path unfinished_session(const std::filesystem::path& path);

/// Whether a file has such a name.
bool is_unfinished_session(const std::filesystem::path& path);

/// Gives the file `unfinished` the name `path`, which nobody has. Errors: somebody has it by now;
/// it cannot be given, as to another disk. Then nothing has changed.
Expected<void> give_name(const std::filesystem::path& unfinished,
                         const std::filesystem::path& path);

/// Gives the file `unfinished`, which nobody has open, the name `path`; a file that has that name
/// is gone then, with what SQLite kept beside it. Errors: somebody records into that file; the name
/// cannot be given. Then `unfinished` stays.
Expected<void> take_place(const std::filesystem::path& unfinished,
                          const std::filesystem::path& path);

/// Gives the file `unfinished`, which is whole, the name `path`, as take_place does with
/// `overwrite` and as give_name does without.
Expected<void> finish_session(const std::filesystem::path& unfinished,
                              const std::filesystem::path& path, bool overwrite);

/// The error in words that name the file that was asked for.
Error of_file(Error error, const std::filesystem::path& unfinished,
              const std::filesystem::path& path);

/// Removes the file and what SQLite keeps beside it.
void remove_with_companions(const std::filesystem::path& path);

}  // namespace poolscope
