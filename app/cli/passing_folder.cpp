#include "app/cli/passing_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace poolscope::cli {

namespace fs = std::filesystem;

Expected<PassingFolder> PassingFolder::in(const fs::path& parent) {
  std::string path = (parent / ".poolscope-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) {
    return bad_input(
        fmt::format("{}: no folder can be made in it: {}", parent.string(), std::strerror(errno)));
  }
  return PassingFolder(path);
}

PassingFolder::~PassingFolder() {
  std::error_code ignored;
  if (!path_.empty() && !kept_) fs::remove_all(path_, ignored);
}

PassingFolder::PassingFolder(PassingFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())) {}

}  // namespace poolscope::cli
