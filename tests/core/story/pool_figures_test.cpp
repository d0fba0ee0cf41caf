#include "core/story/pool_figures.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/pools/virtual_pool.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::size_t kPoolsOfSession = 5;

struct CountedSession {
  Statistics statistics;
  Model model;
};

CountedSession counted_session(std::uint64_t seed) {
  SimulationOptions options = busy_session(PoolKind::kClassic, seed);
  options.config.pools = kPoolsOfSession;
  options.gc_every_ns = 200'000;
  const RecordedEvents session = run_session(options, 60'000);
  CountedSession counted{{}, initial_model(session.config)};
  for (const Event& event : session.events) {
    reduce(counted.model, event);
    counted.statistics.add(event, counted.model);
  }
  return counted;
}

TEST(PoolFigures, AreWhatTheModelHasCountedOfEachPool) {
  const CountedSession session = counted_session(4);
  const auto figures = pools_by_gets(session.statistics, kPoolsOfSession);
  ASSERT_EQ(figures.size(), kPoolsOfSession);
  std::uint64_t dropped = 0;
  for (const PoolFigures& pool : figures) {
    const HitCounts& hits = session.model.pools[pool.pool.value].hits;
    EXPECT_EQ(pool.counts.gets(), hits.gets()) << pool.pool.value;
    EXPECT_EQ(pool.counts.of(GetFrom::kNew), hits.from_new) << pool.pool.value;
    EXPECT_EQ(pool.saved(), hits.gets() - hits.from_new - hits.nil) << pool.pool.value;
    dropped += pool.counts.dropped_by_gc;
  }
  EXPECT_EQ(dropped, session.statistics.sum().all.dropped_by_gc);
}

TEST(PoolFigures, WhatAGcDropsIsCountedToTheObjectsPool) {
  VirtualPool pools(2, 2, 2);
  for (int i = 0; i < 3; ++i) pools.put(0, pools.make(0), -1, 0);
  for (int i = 0; i < 2; ++i) pools.put(1, pools.make(1), -1, 1);
  ASSERT_TRUE(pools.gc());
  Statistics statistics;
  Model model = initial_model(pools.config());
  for (const Event& event : pools.events()) {
    reduce(model, event);
    statistics.add(event, model);
  }
  const auto figures = pools_by_gets(statistics, 2);
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[0].counts.dropped_by_gc, 3U);
  EXPECT_EQ(figures[1].counts.dropped_by_gc, 2U);
}

TEST(PoolFigures, TheBusiestPoolIsTheFirstAndOneThatWasNeverUsedIsThere) {
  const CountedSession session = counted_session(5);
  const auto figures = pools_by_gets(session.statistics, kPoolsOfSession + 2);
  ASSERT_EQ(figures.size(), kPoolsOfSession + 2);
  EXPECT_TRUE(std::ranges::is_sorted(figures, std::ranges::greater{},
                                     [](const PoolFigures& pool) { return pool.counts.gets(); }));
  EXPECT_GT(figures.front().counts.gets(), 0U);
  EXPECT_EQ(figures.back(), (PoolFigures{PoolId{kPoolsOfSession + 1}, {}}));
}

TEST(PoolFigures, OfNoEventsArePoolsInTheirOrder) {
  const auto figures = pools_by_gets(Statistics{}, 3);
  ASSERT_EQ(figures.size(), 3U);
  for (std::uint16_t i = 0; i < 3; ++i) EXPECT_EQ(figures[i].pool, PoolId{i});
}

}  // namespace
}  // namespace poolscope::testing
