#include "core/session/sqlite_error.h"

#include <system_error>

#include <fmt/format.h>
#include <sqlite3.h>

namespace poolscope {
namespace {

std::string_view advice(int code) {
  switch (code) {
    case SQLITE_FULL: return "free some space on that disk";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "close the other program that uses it";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return "see that the file and its folder may be read and written";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return "the file is damaged; take an intact copy";
    case SQLITE_IOERR: return "see that its disk is there, has room, and works";
    default: return "try again";
  }
}

/// Whether the file, its journal or its folder has been taken away under SQLite.
bool was_taken_away(const std::filesystem::path& path, const SQLite::Exception& exception) {
  std::error_code ignored;
  switch (exception.getExtendedErrorCode()) {
    case SQLITE_READONLY_DBMOVED:
    case SQLITE_IOERR_DELETE:
    case SQLITE_IOERR_DELETE_NOENT: return true;
    default: break;
  }
  return exception.getErrorCode() == SQLITE_IOERR && !std::filesystem::exists(path, ignored);
}

}  // namespace

Error sqlite_error(const std::filesystem::path& path, std::string_view verb,
                   const SQLite::Exception& exception) {
  if (was_taken_away(path, exception)) {
    return {Error::Kind::kFailed,
            fmt::format("{}: cannot {} it: it was moved or deleted while it was in use: "
                        "leave a session in its place until it is closed",
                        path.string(), verb)};
  }
  return {Error::Kind::kFailed, fmt::format("{}: cannot {} it: {}: {}", path.string(), verb,
                                            exception.what(), advice(exception.getErrorCode()))};
}

}  // namespace poolscope
