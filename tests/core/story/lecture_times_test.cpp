// When the sentence comes and for how long it stands at Lecture speed, in sessions of real
// goroutines with a GC and a change of GOMAXPROCS in them, looked at in frames as a window draws
// them. Six seconds show a minute.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/story/teller.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kMilli_ns = 1'000'000;
constexpr std::int64_t kStep_ns = 400 * kMilli_ns;
constexpr std::int64_t kMinute_ns = 60'000 * kMilli_ns;
constexpr std::int64_t kLength_ns =
    kMinute_ns + 5'000 * kMilli_ns;  // the first fact takes its time
constexpr std::int64_t kFrame_ns = 50 * kMilli_ns;
constexpr std::int64_t kToBegin_ns = 150 * kMilli_ns;
constexpr std::size_t kFewestTold = 20;

std::vector<RecordedEvents> minutes_of_a_lecture() {
  return play_in_both_pools(
      {.pacing = Pacing::kEachWaits,
       .step_time_ns = kStep_ns,
       .length_ns = kLength_ns,
       .wishes = {{kLength_ns * 4 / 10, [](Simulation& lecture) { lecture.request_gc(); }},
                  {kLength_ns * 7 / 10, [](Simulation& lecture) { lecture.request_procs(6); }}}});
}

/// What the sentence is about in each frame.
std::vector<Spotlight> frames_of(const RecordedEvents& session) {
  std::vector<Spotlight> frames;
  Model model = initial_model(session.config);
  Teller teller(model);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= kLength_ns; now_ns += kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      reduce(model, session.events[next]);
      teller.add(session.events[next], model);
    }
    frames.push_back(teller.told(model).spotlight);
  }
  return frames;
}

bool is_rare(const Spotlight& spot) {
  return spot.rarity >= Spotlight::Rarity::kResize || spot.op.where == Where::kOrphanSteal;
}

void expect_readable(const std::vector<Spotlight>& frames) {
  std::set<std::uint64_t> told;
  std::int64_t since_ns = 0;  // the sentence stands
  std::int64_t first_ns = 0;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const auto now_ns = static_cast<std::int64_t>(i) * kFrame_ns;
    const Spotlight& spot = frames[i];
    if (spot.rarity == Spotlight::Rarity::kNothing) continue;
    SCOPED_TRACE(std::to_string(now_ns / kMilli_ns) + " ms");
    ASSERT_NE(spot.seq, 0U) << "the last operation of a quiet time, where none is";
    if (spot.seq == frames[i - 1].seq) continue;
    if (told.empty()) first_ns = now_ns;
    if (now_ns < first_ns + kMinute_ns && told.insert(spot.seq).second) {
      EXPECT_LE(now_ns - spot.time_ns, kToBegin_ns) << "the sentence is late";
    }
    if (since_ns != 0 && !is_rare(spot)) {
      EXPECT_GE(now_ns - since_ns, kSentenceHold_ns) << "too short to be read";
    }
    since_ns = now_ns;
  }
  EXPECT_GE(told.size(), kFewestTold);
}

TEST(TheSentenceOfALecture, BeginsWithItsEventStandsTwoSecondsAndIsToldTwentyTimesAMinute) {
  for (const RecordedEvents& session : minutes_of_a_lecture()) {
    SCOPED_TRACE(session.config.pool == PoolKind::kClassic ? "classic" : "modern");
    expect_readable(frames_of(session));
  }
}

}  // namespace
}  // namespace poolscope::testing
