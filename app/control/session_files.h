#pragma once

// What the viewer may open: the recordings of the folder where recordings go, what was opened
// lately, and how a path that is being typed may go on.
//
// Thread safety: the free functions from any thread; they wait for a disk. SessionFiles belongs to
// the window's thread, and looks on a thread beside it.
// Invariants: nothing is changed on the disk, but for what opening a recording that was cut off
// does to it. A file that cannot be opened is left out.

#include <cstddef>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/control/session_file.h"
#include "app/control/session_pictures.h"

namespace poolscope {

/// The files of `lately`, in that order, and after them the recordings of `folder`, the newest
/// first; each once, `most` at most.
std::vector<SessionFile> find_session_files(const std::filesystem::path& folder,
                                            const std::vector<std::filesystem::path>& lately,
                                            std::size_t most);

/// The folders (with a / at their end), recordings and scripts whose paths begin with `typed`, by
/// name. "~/" is the user's own folder.
std::vector<std::string> paths_that_begin_with(const std::string& typed);

/// The longest text of whole letters with which all of them begin; "": there are none.
std::string common_begin(const std::vector<std::string>& texts);

/// `typed` with "~/" written out.
std::string without_tilde(const std::string& typed);

class SessionFiles {
 public:
  /// Looks anew, once what is being looked at is done.
  void look(std::filesystem::path folder, std::vector<std::filesystem::path> lately,
            std::string typed);
  /// What was found last, where that is new. Its files have no pictures at first; it is new once
  /// more with each of them.
  std::shared_ptr<const FoundFiles> take_found();
  /// Whether a thread still waits for a disk.
  [[nodiscard]] bool busy() const { return looking_.valid() || pictures_.busy(); }

 private:
  struct Wanted {
    std::filesystem::path folder;
    std::vector<std::filesystem::path> lately;
    std::string typed;
  };

  [[nodiscard]] std::shared_ptr<const FoundFiles> with_pictures() const;

  std::optional<Wanted> wanted_;
  std::shared_ptr<const FoundFiles> found_;  // last; nullptr: nothing yet
  SessionPictures pictures_;
  std::future<std::shared_ptr<const FoundFiles>> looking_;
};

}  // namespace poolscope
