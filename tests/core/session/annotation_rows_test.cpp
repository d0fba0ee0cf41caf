#include "core/session/annotation_rows.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

class AnnotationRows : public ::testing::Test {
 protected:
  void SetUp() override {
    const RealSession& session = real_session();
    record(file_, initial_model(session.config), std::span(session.events).first(3000));
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "marked.poolscope";
};

const std::vector<Marker> kMarkers = {
    {.seq = 12, .time_ns = 500, .title = "The first steal", .note = "100 %d \"%n\" 偷取"},
    {.seq = 900, .time_ns = 90'000, .followed = GId{2}, .layout = "workbench", .tab = "source"}};

TEST_F(AnnotationRows, ReplaceThoseOfAFileThatIsBeingRead) {
  const auto before = opened(file_);
  ASSERT_TRUE(replace_annotations(file_, {.markers = kMarkers}));
  EXPECT_TRUE(before->markers().empty());
  EXPECT_TRUE(verifies(*before));
  const auto after = opened(file_);
  EXPECT_EQ(after->markers(), kMarkers);
  EXPECT_TRUE(verifies(*after));
  EXPECT_TRUE(after->closed_cleanly());
  ASSERT_TRUE(replace_annotations(file_, {.markers = std::vector<Marker>{kMarkers[0]}}));
  EXPECT_EQ(opened(file_)->markers().size(), 1U);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(AnnotationRows, OfTheViewAreReplacedAloneOrWithMarkers) {
  const std::vector<ViewChange> views = {
      {.seq = 1, .time_ns = 10, .what = "tab", .value = "memory"},
      {.seq = 70, .time_ns = 9'000, .what = "follow", .value = "G2"}};
  ASSERT_TRUE(replace_annotations(file_, {.markers = kMarkers}));
  ASSERT_TRUE(replace_annotations(file_, {.views = views}));
  EXPECT_EQ(opened(file_)->views(), views);
  EXPECT_EQ(opened(file_)->markers(), kMarkers) << "what was not named stays";
  ASSERT_TRUE(replace_annotations(
      file_, {.markers = std::vector<Marker>{}, .views = std::vector<ViewChange>{views[1]}}));
  const auto after = opened(file_);
  EXPECT_TRUE(after->markers().empty());
  EXPECT_EQ(after->views(), std::vector<ViewChange>{views[1]});
  EXPECT_TRUE(verifies(*after));
}

TEST_F(AnnotationRows, OfAFileThatIsBeingRecordedStayAsTheyAre) {
  const std::filesystem::path file = folder_ / "recorded.poolscope";
  auto recorder = Recorder::create(file, false, initial_model(real_session().config), {});
  ASSERT_TRUE(recorder) << recorder.error().message;
  const auto refused = replace_annotations(file, {.markers = kMarkers});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(file.string()), std::string::npos);
  ASSERT_TRUE((*recorder)->close());
  EXPECT_TRUE(opened(file)->markers().empty());
}

TEST_F(AnnotationRows, OfAnOlderFormatStayAsTheyAre) {
  const std::filesystem::path file = folder_ / "format-2.poolscope";
  std::filesystem::copy_file(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-2.poolscope",
                             file);
  const auto markers = opened(file)->markers();
  const auto refused = replace_annotations(file, {.markers = kMarkers});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("poolscope cut"), std::string::npos)
      << refused.error().message;
  EXPECT_EQ(opened(file)->markers(), markers);
}

TEST_F(AnnotationRows, BesideSomebodyElsesFileWithTheNameOfTheJournalStayAsTheyAre) {
  const std::filesystem::path beside = file_.string() + "-journal";
  std::ofstream(beside) << "a diary";
  const auto refused = replace_annotations(file_, {.markers = kMarkers});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(beside.string()), std::string::npos);
  std::string kept;
  std::getline(std::ifstream(beside), kept);
  EXPECT_EQ(kept, "a diary");
  EXPECT_TRUE(opened(file_)->markers().empty());
}

TEST_F(AnnotationRows, ThroughALinkAreThoseOfWhatItLeadsToAndNeverBesideSomebodyElsesFile) {
  std::filesystem::create_directory(folder_ / "links");
  const std::filesystem::path link = folder_ / "links" / "link.poolscope";
  std::filesystem::create_symlink(file_, link);
  ASSERT_TRUE(replace_annotations(link, {.markers = kMarkers}));
  EXPECT_EQ(opened(file_)->markers(), kMarkers);
  const std::filesystem::path beside = file_.string() + "-journal";
  std::ofstream(beside) << "a diary";
  EXPECT_FALSE(replace_annotations(link, {.markers = std::vector<Marker>{}}));
  EXPECT_TRUE(std::filesystem::exists(beside));
}

TEST_F(AnnotationRows, OfWhatIsNoSessionAreNotWritten) {
  EXPECT_FALSE(replace_annotations(folder_ / "nowhere.poolscope", {.markers = kMarkers}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "nowhere.poolscope"));
}

}  // namespace
}  // namespace poolscope::testing
