#include "app/control/leftovers.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "app/control/live_recording.h"
#include "core/session/copy.h"
#include "core/session/held_file.h"
#include "core/session/reader.h"
#include "core/session/unfinished_file.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "flight-";
constexpr std::string_view kEnding = ".poolscope";
constexpr std::chrono::hours kOldFrom{1};

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "here";
  std::string text(name.data());
  std::ranges::replace(text, '/', '-');
  return text;
}

/// The start of the names of this process's files, or of any of this machine.
std::string name_start() { return fmt::format("{}{}-", kPrefix, host_name()); }

bool is_flight(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with(kPrefix) && name.ends_with(kEnding);
}

/// Whether the process that a file is named after may be alive. Asked only where nobody can hold a
/// file: on a network file system, which other machines may use too.
bool may_be_alive(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string start = name_start();
  if (!name.starts_with(start)) return true;
  pid_t pid = 0;
  const char* digits = name.data() + start.size();
  const auto read = std::from_chars(digits, name.data() + name.size(), pid);
  return read.ec != std::errc{} || pid <= 0 || ::kill(pid, 0) == 0 || errno != ESRCH;
}

/// Claims the file, so that no other start takes it meanwhile; nullptr: somebody has it.
std::unique_ptr<HeldFile> claim(const fs::path& file) {
  auto held = HeldFile::open(file);
  if (!held) return nullptr;
  if (!(*held)->can_be_claimed() && may_be_alive(file)) return nullptr;
  return (*held)->claim() ? std::move(*held) : nullptr;
}

/// Whether a file was written so long ago that nobody is about to hold it.
bool is_old(const fs::path& file) {
  std::error_code gone;
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file, gone);
  return !gone && age >= kOldFrom;
}

/// What `file` is, where nobody records into it.
std::optional<Leftover> leftover_at(const fs::path& file) {
  std::error_code ignored;
  const auto held = claim(file);
  if (held == nullptr) return std::nullopt;
  const auto reader = Reader::open(file);
  if (!reader) {
    // Killed before its first commit: there is nothing in it.
    if (fs::file_size(file, ignored) == 0 && is_old(file)) remove_with_companions(file);
    return std::nullopt;
  }
  Leftover leftover{file, (*reader)->started(), (*reader)->duration_ns(), (*reader)->event_count(),
                    fs::file_size(file, ignored)};
  // Closed cleanly: its program was about to remove it.
  if (leftover.events > 0 && !(*reader)->closed_cleanly()) return leftover;
  remove_with_companions(file);
  return std::nullopt;
}

}  // namespace

fs::path flight_name(const fs::path& folder) {
  std::error_code no_folder;  // making the file will report what is wrong with it
  fs::create_directories(folder, no_folder);
  const std::string start = name_start() + std::to_string(::getpid());
  fs::path file = folder / fmt::format("{}{}", start, kEnding);
  std::error_code ignored;
  for (int i = 2; fs::exists(file, ignored); ++i) {
    file = folder / fmt::format("{}-{}{}", start, i, kEnding);
  }
  return file;
}

std::vector<Leftover> find_leftovers(const fs::path& folder) {
  std::vector<Leftover> found;
  std::error_code none;
  for (auto entry = fs::directory_iterator(folder, none);
       !none && entry != fs::directory_iterator(); entry.increment(none)) {
    if (!is_flight(entry->path())) continue;
    if (auto leftover = leftover_at(entry->path())) found.push_back(std::move(*leftover));
  }
  std::ranges::sort(found, std::greater{}, &Leftover::started);
  return found;
}

void remove_unfinished(const fs::path& folder) {
  std::error_code none;
  for (auto entry = fs::directory_iterator(folder, none);
       !none && entry != fs::directory_iterator(); entry.increment(none)) {
    // One that was begun just now may not be held yet.
    if (!is_unfinished_session(entry->path()) || !is_old(entry->path())) continue;
    const auto held = HeldFile::open(entry->path());
    if (held && (*held)->can_be_claimed() && (*held)->claim())
      remove_with_companions(entry->path());
  }
}

Expected<fs::path> keep_leftover(const Leftover& leftover, const fs::path& folder,
                                 const std::string& program) {
  const auto held = claim(leftover.file);
  if (held == nullptr) {
    return failed(leftover.file.string() + ": it is no longer there, or another program has it");
  }
  const fs::path file = recording_name(folder);
  // On another disk it is copied.
  std::error_code ignored;
  if (give_name(leftover.file, file)) return file;
  const auto reader = Reader::open(leftover.file);
  if (!reader) return tl::make_unexpected(reader.error());
  const auto copied = copy_stretch(**reader, {(*reader)->origin().seq, (*reader)->last_seq()}, file,
                                   {.program = program, .goes_on = {}});
  if (!copied) return tl::make_unexpected(copied.error());
  remove_with_companions(leftover.file);
  return file;
}

Expected<void> discard_leftover(const Leftover& leftover) {
  const auto held = claim(leftover.file);
  if (held == nullptr) {
    return failed(leftover.file.string() + ": it is no longer there, or another program has it");
  }
  remove_with_companions(leftover.file);
  return {};
}

}  // namespace poolscope
