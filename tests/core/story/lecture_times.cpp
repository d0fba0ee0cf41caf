#include "tests/core/story/lecture_times.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/story/linear_play.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kMilli_ns = 1'000'000;
constexpr std::int64_t kMinute_ns = 60'000 * kMilli_ns;
constexpr std::int64_t kToBegin_ns = 150 * kMilli_ns;

/// What the sentence is about in each frame.
std::vector<Spotlight> frames_of(const RecordedEvents& session) {
  std::vector<Spotlight> frames;
  LinearPlay play(session.config);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= kReadableLength_ns; now_ns += kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      play.add(session.events[next]);
    }
    frames.push_back(play.told().spotlight);
  }
  return frames;
}

bool is_rare(const Spotlight& spot) {
  return spot.rarity >= Spotlight::Rarity::kResize || spot.op.where == Where::kOrphanSteal;
}

}  // namespace

std::size_t expect_readable(const RecordedEvents& session) {
  const std::vector<Spotlight> frames = frames_of(session);
  std::set<std::uint64_t> told;
  std::int64_t since_ns = 0;  // the sentence stands
  std::int64_t first_ns = 0;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    const auto now_ns = static_cast<std::int64_t>(i) * kFrame_ns;
    const Spotlight& spot = frames[i];
    if (spot.rarity == Spotlight::Rarity::kNothing) continue;
    SCOPED_TRACE(std::to_string(now_ns / kMilli_ns) + " ms");
    EXPECT_NE(spot.seq, 0U) << "the last operation of a quiet time, where none is";
    if (spot.seq == 0) break;
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
  return told.size();
}

}  // namespace poolscope::testing
