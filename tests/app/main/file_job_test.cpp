#include "app/main/file_job.h"

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
  state.save_as.part = true;
  session.loop = {.in = Position{10, 1'000'000'000}, .out = Position{20, 2'000'000'000}};
  const auto part = command_for(source, state, session);
  ASSERT_EQ(part.size(), 12U);
  EXPECT_EQ(part[6], "--from");
  EXPECT_EQ(part[8], "--until");
  state.save_as.kind = intents::FileKind::kTrace;
  EXPECT_EQ(command_for(source, state, session).size(), 6U) << "a trace has all of it";
}

}  // namespace
}  // namespace poolscope::app
