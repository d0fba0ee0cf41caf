#pragma once

// The numbers and names of the .poolscope file; README.md in this folder tells the whole format.
//
// Thread safety: values.
// Invariants: what a released version has written keeps its meaning; a change that an older program
// cannot read raises kFormatVersion.

#include <cstddef>
#include <cstdint>

namespace poolscope::format {

/// SQLite's application_id: "PSCP".
inline constexpr std::uint32_t kApplicationId = 0x50534350;
/// SQLite's user_version: the newest format that this program reads, and the one that it writes.
/// 2: the modern pool: victims, chains, and the events about them. 3: keyframes without what is
/// only told; goroutines of 32 bits; segments, fields of markers, the view track, names, the
/// details that a session carries, the viewer's speed.
inline constexpr std::uint32_t kFormatVersion = 3;

inline constexpr const char* kSchema = R"sql(
CREATE TABLE meta(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE chunks(
  first_seq INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  first_time_ns INTEGER NOT NULL,
  last_time_ns INTEGER NOT NULL,
  events BLOB NOT NULL
) STRICT;
CREATE TABLE keyframes(
  seq INTEGER PRIMARY KEY,
  time_ns INTEGER NOT NULL,
  model BLOB NOT NULL
) STRICT;
CREATE TABLE markers(
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  time_ns INTEGER NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  followed_g INTEGER,
  followed_object INTEGER,
  layout TEXT,
  tab TEXT,
  speed TEXT
) STRICT;
CREATE TABLE segments(
  seq INTEGER PRIMARY KEY,
  time_ns INTEGER NOT NULL,
  details INTEGER NOT NULL
) STRICT;
CREATE TABLE views(
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  time_ns INTEGER NOT NULL,
  what TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE names(
  kind INTEGER NOT NULL,
  id INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(kind, id)
) STRICT, WITHOUT ROWID;
)sql";

// Keys of meta.
inline constexpr const char* kConfigKey = "config";                 // SessionConfig as JSON
inline constexpr const char* kProgramKey = "program";               // "poolscope 0.1.0"
inline constexpr const char* kClosedCleanlyKey = "closed_cleanly";  // "0" or "1"
inline constexpr const char* kPidKey = "pid";                       // of the recording process
inline constexpr const char* kStartedKey = "started";               // UTC, "2026-01-31T14:25:00Z"

/// Numbers and times beyond these are damage: differences of two times fit 64 bits.
inline constexpr std::uint64_t kLastSeq = (std::uint64_t{1} << 48U) - 1;
inline constexpr std::int64_t kLastTime_ns = std::int64_t{1} << 61U;
/// Whether a file may name that time.
constexpr bool in_time(std::int64_t time_ns) { return time_ns >= 0 && time_ns <= kLastTime_ns; }

/// What one decoded model may take in memory: a million goroutines take half of it.
inline constexpr std::size_t kModelMemory_bytes = std::size_t{768} << 20U;
/// A marker's text, and each value of meta; longer ones are cut by the writer and refused here.
inline constexpr std::size_t kTextBytes = std::size_t{1} << 20U;

// The bits of segments.details.
inline constexpr std::uint32_t kPinsBit = 1;
inline constexpr std::uint32_t kStepsBit = 2;
inline constexpr std::uint32_t kLocksBit = 4;
inline constexpr std::uint32_t kHandsBit = 8;

/// Events of one chunk at most; a reader refuses more.
inline constexpr std::size_t kChunkEvents = 65'536;

}  // namespace poolscope::format
