#include "core/session/file_writer.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/base/check.h"
#include "core/session/annotation_rows.h"
#include "core/session/config_json.h"
#include "core/session/format.h"
#include "core/session/model_codec.h"
#include "core/session/sqlite_error.h"
#include "core/session/stored_values.h"
#include "core/session/unfinished_file.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

// A reader in another program holds the file for moments only.
constexpr int kWriterWaits_ms = 10'000;

std::string now_utc() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

void put_meta(SQLite::Database& database, const char* key, const std::string& value) {
  SQLite::Statement statement(database, "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)");
  statement.bind(1, key);
  statement.bind(2, value);
  statement.exec();
}

}  // namespace

Expected<std::unique_ptr<FileWriter>> FileWriter::create(const fs::path& path, bool overwrite,
                                                         const Model& base,
                                                         const std::string& program) {
  std::error_code path_error;
  fs::path absolute = fs::absolute(path, path_error);
  if (path_error || path.empty()) return bad_input("the session file needs a name");
  const auto there = check_session_output(absolute, overwrite);
  if (!there) return tl::make_unexpected(there.error());
  std::unique_ptr<FileWriter> writer(
      new FileWriter(*there ? unfinished_session(absolute) : absolute));
  // The words of an error name what was asked for.
  const auto made = [&]() -> Expected<void> {
    const int descriptor =
        ::open(writer->path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0) return cannot_make_session(absolute);
    ::close(descriptor);
    auto written = writer->make(base, program);
    if (written && *there) written = writer->replace(absolute);
    if (written) return written;
    const fs::path unfinished = writer->path_;
    writer.reset();
    remove_with_companions(unfinished);
    return written;
  }();
  if (!made) return tl::make_unexpected(made.error());
  return writer;
}

Expected<void> FileWriter::make(const Model& base, const std::string& program) {
  auto held = HeldFile::open(path_);
  if (!held) return tl::make_unexpected(held.error());
  held_ = std::move(*held);
  if (!held_->claim()) return failed(fmt::format("{}: is in use: try again", path_.string()));
  return guarded([&] {
    connect();
    prepare(base, program);
  });
}

/// Puts the file, which is whole, into the place of `old`.
Expected<void> FileWriter::replace(const fs::path& old) {
  insert_chunk_.reset();
  insert_keyframe_.reset();
  database_.reset();
  if (auto taken = take_place(path_, old); !taken) return taken;
  path_ = old;
  return guarded([&] {
    connect();
    prepare_statements();
  });
}

template <class Body>
Expected<void> FileWriter::guarded(Body body) {
  check(path_.is_absolute(), "the writer has a file");
  try {
    body();
  } catch (const SQLite::Exception& exception) {
    return tl::make_unexpected(sqlite_error(path_, "write", exception));
  }
  return {};
}

void FileWriter::begin() {
  if (!transaction_) transaction_.emplace(*database_);
}

void FileWriter::connect() {
  database_ =
      std::make_unique<SQLite::Database>(path_.string(), SQLite::OPEN_READWRITE, kWriterWaits_ms);
  // Nothing here is secret: what is deleted need not be overwritten, as Debian's SQLite would.
  database_->exec(
      "PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF");
}

void FileWriter::prepare(const Model& base, const std::string& program) {
  begin();
  database_->exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                              format::kApplicationId, format::kFormatVersion));
  database_->exec(format::kSchema);
  put_meta(*database_, format::kConfigKey, config_to_json(base.config).dump());
  put_meta(*database_, format::kProgramKey, program);
  put_meta(*database_, format::kClosedCleanlyKey, "0");
  put_meta(*database_, format::kPidKey, std::to_string(::getpid()));
  put_meta(*database_, format::kStartedKey, now_utc());
  prepare_statements();
  store_keyframe(base);
  store_segment({base.seq, base.time_ns, base.config.details});
  transaction_->commit();
  transaction_.reset();
}

void FileWriter::prepare_statements() {
  insert_chunk_.emplace(*database_, "INSERT OR REPLACE INTO chunks VALUES(?, ?, ?, ?, ?)");
  insert_keyframe_.emplace(*database_, "INSERT OR REPLACE INTO keyframes VALUES(?, ?, ?)");
}

Expected<std::size_t> FileWriter::put_chunk(std::span<const Event> events) {
  const Bytes packed = packer_.pack(events);
  const auto written = put_packed_chunk(
      {events.front().seq, events.size(), events.front().time_ns, events.back().time_ns}, packed);
  if (!written) return tl::make_unexpected(written.error());
  return packed.size();
}

Expected<void> FileWriter::put_packed_chunk(const ChunkInfo& chunk,
                                            std::span<const std::uint8_t> packed) {
  return guarded([&] {
    begin();
    SQLite::Statement& statement = *insert_chunk_;
    statement.reset();
    statement.bind(1, stored(chunk.first_seq));
    statement.bind(2, stored(chunk.count));
    statement.bind(3, chunk.first_time_ns);
    statement.bind(4, chunk.last_time_ns);
    statement.bindNoCopy(5, packed.data(), static_cast<int>(packed.size()));
    statement.exec();
    statement.clearBindings();
  });
}

std::size_t FileWriter::store_keyframe(const Model& model) {
  const Bytes packed = compressor_.compress(encode_model(model));
  begin();
  SQLite::Statement& statement = *insert_keyframe_;
  statement.reset();
  statement.bind(1, stored(model.seq));
  statement.bind(2, model.time_ns);
  statement.bindNoCopy(3, packed.data(), static_cast<int>(packed.size()));
  statement.exec();
  statement.clearBindings();
  return packed.size();
}

Expected<std::size_t> FileWriter::put_keyframe(const Model& model) {
  std::size_t size = 0;
  const auto written = guarded([&] { size = store_keyframe(model); });
  if (!written) return tl::make_unexpected(written.error());
  return size;
}

Expected<std::size_t> FileWriter::put_segment(const Segment& segment, const Model& base) {
  std::size_t size = 0;
  const auto written = guarded([&] {
    size = store_keyframe(base);
    store_segment(segment);
  });
  if (!written) return tl::make_unexpected(written.error());
  return size;
}

Expected<void> FileWriter::put_marker(const Marker& marker) {
  return guarded([&] {
    begin();
    insert_marker(*database_, marker);
  });
}

Expected<void> FileWriter::drop_markers_from(std::uint64_t seq) {
  return guarded([&] {
    begin();
    SQLite::Statement statement(*database_, "DELETE FROM markers WHERE seq >= ?");
    statement.bind(1, stored(seq));
    statement.exec();
  });
}

Expected<void> FileWriter::put_view(const ViewChange& change) {
  return guarded([&] {
    begin();
    insert_view(*database_, change);
  });
}

Expected<void> FileWriter::put_name(const Name& name) {
  return guarded([&] {
    begin();
    SQLite::Statement statement(*database_,
                                "INSERT OR REPLACE INTO names(kind, id, text) VALUES(?, ?, ?)");
    statement.bind(1, static_cast<int>(name.of));
    statement.bind(2, stored(name.id));
    statement.bind(3, cut(name.text));
    statement.exec();
  });
}

Expected<void> FileWriter::drop_name(Name::Of of, std::uint64_t id) {
  return guarded([&] {
    begin();
    SQLite::Statement statement(*database_, "DELETE FROM names WHERE kind = ? AND id = ?");
    statement.bind(1, static_cast<int>(of));
    statement.bind(2, stored(id));
    statement.exec();
  });
}

Expected<void> FileWriter::put_config(const SessionConfig& config) {
  return guarded([&] {
    begin();
    put_meta(*database_, format::kConfigKey, config_to_json(config).dump());
  });
}

void FileWriter::store_segment(const Segment& segment) {
  const Details& details = segment.details;
  const std::uint32_t bits =
      (details.pins ? format::kPinsBit : 0) | (details.steps ? format::kStepsBit : 0) |
      (details.locks ? format::kLocksBit : 0) | (details.hands ? format::kHandsBit : 0);
  SQLite::Statement statement(*database_,
                              "INSERT INTO segments(seq, time_ns, details) VALUES(?, ?, ?)");
  statement.bind(1, stored(segment.seq));
  statement.bind(2, segment.time_ns);
  statement.bind(3, bits);
  statement.exec();
}

Expected<void> FileWriter::drop_before(std::uint64_t seq) {
  return guarded([&] {
    begin();
    for (const char* sql :
         {"DELETE FROM chunks WHERE first_seq <= ?", "DELETE FROM keyframes WHERE seq < ?",
          "DELETE FROM markers WHERE seq < ?",
          // Of these, the last one before holds on.
          "DELETE FROM views WHERE id NOT IN (SELECT max(id) FROM views WHERE seq < ?1 GROUP BY "
          "what)"
          " AND seq < ?1",
          "DELETE FROM segments WHERE seq < (SELECT max(seq) FROM segments WHERE seq <= ?1)"}) {
      SQLite::Statement statement(*database_, sql);
      statement.bind(1, stored(seq));
      statement.exec();
    }
  });
}

Expected<void> FileWriter::commit() {
  return guarded([&] {
    if (!transaction_) return;
    transaction_->commit();
    transaction_.reset();
  });
}

Expected<void> FileWriter::close() {
  return guarded([&] {
    begin();
    put_meta(*database_, format::kClosedCleanlyKey, "1");
    transaction_->commit();
    transaction_.reset();
    insert_chunk_.reset();
    insert_keyframe_.reset();
    database_.reset();
    held_.reset();
  });
}

}  // namespace poolscope
