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

Expected<void> check_companions(const fs::path& path, bool there) {
  for (const char* companion : kCompanions) {
    const fs::path name = path.string() + companion;
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(name, ignored))) continue;
    if (there && fs::is_regular_file(name, ignored) && is_sqlite_companion(name)) continue;
    return bad_input(
        fmt::format("{}: is in the way, SQLite uses that name: name another session "
                    "file or move it",
                    name.string()));
  }
  return {};
}

Expected<bool> check_session_output(const fs::path& path, bool overwrite) {
  if (auto checked = refuse_while_recorded(path); !checked) {
    return tl::make_unexpected(checked.error());
  }
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  const bool there = fs::exists(status);
  if (there && !overwrite) {
    return bad_input(
        fmt::format("{}: exists already: name another file or add --overwrite", path.string()));
  }
  if (there && !fs::is_regular_file(status)) {
    return bad_input(fmt::format("{}: is not a plain file: name another one", path.string()));
  }
  if (auto checked = check_companions(path, there); !checked) {
    return tl::make_unexpected(checked.error());
  }
  return there;
}

tl::unexpected<Error> cannot_make_session(const fs::path& path) {
  const int why = errno;
  std::error_code ignored;
  const fs::path folder = path.parent_path();
  std::string reason = std::strerror(why);
  if (why == ENOENT && !folder.empty() && !fs::exists(folder, ignored)) {
    reason = fmt::format("there is no folder {}", folder.string());
    fs::path above = folder;
    while (above.has_parent_path() && above != above.parent_path() && !fs::exists(above, ignored)) {
      above = above.parent_path();
    }
    // A folder that poolscope makes itself could not be made, and this is why.
    if (::access(above.c_str(), W_OK) != 0) {
      reason += fmt::format(", and {}: {}", above.string(), std::strerror(errno));
    }
  }
  return failed(fmt::format("{}: cannot be made: {}: name a file in a folder that you may write",
                            path.string(), reason));
}

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

Expected<void> take_place(const fs::path& unfinished, const fs::path& path) {
  // Nobody may start to record into the old one from here on.
  auto replaced = HeldFile::open(path);
  if (replaced && !(*replaced)->claim()) return refuse_while_recorded(path);
  for (const char* companion : kCompanions) {
    std::error_code ignored;
    fs::remove(path.string() + companion, ignored);
  }
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) return cannot_make_session(path);
  return {};
}

Expected<void> finish_session(const fs::path& unfinished, const fs::path& path, bool overwrite) {
  return overwrite ? take_place(unfinished, path) : give_name(unfinished, path);
}

Error of_file(Error error, const fs::path& unfinished, const fs::path& path) {
  std::string& text = error.message;
  const std::size_t at = text.find(unfinished.string());
  if (at != std::string::npos) text.replace(at, unfinished.string().size(), path.string());
  return error;
}

void remove_with_companions(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
  for (const char* companion : kCompanions) fs::remove(path.string() + companion, ignored);
}

}  // namespace poolscope
