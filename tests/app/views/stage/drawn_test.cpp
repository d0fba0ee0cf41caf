// What is drawn, held against the events: of sessions on real threads, at Story and at Lecture
// speed, classic and modern. watched_stage.h says what is asked. The same for ten minutes each, by
// hand: tests/soak.

#include <array>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/views/stage/watched_stage.h"

namespace poolscope::views::testing {
namespace {

using poolscope::testing::RecordedEvents;

constexpr std::int64_t kMs = 1'000'000;

struct Case {
  const char* name;
  PoolKind pool;
  Speed speed;
  std::size_t events;
};
// Story at its fastest, for more moves in less time.
constexpr std::array kCases = {
    Case{"classic, Story", PoolKind::kClassic, {Pacing::kOneAtATime, 300 * kMs}, 165},
    Case{"modern, Story", PoolKind::kModern, {Pacing::kOneAtATime, 300 * kMs}, 165},
    Case{"classic, Lecture", PoolKind::kClassic, {Pacing::kEachWaits, 400 * kMs}, 600},
    Case{"modern, Lecture", PoolKind::kModern, {Pacing::kEachWaits, 400 * kMs}, 600},
};

TEST(Drawn, EveryObjectThatChangesPlaceIsSeenOnItsWayAndCountedRestsWhereItIsAndNeverJumps) {
  std::array<RecordedEvents, kCases.size()> sessions;
  {
    std::vector<std::jthread> recorders;
    for (std::size_t i = 0; i < kCases.size(); ++i) {
      recorders.emplace_back([&, i] {
        sessions[i] = record_events(kCases[i].pool, kCases[i].speed, 3 + i, kCases[i].events);
      });
    }
  }
  Drawing drawing(1600, 900);
  for (std::size_t i = 0; i < kCases.size(); ++i) {
    SCOPED_TRACE(kCases[i].name);
    const Watched watched = watch(drawing, sessions[i]);
    EXPECT_GE(watched.moves, 9U);
    for (const std::string& fault : watched.faults) ADD_FAILURE() << fault;
    EXPECT_EQ(watched.fault_count, 0U);
  }
}

}  // namespace
}  // namespace poolscope::views::testing
