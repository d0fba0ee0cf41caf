#pragma once

// Writes markers and view tracks into the files of recordings that have ended, as the viewer
// changes them.
//
// Thread safety: the window's thread. A file is written on a thread beside it, so a slow disk does
// not hold up the window.
// Invariants: at most one thread writes. What is wanted is written half a second after the last
// change, at once where somebody waits for it, and at the end. Where it cannot be written, that is
// said once for each change.

#include <cstdint>
#include <filesystem>
#include <future>
#include <map>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/session/annotation_rows.h"

namespace poolscope {

class AnnotationWriter {
 public:
  /// These are to be the markers of `file`, or its view track.
  void want(const std::filesystem::path& file, std::vector<Marker> markers);
  void want(const std::filesystem::path& file, std::vector<ViewChange> views);

  /// Writes where it is time to, and says why it could not; `host_now_ns`: a steady clock. `reads`:
  /// such a file is being read for every frame, and whoever writes would hold that up: it waits.
  Expected<void> update(std::int64_t host_now_ns, bool reads = false);
  /// Whether all is written, or could not be. Where not, update() writes it at once, even beside a
  /// reader.
  bool hasten();
  /// Writes what is left to write, and waits for it.
  Expected<void> finish();

 private:
  void begin_writing();

  std::map<std::filesystem::path, Annotations> wanted_;  // and not written yet
  std::optional<std::int64_t> changed_ns_;  // on the host's clock; none: not seen by update() yet
  bool hastened_ = false;                   // what is wanted now
  std::future<Expected<void>> writing_;
};

}  // namespace poolscope
