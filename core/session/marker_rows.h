#pragma once

// The markers of a session's file: stored while it is recorded, and changed after that.
//
// Thread safety: one thread at a time for each file.

#include <filesystem>
#include <span>

#include "core/base/error.h"
#include "core/session/annotations.h"

namespace SQLite {
class Database;
}  // namespace SQLite

namespace poolscope {

/// Adds a row. Throws SQLite::Exception.
void insert_marker(SQLite::Database& database, const Marker& marker);

/// Makes `markers` the markers of the recording at `path`, all of them or none. It may be open for
/// reading. Errors: it cannot be written, it is being recorded, an older program has made it,
/// somebody else's file has the name of SQLite's journal.
Expected<void> replace_markers(const std::filesystem::path& path, std::span<const Marker> markers);

}  // namespace poolscope
