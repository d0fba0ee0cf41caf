#include "app/control/session_files.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/annotation_rows.h"
#include "core/session/session_writer.h"
#include "tests/app/control/window_time.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

class SessionFilesTest : public ::testing::Test {
 protected:
  /// An empty session, changed so many seconds ago.
  fs::path make(const std::string& name, int seconds_ago) {
    fs::path file = folder_ / name;
    auto writer = SessionWriter::create(file, false, initial_model({}), {});
    EXPECT_TRUE(writer) << writer.error().message;
    EXPECT_TRUE((*writer)->close());
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::seconds(seconds_ago));
    return file;
  }
  testing::TemporaryFolder folder_;
};

TEST_F(SessionFilesTest, AreThoseOpenedLatelyAndThenTheRecordingsTheNewestFirst) {
  const fs::path old = make("old.poolscope", 100);
  const fs::path newest = make("new.poolscope", 1);
  const fs::path middle = make("middle.poolscope", 50);
  ASSERT_TRUE(replace_annotations(middle, {.markers = std::vector<Marker>(3)}));
  fs::last_write_time(middle, fs::file_time_type::clock::now() - std::chrono::seconds(50));
  std::ofstream(folder_ / "notes.txt") << "no session";
  std::ofstream(folder_ / "damaged.poolscope") << "no session either";
  const fs::path script = folder_ / "mine.ops";
  std::ofstream(script) << "procs 2\n";
  const auto files =
      find_session_files(folder_.path(), {old, script, folder_ / "gone.poolscope"}, 10);
  ASSERT_EQ(files.size(), 4U);
  EXPECT_EQ(files[0].path, old);
  EXPECT_EQ(files[1].path, script);
  EXPECT_TRUE(files[1].script);
  EXPECT_EQ(files[2].path, newest);
  EXPECT_FALSE(files[2].started.empty());
  EXPECT_GT(files[2].bytes, 0U);
  EXPECT_EQ(files[3].path, middle);
  EXPECT_EQ(files[3].markers, 3U);
  EXPECT_EQ(find_session_files(folder_.path(), {}, 2).size(), 2U);
  EXPECT_TRUE(find_session_files(folder_ / "nowhere", {}, 10).empty());
}

TEST_F(SessionFilesTest, APathIsCompletedByFoldersSessionsAndScripts) {
  make("lecture-1.poolscope", 1);
  make("lecture-2.poolscope", 1);
  fs::create_directory(folder_ / "lectures");
  std::ofstream(folder_ / "lecture.txt") << "no session";
  std::ofstream(folder_ / ".lecture.ops") << "hidden";
  const std::string begin = (folder_ / "lec").string();
  const auto paths = paths_that_begin_with(begin);
  ASSERT_EQ(paths.size(), 3U);
  EXPECT_EQ(paths[0], (folder_ / "lecture-1.poolscope").string());
  EXPECT_EQ(paths[2], (folder_ / "lectures").string() + "/");
  EXPECT_EQ(common_begin(paths), (folder_ / "lecture").string());
  EXPECT_EQ(paths_that_begin_with(folder_.path().string() + "/.lec").size(), 1U);
  EXPECT_TRUE(paths_that_begin_with("/nowhere/at/all").empty());
  EXPECT_EQ(common_begin({}), "");
  EXPECT_EQ(common_begin({"课程", "课时"}), "课") << "half a letter";
}

TEST_F(SessionFilesTest, AreLookedForBesideTheWindow) {
  make("one.poolscope", 1);
  SessionFiles files;
  std::shared_ptr<const FoundFiles> found;
  const auto wait = [&] {
    found = nullptr;
    return testing::turn_until(
        [&] {
          if (auto now = files.take_found()) found = std::move(now);
        },
        [&] { return found != nullptr; });
  };
  files.look(folder_.path(), {}, "");
  ASSERT_TRUE(wait());
  EXPECT_EQ(found->files.size(), 1U);
  EXPECT_TRUE(found->paths.empty());
  files.look(folder_.path(), {}, (folder_ / "o").string());
  ASSERT_TRUE(wait());
  EXPECT_EQ(found->completed, (folder_ / "one.poolscope").string());
}

}  // namespace
}  // namespace poolscope
