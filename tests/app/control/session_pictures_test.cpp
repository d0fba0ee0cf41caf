// Of which moment the small picture of a recording is, and when it is read again.

#include "app/control/session_pictures.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/control/session_files.h"
#include "core/session/annotation_rows.h"
#include "core/session/annotations.h"
#include "core/session/reader.h"
#include "tests/app/control/window_time.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

class SessionPicturesTest : public ::testing::Test {
 protected:
  fs::path copy(const std::string& name) {
    fs::path file = folder_ / name;
    fs::copy_file(fs::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope", file);
    EXPECT_TRUE(replace_annotations(file, {.markers = std::vector<Marker>()}));
    return file;
  }
  std::vector<SessionFile> files() { return find_session_files(folder_.path(), {}, 10); }
  /// Until nothing is left to read.
  static void read_all(SessionPictures& pictures) {
    static_cast<void>(pictures.update());
    EXPECT_TRUE(testing::turn_until([&] { static_cast<void>(pictures.update()); },
                                    [&] { return !pictures.busy(); }));
  }

  testing::TemporaryFolder folder_;
};

TEST_F(SessionPicturesTest, AreOfTheFirstMarkerOrOfTheMiddle) {
  const fs::path file = copy("talk.poolscope");
  const auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  const auto middle = session_moment(file);
  ASSERT_NE(middle, nullptr);
  const std::int64_t begin_ns = (*reader)->origin().time_ns;
  EXPECT_GT(middle->time_ns, begin_ns + (*reader)->duration_ns() / 4);
  EXPECT_LE(middle->time_ns, begin_ns + (*reader)->duration_ns() / 2);
  const std::uint64_t seq = (*reader)->origin().seq + (*reader)->event_count() / 5;
  const auto there = (*reader)->model_at(seq);
  ASSERT_TRUE(there) << there.error().message;
  const Marker marker{.seq = seq, .time_ns = there->time_ns};
  ASSERT_TRUE(replace_annotations(file, {.markers = std::vector<Marker>{marker}}));
  const auto marked = session_moment(file);
  ASSERT_NE(marked, nullptr);
  EXPECT_EQ(*marked, *there);
}

TEST_F(SessionPicturesTest, OfAFileThatCannotBeReadThereIsNone) {
  std::ofstream(folder_ / "bad.poolscope") << "no session";
  EXPECT_EQ(session_moment(folder_ / "bad.poolscope"), nullptr);
  SessionPictures pictures;
  const SessionFile bad{.path = folder_ / "bad.poolscope"};
  const SessionFile script{.path = folder_ / "mine.ops", .script = true};
  pictures.want({bad, script});
  read_all(pictures);
  EXPECT_EQ(pictures.of(bad), nullptr);
  EXPECT_FALSE(pictures.update());
  EXPECT_FALSE(pictures.busy()) << "it is not read again and again";
}

TEST_F(SessionPicturesTest, AreReadOnceUntilTheFileHasChanged) {
  const fs::path file = copy("talk.poolscope");
  SessionPictures pictures;
  pictures.want(files());
  read_all(pictures);
  const auto first = pictures.of(files().front());
  ASSERT_NE(first, nullptr);
  pictures.want(files());
  read_all(pictures);
  EXPECT_EQ(pictures.of(files().front()), first);

  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(1));
  EXPECT_EQ(pictures.of(files().front()), nullptr);
  pictures.want(files());
  read_all(pictures);
  EXPECT_NE(pictures.of(files().front()), nullptr);
  EXPECT_NE(pictures.of(files().front()), first);
}

TEST_F(SessionPicturesTest, TheSmallestComesFirst) {
  copy("a.poolscope");
  copy("b.poolscope");
  std::vector<SessionFile> all = files();
  ASSERT_EQ(all.size(), 2U);
  all[0].bytes = 1'000'000'000;
  SessionPictures pictures;
  pictures.want(all);
  // One comes after the other.
  ASSERT_TRUE(testing::turn_until(
      [&] { static_cast<void>(pictures.update()); },
      [&] { return pictures.of(all[0]) != nullptr || pictures.of(all[1]) != nullptr; }));
  EXPECT_EQ(pictures.of(all[0]), nullptr);
  read_all(pictures);
  EXPECT_NE(pictures.of(all[0]), nullptr);
}

TEST_F(SessionPicturesTest, ComeIntoTheListOfFilesOneByOne) {
  copy("talk.poolscope");
  SessionFiles list;
  list.look(folder_.path(), {}, "");
  std::vector<bool> have_picture;
  ASSERT_TRUE(testing::turn_until(
      [&] {
        const auto found = list.take_found();
        if (found != nullptr) have_picture.push_back(found->files.front().pictured != nullptr);
      },
      [&] { return have_picture.size() == 2; }));
  EXPECT_EQ(have_picture, (std::vector<bool>{false, true})) << "the list does not wait for them";
}

TEST_F(SessionPicturesTest, AreKeptWhileAPathIsTyped) {
  copy("talk.poolscope");
  SessionFiles list;
  std::shared_ptr<const FoundFiles> found;
  const auto look_until = [&](const std::string& typed, const auto& done) {
    list.look(folder_.path(), {}, typed);
    return testing::turn_until(
        [&] {
          if (auto now = list.take_found()) found = std::move(now);
        },
        [&] { return found != nullptr && found->typed == typed && done(); });
  };
  ASSERT_TRUE(look_until("", [&] { return found->files.front().pictured != nullptr; }));
  const auto picture = found->files.front().pictured;
  ASSERT_TRUE(look_until("x", [] { return true; }));
  found = nullptr;
  ASSERT_TRUE(look_until("", [] { return true; }));
  EXPECT_EQ(found->files.front().pictured, picture) << "it is read again";
}

}  // namespace
}  // namespace poolscope
