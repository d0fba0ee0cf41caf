#pragma once

// A session file while this process uses it: one descriptor, open for as long as anybody here reads
// or records that file, and the claim of the one who records it.
//
// Why one descriptor: SQLite locks its files with POSIX locks, and a process loses all of its POSIX
// locks on a file as soon as it closes any descriptor of that file. So whoever looks at a file past
// SQLite shares the one descriptor, and it is closed after the last SQLite connection. The table of
// these descriptors is the process's, as the locks are; it is the one mutable static of this
// folder.
//
// The claim is flock's: the kernel gives it back when the process ends, however that happens. It
// does not meet SQLite's locks, but on a network file system it would: there nothing is claimed.
//
// Thread safety: any thread.
// Invariants: make a HeldFile before SQLite opens the file, and let it go after SQLite has closed
// it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/error.h"

namespace poolscope {

class HeldFile {
 public:
  /// Opens the file at `path`, which exists. The error has the system's words only.
  static Expected<std::unique_ptr<HeldFile>> open(const std::filesystem::path& path);
  ~HeldFile();
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;

  /// Fills `bytes` from the start of the file; how many there were.
  std::size_t read(std::span<char> bytes) const;

  /// Claims the file for a recording, until this HeldFile ends. False: another one has claimed it.
  bool claim();
  /// Whether a claim on this file means anything: not on a network file system.
  [[nodiscard]] bool can_be_claimed() const;
  /// Whether somebody records into the file, in this process or in another.
  [[nodiscard]] bool claimed() const;

 private:
  struct Shared;
  explicit HeldFile(Shared& shared) : shared_(shared) {}

  Shared& shared_;
  bool claims_ = false;
};

/// Who records into a file.
struct RecordedBy {
  std::string program;     // "poolscope 0.1.0"
  std::uint64_t pid = 0;   // 0: it could not be read
  std::string started_at;  // "2026-01-31T14:25:00Z"; empty: it could not be read

  /// "process 1234, since 2026-01-31T14:25:00Z".
  [[nodiscard]] std::string text() const;
};

/// Who records into the file at `path` right now; nobody where it is no file at all.
std::optional<RecordedBy> recorded_by(const std::filesystem::path& path);

/// An error where somebody records into the file at `path`: it must not be written over.
Expected<void> refuse_while_recorded(const std::filesystem::path& path);

/// What SQLite may keep beside its file of that name.
inline constexpr std::array<const char*, 3> kCompanions = {"-journal", "-wal", "-shm"};

/// Whether `companion` is SQLite's own, by its first bytes: somebody else's file may have that
/// name.
bool is_sqlite_companion(const std::filesystem::path& companion);

}  // namespace poolscope
