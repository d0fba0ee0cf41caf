#pragma once

// The markers and the view track of a session's file: stored while it is recorded, and changed
// after that.
//
// Thread safety: one thread at a time for each file.

#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/session/annotations.h"

namespace SQLite {
class Database;
}  // namespace SQLite

namespace poolscope {

/// Adds a row. Throws SQLite::Exception.
void insert_marker(SQLite::Database& database, const Marker& marker);
void insert_view(SQLite::Database& database, const ViewChange& change);

/// All that a file is to have of each; nullopt: what it has.
struct Annotations {
  std::optional<std::vector<Marker>> markers;
  std::optional<std::vector<ViewChange>> views;
};

/// Whether replace_annotations() can be expected to work now; errors as there.
Expected<void> check_annotations_can_change(const std::filesystem::path& path);

/// Makes these the markers and the view track of the recording at `path`, all of them or none. It
/// may be open for reading. Errors: it cannot be written, it is being recorded, an older program
/// has made it, somebody else's file has the name of SQLite's journal.
Expected<void> replace_annotations(const std::filesystem::path& path,
                                   const Annotations& annotations);

}  // namespace poolscope
