#include "core/session/held_file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/session/format.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

// Who only looks whether a file is claimed holds it for microseconds.
constexpr int kClaimTries = 50;
constexpr std::chrono::milliseconds kClaimWait{2};
constexpr int kAskerWaits_ms = 2'000;

using FileKey = std::pair<dev_t, ino_t>;

FileKey key_of(const struct stat& status) { return {status.st_dev, status.st_ino}; }

/// On a network file system flock is emulated by the very locks that SQLite takes.
bool flock_meets_sqlite(int descriptor) {
  struct statfs system {};
  if (fstatfs(descriptor, &system) != 0) return true;
  constexpr std::array<std::uint32_t, 4> kNetworks = {0x6969, 0x517b, 0xff534d42, 0xfe534d42};
  return std::ranges::find(kNetworks, static_cast<std::uint32_t>(system.f_type)) != kNetworks.end();
}

}  // namespace

struct HeldFile::Shared {
  FileKey key;
  std::vector<int> descriptors;  // the first is used; the others must not be closed before it
  int users = 0;
  bool claimed = false;

  static std::mutex& mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static std::map<FileKey, Shared>& all() {
    static std::map<FileKey, Shared> all;
    return all;
  }
};

Expected<std::unique_ptr<HeldFile>> HeldFile::open(const fs::path& path) {
  const std::scoped_lock lock(Shared::mutex());
  auto& all = Shared::all();
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return failed(std::strerror(errno));
  auto found = all.find(key_of(status));
  if (found == all.end()) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return failed(std::strerror(errno));
    check(::fstat(descriptor, &status) == 0, "an open file has a status");
    // Another file may have come to that name since, one that is in use here already.
    found = all.try_emplace(key_of(status)).first;
    found->second.key = found->first;
    found->second.descriptors.push_back(descriptor);
  }
  ++found->second.users;
  return std::unique_ptr<HeldFile>(new HeldFile(found->second));
}

HeldFile::~HeldFile() {
  const std::scoped_lock lock(Shared::mutex());
  if (claims_) {
    ::flock(shared_.descriptors.front(), LOCK_UN);
    shared_.claimed = false;
  }
  if (--shared_.users > 0) return;
  for (const int descriptor : shared_.descriptors) ::close(descriptor);
  Shared::all().erase(FileKey(shared_.key));
}

std::size_t HeldFile::read(std::span<char> bytes) const {
  const ssize_t size = ::pread(shared_.descriptors.front(), bytes.data(), bytes.size(), 0);
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

bool HeldFile::claim() {
  for (int i = 0; i < kClaimTries; ++i) {
    {
      const std::scoped_lock lock(Shared::mutex());
      if (shared_.claimed) return false;
      const int descriptor = shared_.descriptors.front();
      if (flock_meets_sqlite(descriptor) || ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        shared_.claimed = claims_ = true;
        return true;
      }
    }
    std::this_thread::sleep_for(kClaimWait);
  }
  return false;
}

bool HeldFile::can_be_claimed() const {
  const std::scoped_lock lock(Shared::mutex());
  return !flock_meets_sqlite(shared_.descriptors.front());
}

bool HeldFile::claimed() const {
  const std::scoped_lock lock(Shared::mutex());
  if (shared_.claimed) return true;
  const int descriptor = shared_.descriptors.front();
  if (flock_meets_sqlite(descriptor)) return false;
  if (::flock(descriptor, LOCK_SH | LOCK_NB) != 0) return errno == EWOULDBLOCK;
  ::flock(descriptor, LOCK_UN);
  return false;
}

std::string RecordedBy::text() const {
  if (pid == 0) return "another program";
  return fmt::format("process {}, since {}", pid, started_at);
}

std::optional<RecordedBy> recorded_by(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return std::nullopt;
  const auto held = HeldFile::open(path);
  if (!held || !(*held)->claimed()) return std::nullopt;
  RecordedBy by;
  try {
    SQLite::Database database(fs::absolute(path).string(), SQLite::OPEN_READONLY, kAskerWaits_ms);
    SQLite::Statement statement(database, "SELECT key, value FROM meta");
    while (statement.executeStep()) {
      const std::string key = statement.getColumn(0).getString();
      const std::string value = statement.getColumn(1).getString();
      if (key == format::kProgramKey) by.program = value;
      if (key == format::kPidKey) by.pid = std::strtoull(value.c_str(), nullptr, 10);
      if (key == format::kStartedKey) by.started_at = value;
    }
  } catch (const std::exception&) {
    return RecordedBy{};  // it is being made: who does it does not stand there yet
  }
  return by;
}

Expected<void> refuse_while_recorded(const fs::path& path) {
  const auto by = recorded_by(path);
  if (!by) return {};
  return bad_input(
      fmt::format("{}: is being recorded by {}: end that recording or name another "
                  "file",
                  path.string(), by->text()));
}

bool is_sqlite_companion(const fs::path& companion) {
  constexpr std::size_t kMagicBytes = 8;
  constexpr std::string_view kJournalMagic("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", kMagicBytes);
  constexpr std::string_view kNotYetSynced("\0\0\0\0\0\0\0\0", kMagicBytes);
  constexpr std::string_view kWalMagic("\x37\x7f\x06", 3);
  constexpr std::string_view kShmMagic("\x18\xe2\x2d\x00", 4);  // version 3007000
  std::array<char, kMagicBytes> bytes{};
  std::ifstream in(companion, std::ios::binary);
  in.read(bytes.data(), bytes.size());
  const std::string_view start(bytes.data(), static_cast<std::size_t>(in.gcount()));
  return start.empty() || start == kJournalMagic || start == kNotYetSynced ||
         start.starts_with(kWalMagic) || start.starts_with(kShmMagic);
}

}  // namespace poolscope
