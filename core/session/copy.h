#pragma once

// Copies of sessions as new files: a stretch that is cut out of a recording, or saved of one that
// goes on; several stretches joined, one after the other. A copy begins with a keyframe and has a
// segment where the original has one; markers, the view track and names come along. What was
// sampled of pools is of a whole recording and comes along with the whole of it only.
//
// Thread safety: the thread of the readers.
// Invariants: the new file is whole, or it is not there.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/session/reader.h"

namespace poolscope {

/// The states from the one after event `first` to the one after event `last`.
struct Stretch {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

/// A stretch of that session.
struct SessionPart {
  Reader* session = nullptr;
  Stretch stretch;
};
/// The whole of a session.
SessionPart all_of(Reader& session);

struct CopyOptions {
  /// Takes the place of another file.
  bool overwrite = false;
  /// Who writes the copy.
  std::string program = "poolscope";
  /// Asked at each chunk; false gives up. Empty: it is never given up.
  std::function<bool()> goes_on;
};

/// Makes the file `to` of `stretch`, clamped to what `from` has. Numbers and times stay the
/// session's, so that the state after an event is the same in both. Errors: `to` exists or cannot
/// be made or written; `from` is damaged there, or has let go of it since it was opened
/// (keep_last); it was given up.
Expected<void> copy_stretch(Reader& from, Stretch stretch, const std::filesystem::path& to,
                            const CopyOptions& options);

/// Makes the file `to` of those parts, at least one, each clamped to what its session has. The
/// numbers and times of the first one stay; those of each other one go on where the one before it
/// ends. Errors as of copy_stretch; bad input where two sessions have different names for the same
/// pool, goroutine or type.
Expected<void> join_parts(std::span<const SessionPart> parts, const std::filesystem::path& to,
                          const CopyOptions& options);

}  // namespace poolscope
