#include "app/views/words/line_words.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Written by P1 in local[1] and by P2 in local[2] in turn, last at 7 s; once by a thief.
LineState in_turn() {
  LineState line;
  line.last = {PId{2}, 2, 7 * kSecond};
  line.writes = 9'000;
  line.shared = {.falsely = 5'000, .truly = 1};
  line.falsely = {{PId{1}, 1, 6 * kSecond}, {PId{2}, 2, 7 * kSecond}};
  line.truly = {{PId{1}, 1, 2 * kSecond}, {PId{2}, 1, 3 * kSecond}};
  return line;
}

TEST(LineWords, TheSentenceNamesTheLineThePsAndTheirLocals) {
  EXPECT_EQ(hand_over_text(in_turn().falsely, 1),
            "line 1: P1 wrote local[1], then P2 wrote local[2]");
  EXPECT_EQ(hand_over_text(in_turn().truly, 0),
            "line 0: P1 wrote local[1], then P2 wrote the same");
}

TEST(LineWords, ARateHasAPartOfOneWhileThatSaysSomething) {
  EXPECT_EQ(rate_text(0, kSecond), "0");
  EXPECT_EQ(rate_text(2, 6 * kSecond), "0.3");
  EXPECT_EQ(rate_text(1, 60 * kSecond), "0.1") << "not none";
  EXPECT_EQ(rate_text(15, 6 * kSecond), "2.5");
  EXPECT_EQ(rate_text(60, 6 * kSecond), "10");
  EXPECT_EQ(rate_text(124, kSecond / 10), "1,240");
  EXPECT_EQ(rate_text(350, kSecond / 1000), "350 k");
}

TEST(LineWords, TheLastWriterIsNamedAndNothingElseIsClaimed) {
  EXPECT_EQ(line_text(in_turn(), 3, 6 * kSecond),
            "line 3: last written by P2, in local[2]. Writes in the last 6.0 s: 9,000.\n"
            "Hand-overs between Ps that wrote different locals (false sharing): 5,000.\n"
            "Hand-overs between Ps that wrote the same local (true sharing): 1.");
  EXPECT_EQ(line_text({}, 3, 6 * kSecond), "line 3: not written in the last 6.0 s");
}

TEST(LineWords, ARowSaysWhatItsNumberCounts) {
  LineCounts counts;
  counts.counted_ns = 6 * kSecond;
  counts.shared = {.falsely = 12, .truly = 3};
  EXPECT_EQ(
      row_text(counts),
      "Hand-overs of all lines of the array in the last 6.0 s. Between Ps that wrote different "
      "locals (false sharing): 12. Between Ps that wrote the same local, as a thief does and "
      "its owner after it (true sharing): 3.");
}

}  // namespace
}  // namespace poolscope::views
