#include "app/platform/files.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include <unistd.h>

namespace poolscope::platform {
namespace {

constexpr const char* kFolder = "poolscope";

std::filesystem::path xdg_folder(const char* variable, const char* below_home) {
  const char* value = std::getenv(variable);
  // The XDG specification: a path that is not absolute is to be ignored.
  if (value != nullptr && value[0] == '/') return std::filesystem::path(value) / kFolder;
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = home != nullptr && home[0] == '/' ? home : "/";
  return base / below_home / kFolder;
}

tl::unexpected<Error> cannot(const char* what, const std::filesystem::path& file) {
  return failed(file.string() + ": " + what + ": " + std::strerror(errno));
}

}  // namespace

std::filesystem::path config_folder() { return xdg_folder("XDG_CONFIG_HOME", ".config"); }
std::filesystem::path data_folder() { return xdg_folder("XDG_DATA_HOME", ".local/share"); }
std::filesystem::path state_folder() { return xdg_folder("XDG_STATE_HOME", ".local/state"); }

std::filesystem::path program_file() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path("./poolscope") : program;
}

std::filesystem::path program_folder() { return program_file().parent_path(); }

std::filesystem::path unfinished_name(const std::filesystem::path& file) {
  std::filesystem::path name = file.parent_path();
  name /= "." + file.stem().string() + ".unfinished-" + std::to_string(getpid());
  name += file.extension();
  return name;
}

Expected<void> write_whole(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path unfinished = unfinished_name(file);
  errno = 0;
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code ignored;
  if (!out) {
    auto error = cannot("cannot write", file);
    std::filesystem::remove(unfinished, ignored);
    return error;
  }
  if (std::rename(unfinished.c_str(), file.c_str()) != 0) {
    auto error = cannot("cannot replace", file);
    std::filesystem::remove(unfinished, ignored);
    return error;
  }
  return {};
}

Expected<std::string> read_whole(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (!in.is_open() || in.bad()) return cannot("cannot read", file);
  return std::move(bytes).str();
}

}  // namespace poolscope::platform
