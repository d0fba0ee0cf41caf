#include "app/views/words/answer_text.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

TEST(AnswerText, SaysThatAPlaceIsOneOfAnOldArray) {
  EXPECT_EQ(answer_text("ok | orphan:0 pinslow=0"), "ok | into old local[0] pinslow=0");
  EXPECT_EQ(answer_text("A#2 | orphan-steal:13 pinslow=1"), "A#2 | from old local[13] pinslow=1");
}

TEST(AnswerText, LeavesAllElseAsTheTranscriptHasIt) {
  for (const char* text :
       {"", "ok", "stopped put.unpinned", "ok | private:1 pinslow=0", "blocked-by g1",
        "procs=2 allPools=[A] oldPools=[]\n  A[0] private=x shared=[]\nlost=[b:orphan]\nend"}) {
    EXPECT_EQ(answer_text(text), text);
  }
}

}  // namespace
}  // namespace poolscope::views
