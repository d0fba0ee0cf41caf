#include "core/session/annotation_rows.h"

#include <cstdint>
#include <memory>
#include <system_error>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/session/format.h"
#include "core/session/held_file.h"
#include "core/session/sqlite_error.h"
#include "core/session/stored_values.h"
#include "core/session/unfinished_file.h"

namespace poolscope {
namespace {

// Somebody who reads the file holds it for moments only.
constexpr int kWaits_ms = 2'000;

Expected<void> refuse_what_cannot_be_written(const std::filesystem::path& path) {
  if (auto free = refuse_while_recorded(path); !free) return free;
  if (auto free = check_companions(path, true); !free) return free;
  // SQLite makes its journal beside the file.
  const bool writable =
      ::access(path.c_str(), W_OK) == 0 && ::access(path.parent_path().c_str(), W_OK | X_OK) == 0;
  if (writable) return {};
  return failed(fmt::format(
      "{}: cannot be written, so it stays as it was: copy it to a folder of yours", path.string()));
}

/// The file itself, which can be written. As SQLite does, which looks for its journal beside what a
/// link leads to.
Expected<std::filesystem::path> file_to_change(const std::filesystem::path& path) {
  std::error_code gone;
  std::filesystem::path file = std::filesystem::canonical(path, gone);
  if (gone) return failed(fmt::format("{}: {}", path.string(), gone.message()));
  if (auto can = refuse_what_cannot_be_written(file); !can) {
    return tl::make_unexpected(can.error());
  }
  return file;
}

Expected<void> refuse_older_format(const SQLite::Database& database,
                                   const std::filesystem::path& path) {
  SQLite::Statement version(database, "PRAGMA user_version");
  version.executeStep();
  if (version.getColumn(0).getUInt() == format::kFormatVersion) return {};
  return failed(fmt::format(
      "{}: made by an older poolscope, whose files cannot be changed: poolscope cut makes a new "
      "file of it",
      path.string()));
}

}  // namespace

void insert_marker(SQLite::Database& database, const Marker& marker) {
  SQLite::Statement statement(
      database,
      "INSERT INTO markers(seq, time_ns, title, note, followed_g, followed_object, layout, tab, "
      "speed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.bind(1, stored(marker.seq));
  statement.bind(2, marker.time_ns);
  statement.bind(3, cut(marker.title));
  statement.bind(4, cut(marker.note));
  if (marker.followed.valid()) statement.bind(5, std::int64_t{marker.followed.value});
  if (marker.followed_object.valid()) {
    statement.bind(6, std::int64_t{marker.followed_object.value});
  }
  if (marker.layout) statement.bind(7, cut(*marker.layout));
  if (marker.tab) statement.bind(8, cut(*marker.tab));
  if (marker.speed) statement.bind(9, cut(*marker.speed));
  statement.exec();
}

void insert_view(SQLite::Database& database, const ViewChange& change) {
  SQLite::Statement statement(database,
                              "INSERT INTO views(seq, time_ns, what, value) VALUES(?, ?, ?, ?)");
  statement.bind(1, stored(change.seq));
  statement.bind(2, change.time_ns);
  statement.bind(3, cut(change.what));
  statement.bind(4, cut(change.value));
  statement.exec();
}

Expected<void> check_annotations_can_change(const std::filesystem::path& path) {
  const auto file = file_to_change(path);
  if (!file) return tl::make_unexpected(file.error());
  try {
    const SQLite::Database database(file->string(), SQLite::OPEN_READONLY, kWaits_ms);
    return refuse_older_format(database, path);
  } catch (const SQLite::Exception& exception) {
    return tl::make_unexpected(sqlite_error(*file, "read", exception));
  }
}

Expected<void> replace_annotations(const std::filesystem::path& path,
                                   const Annotations& annotations) {
  const auto file = file_to_change(path);
  if (!file) return tl::make_unexpected(file.error());
  const auto held = HeldFile::open(*file);
  if (!held) return tl::make_unexpected(held.error());
  try {
    SQLite::Database database(file->string(), SQLite::OPEN_READWRITE, kWaits_ms);
    database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    if (auto can = refuse_older_format(database, path); !can) return can;
    SQLite::Transaction all_or_none(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (annotations.markers) {
      database.exec("DELETE FROM markers");
      for (const Marker& marker : *annotations.markers) insert_marker(database, marker);
    }
    if (annotations.views) {
      database.exec("DELETE FROM views");
      for (const ViewChange& change : *annotations.views) insert_view(database, change);
    }
    all_or_none.commit();
  } catch (const SQLite::Exception& exception) {
    return tl::make_unexpected(sqlite_error(*file, "write", exception));
  }
  return {};
}

}  // namespace poolscope
