#include "app/main/file_job.h"

#include <algorithm>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace poolscope::app {
namespace {

using ::testing::ElementsAre;

TEST(FileOfASession, APageIsInTheWindowsLanguageAndOfThePartThatIsLooped) {
  views::ViewState state;
  state.language = "zh";
  state.save_as = {.kind = intents::FileKind::kPage, .path = "/home/me/talk.html"};
  SessionStatus session;
  const FileSource source{.session = "/home/me/talk.poolscope"};
  EXPECT_THAT(command_for(source, state, session),
              ElementsAre("export", "--to", "html", "/home/me/talk.poolscope", "-o",
                          "/home/me/talk.html", "--lang", "zh"));
  state.save_as.wanted_extent = views::SaveExtent::kLoop;
  session.loop = {.in = Position{10, 1'000'000'000}, .out = Position{20, 2'000'000'000}};
  const auto part = command_for(source, state, session);
  ASSERT_EQ(part.size(), 12U);
  EXPECT_EQ(part[6], "--from");
  EXPECT_EQ(part[8], "--until");
  state.save_as.kind = intents::FileKind::kTrace;
  EXPECT_EQ(command_for(source, state, session).size(), 6U) << "a trace has all of it";
}

TEST(FileOfASession, APictureIsOfTheEventAtWhichOneStands) {
  views::ViewState state;
  state.save_as = {.kind = intents::FileKind::kPicture, .path = "/home/me/talk.png"};
  SessionStatus session;
  session.origin = {3, 100};
  session.playhead = {10, 700};
  FileSource source{.session = "/home/me/talk.poolscope"};
  source.event_ns = 700;
  EXPECT_THAT(command_for(source, state, session), ::testing::IsSupersetOf({"--at", "#7"}));
  source.event_ns = 650;  // things are on their way from it to the next
  EXPECT_THAT(command_for(source, state, session), ::testing::IsSupersetOf({"--at", "600ns"}));
  session.playhead = {3, 100};  // before the first one
  source.event_ns = 100;
  EXPECT_THAT(command_for(source, state, session), ::testing::IsSupersetOf({"--at", "0ns"}));
}

TEST(FileOfASession, APictureIsOfThePoolThatIsShown) {
  views::ViewState state;
  state.save_as = {.kind = intents::FileKind::kPicture, .path = "/home/me/talk.png"};
  SessionStatus session;
  const FileSource source{.session = "/home/me/talk.poolscope"};
  const auto first = command_for(source, state, session);
  EXPECT_EQ(std::ranges::count(first, "--pool"), 0);
  state.pool = PoolId{1};
  EXPECT_THAT(command_for(source, state, session), ::testing::IsSupersetOf({"--pool", "B"}));
  session.names = std::make_shared<const SessionNames>(
      SessionNames{.pools = {"fmt.ppFree (*fmt.pp)", "main.bufs (*[]uint8)"}});
  EXPECT_THAT(command_for(source, state, session),
              ::testing::IsSupersetOf({"--pool", "main.bufs (*[]uint8)"}));
}

TEST(FileOfASession, AFilmHasTheSizeTheFramesAndTheCaptionsThatAreChosen) {
  views::ViewState state;
  state.save_as = {.kind = intents::FileKind::kMp4, .path = "/home/me/talk.mp4"};
  state.save_as.size = 2;
  state.save_as.fast = true;
  state.save_as.captions = true;
  const SessionStatus session;
  const FileSource source{.session = "/home/me/talk.poolscope"};
  EXPECT_THAT(command_for(source, state, session),
              ::testing::IsSupersetOf({"--size", "3840x2160", "--fps", "60", "--captions", "srt"}));
  state.save_as.kind = intents::FileKind::kGif;
  const auto gif = command_for(source, state, session);
  EXPECT_EQ(std::ranges::count(gif, "--captions"), 0) << "they are in the picture";
  state.save_as.kind = intents::FileKind::kPicture;
  const auto picture = command_for(source, state, session);
  EXPECT_EQ(std::ranges::count(picture, "--fps"), 0);
  EXPECT_EQ(std::ranges::count(picture, "--size"), 1);
}

TEST(FileOfASession, ASessionIsAPartTheRestOrTwoJoined) {
  views::ViewState state;
  state.save_as = {.kind = intents::FileKind::kSession, .path = "/home/me/new.poolscope"};
  SessionStatus session;
  session.loop = {.in = Position{10, 1'000'000'000}, .out = Position{20, 2'000'000'000}};
  const FileSource source{.session = "/home/me/talk.poolscope"};
  state.save_as.wanted_extent = views::SaveExtent::kAllButLoop;
  EXPECT_THAT(command_for(source, state, session),
              ElementsAre("cut", "/home/me/talk.poolscope", "-o", "/home/me/new.poolscope",
                          "--from", "1000000000ns", "--to", "2000000000ns", "--leave-out"));
  state.save_as.then = "/home/me/more.poolscope";
  EXPECT_EQ(command_for(source, state, session).front(), "cut") << "one edit at a time";
  state.save_as.wanted_extent = views::SaveExtent::kAll;
  EXPECT_THAT(command_for(source, state, session),
              ElementsAre("cat", "/home/me/talk.poolscope", "/home/me/more.poolscope", "-o",
                          "/home/me/new.poolscope"));
  // A film has a part or all of it.
  state.save_as.wanted_extent = views::SaveExtent::kAllButLoop;
  state.save_as.kind = intents::FileKind::kMp4;
  const auto film = command_for(source, state, session);
  EXPECT_EQ(std::ranges::count(film, "--from"), 0);
}

TEST(FileJob, ItsProgressSaysMinutesWhereSecondsSayNothing) {
  EXPECT_EQ(progress_words(""), "");
  EXPECT_EQ(progress_words("0 of 7789"), "0 of 7789");
  EXPECT_EQ(progress_words("160 of 7789, about 873 s left"), "160 of 7789, about 15 min left");
  EXPECT_EQ(progress_words("7000 of 7789, about 119 s left"), "7000 of 7789, about 119 s left");
  EXPECT_EQ(progress_words("1 of 2, about 5 s left, about 12 MB"),
            "1 of 2, about 5 s left, about 12 MB");
  EXPECT_EQ(progress_words("what nobody knows"), "what nobody knows");
}

}  // namespace
}  // namespace poolscope::app
