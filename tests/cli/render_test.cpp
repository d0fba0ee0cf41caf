// `poolscope render`: pictures for slides, captions and chapters of videos.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

const std::string kLesson =
    std::string(POOLSCOPE_SOURCE_DIR) + "/assets/lessons/S11-put-unpin-gc-lost.ops";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

nlohmann::json probe(const fs::path& file) {
  const Outcome probed = run({"ffprobe", "-v", "error", "-show_chapters", "-show_streams",
                              "-show_format", "-of", "json", file.string()});
  EXPECT_EQ(probed.exit_code, 0) << probed.err;
  return nlohmann::json::parse(probed.out);
}

class Render : public ::testing::Test {
 protected:
  Outcome render(const std::string& input, const std::string& output,
                 std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"render", input, "-o",     (folder_ / output).string(),
                                          "--lang", "en",  "--size", "640x360"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return poolscope(arguments);
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  /// The lesson as a session: it has a marker at the end of each of its nine lines.
  std::string recorded() {
    const fs::path file = elsewhere_ / "lost.poolscope";
    EXPECT_EQ(poolscope({"run", kLesson, "--record", file.string()}).exit_code, 0);
    return file.string();
  }

  TemporaryFolder folder_;
  TemporaryFolder elsewhere_;
};

const std::vector<std::string> kNine = {"s-01.png", "s-02.png", "s-03.png", "s-04.png", "s-05.png",
                                        "s-06.png", "s-07.png", "s-08.png", "s-09.png"};

TEST_F(Render, APictureAtEachMarker) {
  const std::string session = recorded();
  EXPECT_EQ(info(session).at("markers"), 9);
  const Outcome rendered = render(session, "s.png", {"--at", "markers"});
  ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
  EXPECT_EQ(files(), kNine);
  EXPECT_NE(text_of(folder_ / "s-01.png"), text_of(folder_ / "s-02.png"));
}

TEST_F(Render, EachLineOfAScriptIsAStep) {
  const Outcome rendered = render(kLesson, "s.png", {"--each-step"});
  ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
  EXPECT_EQ(files(), kNine);
}

TEST_F(Render, EachStepOfASessionHasItsPicture) {
  const std::string session = recorded();
  const Outcome rendered = render(session, "s.png", {"--each-step"});
  ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
  EXPECT_GT(files().size(), 5U);
}

TEST_F(Render, APictureIsOfThePoolThatIsMeant) {
  const fs::path session = elsewhere_ / "two.poolscope";
  ASSERT_EQ(poolscope({"record", "-o", session.string(), "--events", "3000", "--pools", "2",
                       "--seed", "5", "--rate", "max"})
                .exit_code,
            0);
  const auto picture = [&](const std::string& name, std::vector<std::string> more) {
    const Outcome made = render(session.string(), name, std::move(more));
    EXPECT_EQ(made.exit_code, 0) << made.err;
    return text_of(folder_ / name);
  };
  const std::string usual = picture("usual.png", {});
  EXPECT_EQ(picture("a.png", {"--pool", "A"}), usual);
  EXPECT_NE(picture("b.png", {"--pool", "B"}), usual);
  const Outcome refused = render(session.string(), "c.png", {"--pool", "C"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.err, "poolscope: " + session.string() + ": has no pool C: write one of A, B\n");
}

TEST_F(Render, ASeriesWhoseNameIsTakenChangesNothing) {
  std::ofstream(folder_ / "s-04.png") << "mine";
  const Outcome refused = render(kLesson, "s.png", {"--each-step"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("s-04.png: is there already"), std::string::npos) << refused.err;
  EXPECT_EQ(files(), std::vector<std::string>{"s-04.png"});
  EXPECT_EQ(text_of(folder_ / "s-04.png"), "mine");
  ASSERT_EQ(render(kLesson, "s.png", {"--each-step", "--overwrite"}).exit_code, 0);
  EXPECT_EQ(files(), kNine);
}

TEST_F(Render, ASessionWithoutMarkersHasNoSeriesOfThem) {
  const std::string golden = std::string(POOLSCOPE_TEST_DATA_DIR) + "/format-2.poolscope";
  const Outcome refused = render(golden, "s.png", {"--at", "markers"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("no marker"), std::string::npos) << refused.err;
  EXPECT_TRUE(files().empty());
}

TEST_F(Render, WhatDoesNotGoTogetherIsRefused) {
  const auto expect_refused = [&](const std::string& output, std::vector<std::string> flags,
                                  const std::string& why) {
    const Outcome refused = render(kLesson, output, std::move(flags));
    EXPECT_EQ(refused.exit_code, 2) << output;
    EXPECT_NE(refused.err.find(why), std::string::npos) << refused.err;
  };
  expect_refused("s.mp4", {"--at", "markers"}, "end the name in .png");
  expect_refused("s.mp4", {"--each-step"}, "end the name in .png");
  expect_refused("s.png", {"--captions"}, "captions beside it are of a video");
  expect_refused("s.gif", {"--audio"}, "only .mp4 and .webm have sound");
  expect_refused("s.png", {"--at", "markers", "--each-step"}, "--at");
  expect_refused("s.mp4", {"--captions", "doc"}, "doc");
  EXPECT_TRUE(files().empty());
}

TEST_F(Render, AVideoHasChaptersSoundAndCaptionsBesideIt) {
  if (run({"ffmpeg", "-version"}).exit_code != 0) GTEST_SKIP() << "ffmpeg is not installed";
  const std::string session = recorded();
  for (const std::string format : {"mp4", "webm"}) {
    const Outcome rendered =
        render(session, "talk." + format,
               {"--captions", "srt", "--overwrite", "--audio", "--fps", "10", "--speed", "2"});
    ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
    const nlohmann::json video = probe(folder_ / ("talk." + format));
    // The marker of the last line lies behind the last event.
    const auto& chapters = video.at("chapters");
    ASSERT_GE(chapters.size(), 5U);
    EXPECT_EQ(chapters.at(1).at("tags").at("title"), "put p0 A a");
    // An mp4 has its chapters in a stream of their own.
    ASSERT_GE(video.at("streams").size(), 2U);
    EXPECT_EQ(video.at("streams").at(0).at("pix_fmt"), "yuv420p");
    EXPECT_EQ(format == "mp4" ? video.at("streams").at(0).at("profile") : "High", "High");
    EXPECT_EQ(video.at("streams").at(1).at("codec_type"), "audio");
    const std::string said = text_of(folder_ / "talk.srt");
    EXPECT_TRUE(said.starts_with("1\n00:00:00,000 --> ")) << said;
    EXPECT_NE(said.find("#2 is lost"), std::string::npos) << said;
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"talk.mp4", "talk.srt", "talk.webm"}));
  const Outcome refused = render(session, "talk2.mp4", {"--captions"});
  EXPECT_EQ(refused.exit_code, 0) << "another name, another file of captions";
  fs::remove(folder_ / "talk.mp4");
  const Outcome taken = render(session, "talk.mp4", {"--captions"});
  EXPECT_EQ(taken.exit_code, 2);
  EXPECT_NE(taken.err.find("talk.srt: is there already"), std::string::npos) << taken.err;
}

TEST_F(Render, TheSameVideoTwiceHasTheSameFrames) {
  if (run({"ffmpeg", "-version"}).exit_code != 0) GTEST_SKIP() << "ffmpeg is not installed";
  const auto frames_of = [&](const std::string& name) {
    EXPECT_EQ(render(kLesson, name, {"--fps", "5", "--speed", "2"}).exit_code, 0);
    return run({"ffmpeg", "-v", "error", "-i", (folder_ / name).string(), "-f", "framemd5", "-"})
        .out;
  };
  const std::string once = frames_of("a.mp4");
  EXPECT_GT(once.size(), 500U);
  EXPECT_EQ(frames_of("b.mp4"), once);
}

TEST_F(Render, TheSizeOfAGifIsEstimatedBeforeItIsMade) {
  const Outcome made = render(kLesson, "size.gif", {"--fps", "50"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string begin = "size.gif: about ";
  const std::size_t at = made.err.find(begin);
  ASSERT_NE(at, std::string::npos) << made.err;
  double estimate = 0;
  std::string unit;
  std::istringstream(made.err.substr(at + begin.size())) >> estimate >> unit;
  estimate *= unit == "MB" ? 1e6 : 1e3;
  const auto size = static_cast<double>(fs::file_size(folder_ / "size.gif"));
  EXPECT_GT(estimate, size * 0.5) << made.err;
  EXPECT_LT(estimate, size * 2) << made.err;
  EXPECT_EQ(files(), std::vector<std::string>{"size.gif"}) << "a sample was left behind";
}

}  // namespace
}  // namespace poolscope::testing
