#include "core/goimport/log_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poolscope::goimport {
namespace {

namespace fs = std::filesystem;

Expected<void> damaged(const fs::path& path, std::uint64_t byte, std::string_view what) {
  return bad_input(fmt::format("{}: damaged at byte {}: {}; record the program again",
                               path.string(), byte, what));
}

/// One chunk's records: up to the first that was not written, or that came after the stop.
std::span<const Record> written(std::span<const Record> records, std::uint64_t stop_ticks) {
  const auto end = std::ranges::find_if(records, [stop_ticks](const Record& record) {
    return record.time == 0 || (stop_ticks != 0 && record.time >= stop_ticks);
  });
  return records.first(static_cast<std::size_t>(end - records.begin()));
}

}  // namespace

LogFile::~LogFile() {
  if (data_ != nullptr) munmap(const_cast<std::byte*>(data_), size_);
  if (fd_ >= 0) close(fd_);
}

LogFile::LogFile(LogFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      data_(std::exchange(other.data_, nullptr)),
      size_(other.size_),
      header_(other.header_),
      streams_(std::move(other.streams_)),
      records_(other.records_),
      bytes_(other.bytes_),
      clock_(std::move(other.clock_)) {}

Expected<void> LogFile::map(const fs::path& path) {
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    return bad_input(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  }
  struct stat status {};
  const bool known = fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = known ? static_cast<std::size_t>(status.st_size) : 0;
  const bool is_log = size >= sizeof(FileHeader) &&
                      pread(fd_, &header_, sizeof header_, 0) == ssize_t{sizeof header_} &&
                      header_.magic == kLogMagic;
  if (!is_log) {
    return bad_input(fmt::format(
        "{}: not the log of a Go program; one is made by a program built with 'poolscope go build'",
        path.string()));
  }
  size_ = std::min<std::size_t>(size, std::min(header_.size, header_.next));
  void* data = mmap(nullptr, std::max<std::size_t>(size_, 1), PROT_READ, MAP_SHARED, fd_, 0);
  if (data == MAP_FAILED) {
    return failed(fmt::format("{}: cannot be mapped: {}", path.string(), std::strerror(errno)));
  }
  data_ = static_cast<const std::byte*>(data);
  if (size < std::min(header_.size, header_.next)) {
    return bad_input(fmt::format("{}: cut short: it has {} bytes, {} were written; copy all of it",
                                 path.string(), size, std::min(header_.size, header_.next)));
  }
  return {};
}

Expected<void> LogFile::check_header(const fs::path& path) {
  if (header_.version != kLogVersion) {
    return bad_input(fmt::format(
        "{}: a log of version {}, this poolscope reads version {}: build the program anew with it",
        path.string(), header_.version, kLogVersion));
  }
  if (header_.arch != static_cast<std::uint32_t>(Arch::kAmd64) &&
      header_.arch != static_cast<std::uint32_t>(Arch::kArm64)) {
    return bad_input(
        fmt::format("{}: a log of another architecture (number {}); those of amd64 and "
                    "arm64 can be read",
                    path.string(), header_.arch));
  }
  if (header_.record_bytes != sizeof(Record) || header_.chunk_bytes != kChunkBytes ||
      header_.procs == 0 || header_.procs > kMostPs) {
    return damaged(path, offsetof(FileHeader, record_bytes), "its sizes cannot be");
  }
  if (header_.stop_reason > static_cast<std::uint32_t>(StopReason::kTooManyPs)) {
    return damaged(path, offsetof(FileHeader, stop_reason), "there is no such reason to stop");
  }
  if (header_.order > static_cast<std::uint32_t>(Order::kSequence)) {
    return damaged(path, offsetof(FileHeader, order), "there is no such order of records");
  }
  return {};
}

Expected<void> LogFile::find_chunks(const fs::path& path) {
  std::map<std::uint16_t, RecordStream> by_p;
  std::map<std::uint16_t, std::uint64_t> last_time;
  clock_ = {static_cast<Order>(header_.order), header_.start_ticks};
  const auto since_start = [this](std::uint64_t ns) {
    return static_cast<std::int64_t>(ns - header_.start_ns);
  };
  for (std::size_t at = kChunkBytes; at + kChunkBytes <= size_; at += kChunkBytes) {
    // Not through the mapping: on a disk that is full, there may be no page to read a hole into.
    ChunkHeader chunk;
    if (pread(fd_, &chunk, sizeof chunk, static_cast<off_t>(at)) != ssize_t{sizeof chunk}) {
      return damaged(path, at, "it cannot be read");
    }
    if (chunk.magic == 0 && chunk.ticks == 0) continue;  // taken, and not begun
    if (chunk.magic != kChunkMagic || chunk.p >= kMostPs) {
      return damaged(path, at, "no chunk begins here");
    }
    const auto p = static_cast<std::uint16_t>(chunk.p);
    const std::span all(reinterpret_cast<const Record*>(data_ + at + sizeof chunk),
                        (kChunkBytes - sizeof chunk) / sizeof(Record));
    const std::span records = written(all, header_.stop_ticks);
    std::uint64_t& last = last_time[p];
    for (const Record& record : records) {
      const auto byte =
          static_cast<std::uint64_t>(reinterpret_cast<const std::byte*>(&record) - data_);
      if (record.kind() == Kind::kNone || static_cast<std::uint16_t>(record.kind()) >= kKinds) {
        return damaged(path, byte, "there is no such kind of record");
      }
      if (record.p() != p && record.kind() != Kind::kText) {
        return damaged(path, byte,
                       fmt::format("a record of P{} among those of P{}", record.p(), p));
      }
      if (record.time < last) return damaged(path, byte, "its time lies before the last one's");
      last = record.time;
      if (record.kind() == Kind::kClock) {
        clock_.add({record.time, static_cast<std::int64_t>(record.object() * 1000)});
      }
    }
    by_p.try_emplace(p, p).first->second.add(records);
    records_ += records.size();
    clock_.add({chunk.ticks, since_start(chunk.ns)});
  }
  clock_.settle();
  for (auto& [p, stream] : by_p) {
    stream.rewind();
    streams_.push_back(std::move(stream));
  }
  bytes_ = size_;
  return {};
}

Expected<LogFile> LogFile::open(const fs::path& path) {
  LogFile log;
  if (auto mapped = log.map(path); !mapped) return tl::make_unexpected(mapped.error());
  if (auto right = log.check_header(path); !right) return tl::make_unexpected(right.error());
  if (auto found = log.find_chunks(path); !found) return tl::make_unexpected(found.error());
  return log;
}

}  // namespace poolscope::goimport
