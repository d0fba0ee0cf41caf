#include "app/views/words/line_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Written by P1 and P2 in turn, last at 7 s.
LineState in_turn() {
  LineState line;
  line.last_writer = PId{2};
  line.writer_before = PId{1};
  line.writes = 9'000;
  line.changes = 5'000;
  line.changes_a_second = 1'240;
  line.last_write_ns = 7 * kSecond;
  line.counted_ns = 6 * kSecond;
  return line;
}

TEST(LineWords, ALineOfOneWriterIsNotLit) {
  LineState line;
  line.last_writer = PId{1};
  line.writes = 100;
  EXPECT_FALSE(lit(line, 0));
  EXPECT_TRUE(lit(in_turn(), 7 * kSecond));
}

TEST(LineWords, ALineThatNobodyWritesAnyMoreGoesOut) {
  EXPECT_TRUE(lit(in_turn(), 7 * kSecond + kLit_ns - 1));
  EXPECT_FALSE(lit(in_turn(), 7 * kSecond + kLit_ns));
}

TEST(LineWords, TheSentenceNamesTheLineThePsAndTheRate) {
  EXPECT_EQ(turn_text(in_turn(), 1), "line 1: P1 and P2 alternate writes, 1,240 hand-overs/s");
  LineState slow = in_turn();
  slow.changes_a_second = 1;
  slow.changes = 4;
  EXPECT_EQ(turn_text(slow, 1),
            "line 1: P1 and P2 alternate writes, hand-overs in the last 6.0 s: 4");
}

TEST(LineWords, TheLastWriterIsNamedAndNothingElseIsClaimed) {
  EXPECT_EQ(line_text(in_turn(), 3),
            "line 3: last written by P2. In the last 6.0 s: 9,000 writes, 5,000 hand-overs.");
  LineState quiet;
  quiet.counted_ns = 6 * kSecond;
  EXPECT_EQ(line_text(quiet, 3), "line 3: not written in the last 6.0 s");
}

}  // namespace
}  // namespace poolscope::views
