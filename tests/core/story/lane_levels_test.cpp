#include "core/story/lane_levels.h"

#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace poolscope::testing {
namespace {

using Kind = Span::Kind;

/// `count` spans of chance, the last one open.
std::vector<Span> long_lane(std::size_t count) {
  std::mt19937_64 chance(7);
  std::vector<Span> lane(count);
  std::int64_t now_ns = 1'000;
  std::uint64_t seq = 1;
  for (Span& span : lane) {
    now_ns += static_cast<std::int64_t>(chance() % 200);
    span.begin_ns = now_ns;
    span.begin_seq = seq;
    now_ns += static_cast<std::int64_t>(chance() % 1'000) + 1;
    seq += chance() % 9 + 1;
    span.end_ns = now_ns;
    span.end_seq = seq;
    span.kind = chance() % 2 == 0 ? Kind::kHit : Kind::kUser;
    span.kinds = static_cast<std::uint16_t>(1U << static_cast<unsigned>(span.kind));
    span.kind_ns = span.end_ns - span.begin_ns;
    span.busy_ns = span.kind == Kind::kUser ? 0 : span.kind_ns;
    span.g = GId{1};
  }
  lane.back().end_ns = Span::kOpen;
  lane.back().end_seq = 0;
  return lane;
}

struct Summed {
  std::int64_t busy_ns = 0;
  std::uint64_t parts = 0;
  bool operator==(const Summed&) const = default;
};
Summed sum_of(std::span<const Span> spans) {
  Summed sum;
  for (const Span& span : spans) {
    sum.busy_ns += span.busy_ns;
    sum.parts += span.parts;
  }
  return sum;
}

TEST(LaneLevels, ShowAllOfTheLaneSummedAndNothingMergedThatIsTooLong) {
  const std::vector<Span> lane = long_lane(50'000);
  const LaneLevels levels(lane);
  std::size_t fewest = lane.size();
  int seen = 0;
  for (double longest = 100; longest < 1e8; longest *= 1.7) {
    const auto spans = levels.by_time(longest);
    if (spans.empty()) continue;
    ++seen;
    EXPECT_LE(spans.size(), fewest) << longest;
    fewest = spans.size();
    EXPECT_EQ(sum_of(spans), sum_of(lane)) << longest;
    EXPECT_EQ(spans.front().begin_ns, lane.front().begin_ns);
    EXPECT_EQ(spans.back(), lane.back()) << "what is open stays as it is";
    for (std::size_t i = 0; i + 1 < spans.size(); ++i) {
      ASSERT_LE(spans[i].end_ns, spans[i + 1].begin_ns);
      if (spans[i].summed()) {
        ASSERT_LE(spans[i].end_ns - spans[i].begin_ns, longest);
      }
    }
  }
  EXPECT_GT(seen, 3);
  EXPECT_LE(fewest, LaneLevels::kFewEnough);
}

TEST(LaneLevels, ByStepAreMergedByTheirEvents) {
  const std::vector<Span> lane = long_lane(50'000);
  const LaneLevels levels(lane);
  const auto spans = levels.by_step(2'000);
  ASSERT_FALSE(spans.empty());
  EXPECT_LT(spans.size(), lane.size() / 10);
  EXPECT_EQ(sum_of(spans), sum_of(lane));
  for (const Span& span : spans) {
    if (span.summed()) {
      ASSERT_LE(span.end_seq - span.begin_seq, 2'000U);
    }
  }
}

TEST(LaneLevels, WhereEachSpanCanBeToldApartThereIsNoneToChoose) {
  const std::vector<Span> lane = long_lane(50'000);
  const LaneLevels levels(lane);
  EXPECT_TRUE(levels.by_time(1).empty());
  EXPECT_TRUE(levels.by_step(0).empty());
  EXPECT_TRUE(LaneLevels(std::span(lane).first(LaneLevels::kFewEnough)).by_time(1e9).empty())
      << "few enough as they are";
  EXPECT_TRUE(LaneLevels(std::span<const Span>()).by_time(1e9).empty());
}

}  // namespace
}  // namespace poolscope::testing
