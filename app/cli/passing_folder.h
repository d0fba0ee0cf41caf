#pragma once

// A folder that a command needs while it runs.
//
// Thread safety: one thread.

#include <filesystem>
#include <utility>

#include "core/base/error.h"

namespace poolscope::cli {

/// A folder for a while, gone with all that is in it.
class PassingFolder {
 public:
  /// Under `parent`. An error: it cannot be made.
  static Expected<PassingFolder> in(const std::filesystem::path& parent);
  ~PassingFolder();
  PassingFolder(PassingFolder&& other) noexcept;
  PassingFolder& operator=(PassingFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// It stays when this ends.
  void keep() { kept_ = true; }

 private:
  explicit PassingFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
  bool kept_ = false;
};

}  // namespace poolscope::cli
