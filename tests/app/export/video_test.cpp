#include "app/export/video.h"

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::exporting {
namespace {

using platform::Picture;
using testing::TemporaryFolder;

constexpr int kWidth_px = 64;
constexpr int kHeight_px = 32;

Picture grey(std::uint8_t value) {
  return {kWidth_px, kHeight_px,
          std::vector<std::uint8_t>(std::size_t{3} * kWidth_px * kHeight_px, value)};
}

std::ptrdiff_t entries(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder),
                       std::filesystem::directory_iterator());
}

/// The number of frames that ffprobe counts, as text.
std::string frames_of(const std::filesystem::path& file) {
  const auto probed =
      testing::run({"ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0",
                    "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", file.string()});
  return probed.out.substr(0, probed.out.find_first_of(",\n"));
}

class VideoTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (testing::run({"ffmpeg", "-version"}).exit_code != 0) {
      GTEST_SKIP() << "ffmpeg is not installed";
    }
  }
};

TEST_P(VideoTest, HoldsEveryFrameAndLeavesNothingElseBehind) {
  const TemporaryFolder folder;
  VideoOptions options{.file = folder / ("talk" + std::string(GetParam())),
                       .format = VideoFormat::kMp4,
                       .width_px = kWidth_px,
                       .height_px = kHeight_px,
                       .fps = 25,
                       .palette = {}};
  options.format = video_format_of(options.file).value();
  const TemporaryFolder elsewhere;
  if (options.format == VideoFormat::kGif) {
    options.palette = elsewhere / "palette.png";
    ASSERT_TRUE(make_palette({grey(0), grey(200)}, options.palette));
  }
  auto video = Video::start(options);
  ASSERT_TRUE(video) << video.error().message;
  EXPECT_FALSE(std::filesystem::exists(options.file));
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE((*video)->add(grey(static_cast<std::uint8_t>(i * 20))));
  }
  const auto finished = (*video)->finish();
  ASSERT_TRUE(finished) << finished.error().message;
  EXPECT_EQ(frames_of(options.file), "10");
  EXPECT_EQ(entries(folder.path()), 1);
}

INSTANTIATE_TEST_SUITE_P(Formats, VideoTest, ::testing::Values(".mp4", ".webm", ".gif"));

TEST_F(VideoTest, GivenUpInTheMiddleLeavesNothing) {
  const TemporaryFolder folder;
  {
    auto video = Video::start({.file = folder / "x.mp4",
                               .format = VideoFormat::kMp4,
                               .width_px = kWidth_px,
                               .height_px = kHeight_px,
                               .fps = 25,
                               .palette = {}});
    ASSERT_TRUE(video);
    ASSERT_TRUE((*video)->add(grey(1)));
  }
  EXPECT_EQ(entries(folder.path()), 0);
}

TEST_F(VideoTest, AComplaintOfFfmpegIsOneLineWithTheFilesName) {
  const TemporaryFolder folder;
  auto video = Video::start({.file = folder / "odd.mp4",
                             .format = VideoFormat::kMp4,
                             .width_px = 63,  // not even: yuv420p cannot hold it
                             .height_px = 31,
                             .fps = 25,
                             .palette = {}});
  ASSERT_TRUE(video);
  Picture odd{63, 31, std::vector<std::uint8_t>(std::size_t{3} * 63 * 31, 0)};
  Expected<void> outcome;
  for (int i = 0; outcome && i < 2000; ++i) outcome = (*video)->add(odd);
  if (outcome) outcome = (*video)->finish();
  ASSERT_FALSE(outcome);
  EXPECT_NE(outcome.error().message.find("odd.mp4"), std::string::npos);
  EXPECT_EQ(outcome.error().message.find('\n'), std::string::npos);
  video->reset();
  EXPECT_EQ(entries(folder.path()), 0);
}

TEST(Child, AMissingProgramIsNamedWithWhatToDo) {
  const auto started = Child::start({"no-such-program-at-all"});
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().message.find("no-such-program-at-all"), std::string::npos);
  EXPECT_NE(started.error().message.find("install"), std::string::npos);
}

TEST(Child, TellsItsExitCodeAndWhatItComplainedOf) {
  auto child = Child::start({"sh", "-c", "cat >/dev/null; echo bad luck >&2; exit 3"});
  ASSERT_TRUE(child);
  const Child::End end = (*child)->finish();
  EXPECT_EQ(end.exit_code, 3);
  EXPECT_EQ(end.diagnostics, "bad luck\n");
}

TEST(Child, AReaderThatGoesAwayIsAFailedWriteAndNotTheEnd) {
  const SigpipeIgnored ignored;
  auto child = Child::start({"true"});
  ASSERT_TRUE(child);
  const std::vector<std::uint8_t> much(1'000'000);
  bool written = true;
  for (int i = 0; written && i < 10; ++i) written = (*child)->write(much);
  EXPECT_FALSE(written);
}

TEST(VideoFormat, IsToldByTheExtension) {
  EXPECT_EQ(video_format_of("a/b.mp4"), VideoFormat::kMp4);
  EXPECT_EQ(video_format_of("b.webm"), VideoFormat::kWebm);
  EXPECT_EQ(video_format_of("b.gif"), VideoFormat::kGif);
  EXPECT_FALSE(video_format_of("b.avi"));
}

}  // namespace
}  // namespace poolscope::exporting
