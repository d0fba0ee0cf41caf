// When the sentence comes and for how long it stands at Lecture speed, in sessions of real
// goroutines with a GC and a change of GOMAXPROCS in them, looked at in frames as a window draws
// them. Six seconds show a minute.

#include "tests/core/story/lecture_times.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kStep_ns = 400'000'000;

std::vector<RecordedEvents> minutes_of_a_lecture() {
  return play_in_both_pools(
      {.pacing = Pacing::kEachWaits,
       .step_time_ns = kStep_ns,
       .length_ns = kReadableLength_ns,
       .wishes = {
           {kReadableLength_ns * 4 / 10, [](Simulation& lecture) { lecture.request_gc(); }},
           {kReadableLength_ns * 7 / 10, [](Simulation& lecture) { lecture.request_procs(6); }}}});
}

TEST(TheSentenceOfALecture, BeginsWithItsEventStandsTwoSecondsAndIsToldTwentyTimesAMinute) {
  for (const RecordedEvents& session : minutes_of_a_lecture()) {
    SCOPED_TRACE(session.config.pool == PoolKind::kClassic ? "classic" : "modern");
    // Played ten times as fast, on a very busy machine: tests/soak asks for twenty.
    EXPECT_GE(expect_readable(session), 10U);
  }
}

}  // namespace
}  // namespace poolscope::testing
