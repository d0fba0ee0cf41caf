#include "app/main/file_job.h"

#include <algorithm>

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

}  // namespace
}  // namespace poolscope::app
