#pragma once

// A moment of each recording that the viewer may open, for the small pictures in their list. A
// picture is drawn of the model alone, so nothing is kept on the disk: of a file with keyframes a
// moment is read in no time.
//
// Thread safety: session_moment from any thread; it waits for a disk. SessionPictures belongs to
// the window's thread, and reads on a thread beside it, one file at a time.
// Invariants: what is known of a file is of what it was when it was listed: it is read anew once it
// has been changed. At most the files that are wanted are kept.

#include <cstddef>
#include <filesystem>
#include <future>
#include <memory>
#include <vector>

#include "app/control/session_file.h"
#include "core/model/model.h"

namespace poolscope {

/// The state at the recording's first marker, or, where it has none, in the middle of its time: at
/// its ends little is in use. nullptr: it cannot be read.
std::shared_ptr<const Model> session_moment(const std::filesystem::path& file);

class SessionPictures {
 public:
  /// From here on these files are wanted; the smallest are read first, so that a large one does not
  /// hold up the others.
  void want(const std::vector<SessionFile>& files);
  /// Takes in what has been read, and goes on; whether that is new.
  bool update();
  /// nullptr: it has not been read yet, or cannot be.
  [[nodiscard]] std::shared_ptr<const Model> of(const SessionFile& file) const;
  /// Whether a thread still waits for a disk.
  [[nodiscard]] bool busy() const { return reading_.valid(); }

 private:
  /// One that cannot be read has no picture, and is not read again.
  std::vector<SessionFile> read_;
  std::vector<SessionFile> wanted_;  // that have not been read, the largest first
  SessionFile under_way_;            // while reading_ is valid
  std::future<std::shared_ptr<const Model>> reading_;
};

}  // namespace poolscope
