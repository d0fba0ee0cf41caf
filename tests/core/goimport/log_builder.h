#pragma once

// Logs as a Go program would write them, record by record, and the sessions that become of them.
//
// Thread safety: none.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/goimport/import.h"
#include "core/goimport/log_format.h"
#include "core/model/model.h"
#include "core/model/pool_sample.h"
#include "core/session/verify.h"
#include "core/trace/event.h"

namespace poolscope::goimport::testing {

inline constexpr std::uint64_t kPool = 0x1000;
inline constexpr std::uint64_t kArray = 0xa000;
inline constexpr std::uint32_t kStride = 128;
/// The poolLocal of P `p` in the array at `array`.
constexpr std::uint64_t local(std::uint32_t p, std::uint64_t array = kArray) {
  return array + std::uint64_t{p} * kStride;
}

// Addresses of objects, and of a dequeue.
inline constexpr std::uint64_t kA = 0xc000'0100;
inline constexpr std::uint64_t kB = 0xc000'0200;
inline constexpr std::uint64_t kC = 0xc000'0300;
inline constexpr std::uint64_t kDequeue = 0xd000;

class LogBuilder {
 public:
  explicit LogBuilder(std::uint32_t procs = 2);

  /// The next record, ten ticks after the one before. `g`: Go's number of the goroutine.
  LogBuilder& add(std::uint16_t p, std::uint32_t g, Kind kind, std::uint64_t place = 0,
                  std::uint64_t object = 0, std::uint32_t extra = 0);
  /// A record with a text.
  LogBuilder& text(std::uint16_t p, std::uint32_t g, Kind kind, std::uint64_t place,
                   std::uint32_t extra, std::string_view text);
  /// The pool at `pool` gets an array.
  LogBuilder& array(std::uint16_t p, std::uint32_t g, std::uint32_t length = 2,
                    std::uint64_t array = kArray, std::uint64_t pool = kPool);
  /// A GC that finds nothing in the pools but what its records say: `contents` adds the checks.
  LogBuilder& gc(std::uint16_t p, std::uint32_t g, const std::vector<Record>& contents,
                 const std::vector<std::uint64_t>& dropped,
                 const std::map<std::uint64_t, std::uint64_t>& moved);

  [[nodiscard]] FileHeader& header() { return header_; }
  [[nodiscard]] std::uint64_t now() const { return now_; }
  /// Removes the record of that number, counted from 0 over all Ps.
  LogBuilder& lose(std::size_t number);
  [[nodiscard]] std::string bytes() const;
  void write(const std::filesystem::path& path) const;

 private:
  FileHeader header_;
  std::uint64_t now_ = 1000;
  std::vector<Record> records_;
};

/// A record for gc().
Record check(Kind kind, std::uint64_t place, std::uint64_t object = 0, std::uint32_t extra = 0);

struct Session {
  ImportSummary summary;
  Verification verification;
  Model end;
  std::vector<Event> events;
  std::vector<std::string> names;    // of the pools
  std::vector<std::string> markers;  // their titles
  std::vector<PoolSample> samples;   // of the pools that have one

  [[nodiscard]] std::size_t count(EventKind kind) const;
  /// The objects of the events of that kind, in their order.
  [[nodiscard]] std::vector<ObjectId> objects(EventKind kind) const;
  /// When the first event of that kind was; there is one.
  [[nodiscard]] std::int64_t time_of(EventKind kind) const;
};

/// Imports it; an error is a failure of the test.
Session imported(const LogBuilder& log);
/// The same, and what does not verify is a failure of the test.
Session sound(const LogBuilder& log);
/// The message of the error with which it is refused; empty: it is not. Nothing may be left behind.
std::string refused(const std::string& bytes);

}  // namespace poolscope::goimport::testing
