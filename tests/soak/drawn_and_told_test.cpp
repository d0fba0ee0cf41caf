// What is drawn and what is told, held against the events, of ten minutes at each speed and of each
// pool. In real time, so by hand: README.md.

#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/views/stage/watched_stage.h"
#include "tests/app/views/words/sentence_times.h"
#include "tests/core/story/hearing.h"
#include "tests/core/story/lecture_times.h"
#include "tests/core/story/linear_play.h"

namespace poolscope::views::testing {
namespace {

using poolscope::testing::kReadableLength_ns;
using poolscope::testing::RecordedEvents;

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kFirstMinute_ns = 60'000 * kMs;

struct Case {
  const char* name;
  PoolKind pool;
  Speed speed;
};
constexpr std::array kCases = {
    Case{"classic, Story", PoolKind::kClassic, {Pacing::kOneAtATime, 900 * kMs}},
    Case{"modern, Story", PoolKind::kModern, {Pacing::kOneAtATime, 900 * kMs}},
    Case{"classic, Lecture", PoolKind::kClassic, {Pacing::kEachWaits, 400 * kMs}},
    Case{"modern, Lecture", PoolKind::kModern, {Pacing::kEachWaits, 400 * kMs}},
};

/// What is told: every sentence is true, comes with its event and stands long enough.
void expect_told_well(const Case& kind, const RecordedEvents& session) {
  std::map<Claim::Kind, int> heard;
  poolscope::testing::Hearing(heard).hear(session.config, session.events, 1);
  if (kind.speed.pacing == Pacing::kOneAtATime) {
    const std::size_t steps = expect_told(session, kReadableLength_ns);
    EXPECT_GE(steps, 20U);
    std::printf("%s: %zu steps told, ", kind.name, steps);
  } else {
    EXPECT_GE(poolscope::testing::expect_readable(session), 20U);
    std::printf("%s: ", kind.name);
  }
}

void expect_drawn_well(const Case& kind, const RecordedEvents& session, Drawing& drawing) {
  const Watched watched = watch(drawing, session);
  std::printf("%zu moves, %zu of them dissolve, %zu faults\n", watched.moves, watched.dissolved,
              watched.fault_count);
  std::fflush(stdout);
  for (const std::string& fault : watched.faults) ADD_FAILURE() << kind.name << ", " << fault;
}

TEST(DrawnAndTold, EveryMoveIsSeenAndEverySentenceIsTrueAndInTimeForTenTimesAMinute) {
  Drawing drawing(1600, 900);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::array<RecordedEvents, kCases.size()> sessions;
    {
      std::vector<std::jthread> recorders;
      for (std::size_t i = 0; i < kCases.size(); ++i) {
        recorders.emplace_back([&, i] {
          sessions[i] = record_for(kCases[i].pool, kCases[i].speed, seed, kReadableLength_ns);
        });
      }
    }
    for (std::size_t i = 0; i < kCases.size(); ++i) {
      SCOPED_TRACE(::testing::Message() << kCases[i].name << ", seed " << seed);
      expect_told_well(kCases[i], sessions[i]);
      expect_drawn_well(kCases[i], sessions[i], drawing);
    }
  }
}

using Fact = std::pair<Operation::Kind, Where>;

/// Of which operations the sentence has told, frame by frame, and what came of them.
std::set<Fact> told_facts(const RecordedEvents& session) {
  std::set<Fact> told;
  poolscope::testing::LinearPlay play(session.config);
  std::size_t next = 0;
  for (std::int64_t now_ns = 0; now_ns <= kFirstMinute_ns;
       now_ns += poolscope::testing::kFrame_ns) {
    for (; next < session.events.size() && session.events[next].time_ns <= now_ns; ++next) {
      play.add(session.events[next]);
    }
    const Operation& op = play.told().spotlight.op;
    told.emplace(op.kind, op.where);
  }
  return told;
}

TEST(FirstStart, TellsAndShowsEveryWayOfAPutAndAGetInAMinuteTwentyTimesOfTwenty) {
  constexpr std::array kFacts = {
      Fact{Operation::Kind::kGet, Where::kPrivate}, Fact{Operation::Kind::kPut, Where::kShared},
      Fact{Operation::Kind::kGet, Where::kShared}, Fact{Operation::Kind::kGet, Where::kSteal},
      Fact{Operation::Kind::kGet, Where::kNew}};
  std::array<RecordedEvents, 20> starts;
  {
    std::vector<std::jthread> recorders;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      recorders.emplace_back([&, i] {
        starts[i] = record_for(PoolKind::kClassic, kCases[0].speed, 100 + i, kFirstMinute_ns);
      });
    }
  }
  Drawing drawing(1600, 900);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    SCOPED_TRACE(::testing::Message() << "start " << i);
    const std::set<Fact> told = told_facts(starts[i]);
    for (const Fact& fact : kFacts) {
      EXPECT_TRUE(told.contains(fact))
          << "kind " << static_cast<int>(fact.first) << ", where " << static_cast<int>(fact.second);
    }
    expect_drawn_well(kCases[0], starts[i], drawing);
  }
}

}  // namespace
}  // namespace poolscope::views::testing
