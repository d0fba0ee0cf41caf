// When the sentence of a step comes and for how long it stands, where goroutines take turns: real
// goroutines, of which six seconds show a minute.

#include "tests/app/views/words/sentence_times.h"

#include <gtest/gtest.h>

namespace poolscope::views::testing {
namespace {

using poolscope::testing::play_in_both_pools;
using poolscope::testing::RecordedEvents;

constexpr std::int64_t kRest_ns = 900'000'000;
constexpr std::int64_t kLength_ns = 60'000'000'000;
constexpr std::size_t kFewestSteps = 10;  // on a very busy machine

TEST(SentenceTimes, AtStoryEachStepThatMovesAnObjectHasItsSentenceAtOnceAndFor800Ms) {
  for (const RecordedEvents& session : play_in_both_pools(
           {.pacing = Pacing::kOneAtATime, .step_time_ns = kRest_ns, .length_ns = kLength_ns})) {
    SCOPED_TRACE(session.config.pool == PoolKind::kClassic ? "classic" : "modern");
    EXPECT_GE(expect_told(session, kLength_ns), kFewestSteps);
  }
}

}  // namespace
}  // namespace poolscope::views::testing
