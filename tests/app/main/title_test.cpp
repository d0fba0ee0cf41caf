#include "app/main/title.h"

#include <gtest/gtest.h>

namespace poolscope::app {
namespace {

TEST(WindowTitle, NamesTheSessionThatIsShown) {
  SessionStatus status;
  EXPECT_EQ(title_of(status), "live session - poolscope");
  status.recording_file = "/home/me/talk.poolscope";
  EXPECT_EQ(title_of(status), "live session - poolscope") << "that recording has ended";
  status.recording = true;
  EXPECT_EQ(title_of(status), "talk.poolscope (recording) - poolscope");
  status = {};
  status.mode = ViewMode::kReplay;
  status.name = "talk.poolscope";
  EXPECT_EQ(title_of(status), "talk.poolscope - poolscope");
}

}  // namespace
}  // namespace poolscope::app
