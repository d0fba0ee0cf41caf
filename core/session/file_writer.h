#pragma once

// The SQLite side of a recording: one new file, one connection, one open transaction between two
// commits.
//
// The journal is a rollback journal, not a WAL: a recording only ever appends, so there is little
// to journal; the file is whole by itself after every commit, also when only the one file is copied
// away from a program that was killed; and SQLite 3.40 has a fault in WALs.
//
// Thread safety: one thread at a time.
// Invariants: a reader sees whole commits only. A file that never had its first commit is removed.
// What somebody else has is never touched: a file that is being recorded, one that merely has the
// name of SQLite's journal, and, until the new one is made, the one that it replaces.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/session/annotations.h"
#include "core/session/chunk_info.h"
#include "core/session/compression.h"
#include "core/session/event_codec.h"
#include "core/session/held_file.h"
#include "core/trace/event.h"

namespace poolscope {

class FileWriter {
 public:
  /// Makes the file at `path` with its tables, `base` as its first keyframe, and commits. Errors:
  /// it exists and `overwrite` is not set, somebody records into it, a file that is not SQLite's
  /// stands where its journal would, it cannot be made or written; then nothing has changed.
  static Expected<std::unique_ptr<FileWriter>> create(const std::filesystem::path& path,
                                                      bool overwrite, const Model& base,
                                                      const std::string& program);

  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  /// Stores `events`, whose seq is dense, as one chunk; one that begins with the same event is
  /// replaced. Returns the chunk's size in bytes. After an error only the destructor may be called,
  /// here and below.
  Expected<std::size_t> put_chunk(std::span<const Event> events);
  /// Stores a chunk that is packed already, in this program's format.
  Expected<void> put_packed_chunk(const ChunkInfo& chunk, std::span<const std::uint8_t> packed);
  /// Stores `model` as the state before the event model.seq + 1. Returns its size in bytes.
  Expected<std::size_t> put_keyframe(const Model& model);
  /// Stores `segment`, and `base`, the keyframe with which it starts. Returns the keyframe's size.
  Expected<std::size_t> put_segment(const Segment& segment, const Model& base);
  Expected<void> put_marker(const Marker& marker);
  /// Deletes the markers from event `seq` on.
  Expected<void> drop_markers_from(std::uint64_t seq);
  Expected<void> put_view(const ViewChange& change);
  /// Replaces the one that the same thing had.
  Expected<void> put_name(const Name& name);
  Expected<void> drop_name(Name::Of of, std::uint64_t id);
  /// What meta says of the session: the configuration of its first segment.
  Expected<void> put_config(const SessionConfig& config);
  /// Deletes everything that lies before the keyframe of `seq`, a chunk boundary.
  Expected<void> drop_before(std::uint64_t seq);
  /// Makes what was put since the last commit part of the file.
  Expected<void> commit();
  /// Commits, marks the file as cleanly closed, and lets go of it. Called once, last.
  Expected<void> close();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit FileWriter(std::filesystem::path path) : path_(std::move(path)) {}

  Expected<void> make(const Model& base, const std::string& program);
  Expected<void> replace(const std::filesystem::path& old);
  void connect();
  void prepare(const Model& base, const std::string& program);
  void store_segment(const Segment& segment);
  void prepare_statements();
  void begin();
  std::size_t store_keyframe(const Model& model);
  template <class Body>
  Expected<void> guarded(Body body);

  std::filesystem::path path_;
  std::unique_ptr<HeldFile> held_;  // before the database: it goes after it
  std::unique_ptr<SQLite::Database> database_;
  std::optional<SQLite::Transaction> transaction_;
  std::optional<SQLite::Statement> insert_chunk_;
  std::optional<SQLite::Statement> insert_keyframe_;
  EventPacker packer_;
  Compressor compressor_;
};

}  // namespace poolscope
