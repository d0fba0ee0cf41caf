#pragma once

// A file that is needed only while another one is made.
//
// Thread safety: values.
// Invariants: it is gone when its Scratch is.

#include <filesystem>
#include <string_view>
#include <system_error>

#include "app/platform/files.h"

namespace poolscope::exporting {

class Scratch {
 public:
  /// Beside `output`, with a name of its own that ends in `extension`.
  Scratch(const std::filesystem::path& output, std::string_view extension)
      : file_(platform::unfinished_name(output).replace_extension(extension)) {}
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

}  // namespace poolscope::exporting
