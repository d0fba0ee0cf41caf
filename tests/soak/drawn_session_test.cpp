// What is drawn, held against the events, of ten minutes at each speed and of each pool. In real
// time, so by hand: README.md.

#include <array>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/views/stage/watched_stage.h"

namespace poolscope::views::testing {
namespace {

using poolscope::testing::RecordedEvents;

constexpr std::int64_t kMs = 1'000'000;
constexpr std::int64_t kMinute_ns = 60'000 * kMs;

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

TEST(DrawnForAMinute, EveryObjectThatChangesPlaceIsSeenOnItsWayTenTimes) {
  Drawing drawing(1600, 900);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::array<RecordedEvents, kCases.size()> sessions;
    {
      std::vector<std::jthread> recorders;
      for (std::size_t i = 0; i < kCases.size(); ++i) {
        recorders.emplace_back([&, i] {
          sessions[i] = record_for(kCases[i].pool, kCases[i].speed, seed, kMinute_ns);
        });
      }
    }
    for (std::size_t i = 0; i < kCases.size(); ++i) {
      const Watched watched = watch(drawing, sessions[i]);
      std::printf("%s, seed %d: %zu moves, %zu of them dissolve, %zu faults\n", kCases[i].name,
                  static_cast<int>(seed), watched.moves, watched.dissolved, watched.fault_count);
      std::fflush(stdout);
      for (const std::string& fault : watched.faults) {
        ADD_FAILURE() << kCases[i].name << ", seed " << seed << ", " << fault;
      }
    }
  }
}

}  // namespace
}  // namespace poolscope::views::testing
