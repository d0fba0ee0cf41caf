#include "core/session/sqlite_error.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

std::string message_of(const std::filesystem::path& path, int code) {
  return sqlite_error(path, "write", SQLite::Exception("disk I/O error", code)).message;
}

TEST(SqliteError, OfAFileThatIsGoneSaysSo) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder / "x.poolscope";
  const std::string gone = "it was moved or deleted while it was in use";
  EXPECT_NE(message_of(file, SQLITE_IOERR).find(gone), std::string::npos);
  std::ofstream(file) << "it is there";
  EXPECT_EQ(message_of(file, SQLITE_IOERR).find(gone), std::string::npos);
  EXPECT_NE(message_of(file, SQLITE_IOERR).find("see that its disk is there"), std::string::npos);
  EXPECT_NE(message_of(file, SQLITE_FULL).find("free some space"), std::string::npos);
}

}  // namespace
}  // namespace poolscope
