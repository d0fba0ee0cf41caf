#pragma once

// A file's bytes where the system keeps them anyway: only the pages that are read take memory, and
// programs that map the same file share them.
//
// Thread safety: none; what `bytes` gives may be read from any thread.

#include <cstddef>
#include <filesystem>
#include <span>

#include "core/base/error.h"

namespace poolscope::platform {

/// For files that are replaced as a whole, as the system's fonts are: to read a page that somebody
/// has cut off since ends the program.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  /// Fails where `file` cannot be opened, is empty, or cannot be mapped.
  static Expected<MappedFile> open(const std::filesystem::path& file);

  /// The whole file, as long as this lives; of a default-made or moved-from one, nothing.
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> bytes_;
};

}  // namespace poolscope::platform
