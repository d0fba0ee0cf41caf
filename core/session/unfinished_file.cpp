#include "core/session/unfinished_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "core/session/held_file.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".unfinished-";

tl::unexpected<Error> cannot_name(const fs::path& path, int why) {
  return failed(fmt::format("{}: cannot be made: {}", path.string(), std::strerror(why)));
}

}  // namespace

fs::path unfinished_session(const fs::path& path) {
  return path.parent_path() /
         fmt::format(".{}{}{}", path.filename().string(), kUnfinished, ::getpid());
}

bool is_unfinished_session(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::size_t at = name.find(kUnfinished);
  return name.starts_with('.') && at != std::string::npos &&
         std::string_view(name).substr(0, at).ends_with(".poolscope") &&
         name.find_first_not_of("0123456789", at + kUnfinished.size()) == std::string::npos;
}

Expected<void> give_name(const fs::path& unfinished, const fs::path& path) {
  // A second name for the same file: unlike a rename it never takes the place of another file.
  if (::link(unfinished.c_str(), path.c_str()) == 0) {
    ::unlink(unfinished.c_str());
    return {};
  }
  const int why = errno;
  if (why == EEXIST) return bad_input(fmt::format("{}: exists already", path.string()));
  if (why == EXDEV) return cannot_name(path, why);
  // Where the file system knows no second names.
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    return bad_input(fmt::format("{}: exists already", path.string()));
  }
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) return cannot_name(path, errno);
  return {};
}

void remove_with_companions(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
  for (const char* companion : kCompanions) fs::remove(path.string() + companion, ignored);
}

}  // namespace poolscope
