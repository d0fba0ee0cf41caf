#pragma once

// Copies a stretch of a session into a new file: what is cut out of a recording, and what is saved
// of one that goes on. The copy begins with a keyframe and has a segment where the original has
// one; markers, the view track and names come along. Numbers and times stay the session's, so that
// the state after an event is the same in both.
//
// Thread safety: the thread of the reader.
// Invariants: the new file is whole, or it is not there.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/session/reader.h"

namespace poolscope {

/// The states from the one after event `first` to the one after event `last`.
struct Stretch {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

struct CopyOptions {
  /// Who writes the copy.
  std::string program = "poolscope";
  /// Asked at each chunk; false gives up. Empty: it is never given up.
  std::function<bool()> goes_on;
};

/// Makes the file `to` of `stretch`, clamped to what `from` has. Errors: `to` exists or cannot be
/// made or written; `from` is damaged there, or has let go of it since it was opened (keep_last);
/// it was given up.
Expected<void> copy_stretch(Reader& from, Stretch stretch, const std::filesystem::path& to,
                            const CopyOptions& options);

}  // namespace poolscope
