#include "app/views/words/line_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Written by P1 and P2 in turn, last in second 7.
LineState in_turn() {
  LineState line;
  line.last_writer = PId{2};
  line.writer_before = PId{1};
  line.writes = 9'000;
  line.changes = 5'000;
  line.changes_this_second = 70;
  line.changes_last_second = 1'240;
  line.second = 7;
  return line;
}

TEST(LineWords, TheRateIsThatOfTheLastWholeSecond) {
  EXPECT_EQ(changes_a_second(in_turn(), 7 * kSecond + 5), 1'240U);
  EXPECT_EQ(changes_a_second(in_turn(), 8 * kSecond + 5), 70U) << "second 7 is over";
  EXPECT_EQ(changes_a_second(in_turn(), 9 * kSecond + 5), 0U) << "nobody wrote in second 8";
}

TEST(LineWords, ALineOfOneWriterIsNotLit) {
  LineState line;
  line.last_writer = PId{1};
  line.writes = 100;
  EXPECT_FALSE(lit(line, 0));
  EXPECT_TRUE(lit(in_turn(), 7 * kSecond));
}

TEST(LineWords, ALineThatNobodyWritesAnyMoreGoesOut) {
  EXPECT_TRUE(lit(in_turn(), (7 + kLitSeconds) * kSecond));
  EXPECT_FALSE(lit(in_turn(), (8 + kLitSeconds) * kSecond));
}

TEST(LineWords, TheSentenceNamesTheLineThePsAndTheRate) {
  EXPECT_EQ(turn_text(in_turn(), 1, 7 * kSecond),
            "line 1: P1 and P2 write in turn, 1,240 changes a second");
  EXPECT_EQ(turn_text(in_turn(), 1, 9 * kSecond),
            "line 1: P1 and P2 write in turn, changes so far: 5,000");
}

TEST(LineWords, TheLastWriterIsNamedAndNothingElseIsClaimed) {
  EXPECT_EQ(line_text(in_turn(), 3),
            "line 3: last written by P2. Writes: 9,000; changes of the writer: 5,000.");
  EXPECT_EQ(line_text(LineState{}, 3), "line 3: not written yet");
}

}  // namespace
}  // namespace poolscope::views
