#pragma once

// What the viewer may open, as it is shown.
//
// Thread safety: values.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/model/model.h"

namespace poolscope {

struct SessionFile {
  std::filesystem::path path;
  bool script = false;  // .ops; what stands below is then 0
  std::string started;  // UTC, "2026-01-31T14:25:00Z"
  std::int64_t duration_ns = 0;
  std::uintmax_t bytes = 0;
  std::size_t markers = 0;
  std::filesystem::file_time_type changed;  // on the disk
  /// A moment of it, for its picture; nullptr: none is known yet, or there is none.
  std::shared_ptr<const Model> pictured = nullptr;
  bool operator==(const SessionFile&) const = default;
};

/// What was found for a path that is being typed; while there is none, the files to choose from.
struct FoundFiles {
  std::string typed;
  std::vector<SessionFile> files;
  std::vector<std::string> paths;  // that begin so
  std::string completed;           // with which they all begin
};

/// Whether a file of that name is a script (.ops).
inline bool is_script(const std::filesystem::path& file) { return file.extension() == ".ops"; }

}  // namespace poolscope
