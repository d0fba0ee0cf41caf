#pragma once

// A log, mapped to be read: its header, and the records of each P in the order in which that P
// wrote them.
//
// Thread safety: one thread at a time.
// Invariants: what open() has let through can be walked: every chunk lies in the file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/goimport/log_clock.h"
#include "core/goimport/log_format.h"

namespace poolscope::goimport {

/// The records of one P.
class RecordStream {
 public:
  explicit RecordStream(std::uint16_t p) : p_(p) {}
  void add(std::span<const Record> records) { chunks_.push_back(records); }

  [[nodiscard]] std::uint16_t p() const { return p_; }
  /// The next record, nullptr at the end.
  [[nodiscard]] const Record* next() const { return next_; }
  /// The one `ahead` of it, nullptr where there is none.
  [[nodiscard]] const Record* peek(std::size_t ahead) const {
    std::size_t at = at_ + ahead;
    for (std::size_t chunk = chunk_; chunk < chunks_.size(); ++chunk) {
      if (at < chunks_[chunk].size()) return &chunks_[chunk][at];
      at -= chunks_[chunk].size();
    }
    return nullptr;
  }
  void advance() {
    ++at_;
    settle();
  }
  void rewind() {
    chunk_ = 0;
    at_ = 0;
    settle();
  }

 private:
  void settle() {
    while (chunk_ < chunks_.size() && at_ == chunks_[chunk_].size()) {
      ++chunk_;
      at_ = 0;
    }
    next_ = chunk_ < chunks_.size() ? &chunks_[chunk_][at_] : nullptr;
  }

  std::uint16_t p_;
  std::vector<std::span<const Record>> chunks_;
  std::size_t chunk_ = 0;
  std::size_t at_ = 0;
  const Record* next_ = nullptr;
};

class LogFile {
 public:
  /// Errors, each kBadInput: it cannot be read; it is no log, of another version or architecture;
  /// it is cut short; a chunk or a record is damaged, with the byte where.
  static Expected<LogFile> open(const std::filesystem::path& path);
  ~LogFile();
  LogFile(LogFile&& other) noexcept;
  LogFile& operator=(LogFile&&) = delete;

  [[nodiscard]] const FileHeader& header() const { return header_; }
  /// One for each P that wrote something, in the order of their numbers.
  [[nodiscard]] std::vector<RecordStream>& streams() { return streams_; }
  /// All records, those after the stop not counted.
  [[nodiscard]] std::uint64_t records() const { return records_; }
  /// Bytes that were written.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// Nanoseconds since the recording began.
  [[nodiscard]] std::int64_t to_ns(std::uint64_t stamp) const { return clock_.to_ns(stamp); }

 private:
  LogFile() = default;
  Expected<void> map(const std::filesystem::path& path);
  Expected<void> check_header(const std::filesystem::path& path);
  Expected<void> find_chunks(const std::filesystem::path& path);

  int fd_ = -1;
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;  // mapped
  FileHeader header_;
  std::vector<RecordStream> streams_;
  std::uint64_t records_ = 0;
  std::uint64_t bytes_ = 0;
  LogClock clock_;
};

}  // namespace poolscope::goimport
