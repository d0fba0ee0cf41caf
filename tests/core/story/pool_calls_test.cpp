#include "core/story/pool_calls.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

TEST(Durations, AreWhatASortedListSaysToA64th) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937_64 chance(seed);
  Durations durations;
  std::vector<std::int64_t> sorted;
  for (int i = 0; i < 2000; ++i) {
    sorted.push_back(static_cast<std::int64_t>(chance() >> (20 + chance() % 40)));
    durations.add(sorted.back());
  }
  std::ranges::sort(sorted);
  for (const unsigned percent : {1U, 50U, 99U, 100U}) {
    const std::int64_t exact = sorted[sorted.size() * percent / 100 - 1];
    EXPECT_GE(durations.at(percent), exact) << percent;
    EXPECT_LE(durations.at(percent), exact + exact / 64) << percent;
  }
  EXPECT_EQ(durations.longest_ns(), sorted.back());
}

TEST(Durations, BelowTheFirstStepAreExactAndOfNoneThereIsNone) {
  Durations durations;
  EXPECT_TRUE(durations.empty());
  EXPECT_EQ(durations.at(50), 0);
  for (const std::int64_t ns : {3, 100, 127}) durations.add(ns);
  EXPECT_EQ(durations.at(50), 100);
  EXPECT_EQ(durations.at(99), 127);
}

TEST(Durations, ANegativeLengthCountsAs0) {
  Durations durations;
  durations.add(-5);
  EXPECT_FALSE(durations.empty());
  EXPECT_EQ(durations.at(100), 0);
  EXPECT_EQ(durations.longest_ns(), 0);
}

void add_part(PoolCalls& calls, const VirtualPool& pools) {
  Model model = initial_model(pools.config());
  calls.begin_part(model);
  for (const Event& event : pools.events()) {
    reduce(model, event);
    calls.add(event, model);
  }
}

PoolCalls calls_in(const VirtualPool& pools) {
  PoolCalls calls;
  add_part(calls, pools);
  return calls;
}

TEST(PoolCalls, AnObjectThatIsMadePastThePoolsCountsAtItsFirstPut) {
  VirtualPool pools(2, 2, 2);
  for (int i = 0; i < 3; ++i) pools.put(0, pools.make(0), -1, 0);
  pools.put(1, pools.make(1), -1, 1);
  const PoolCalls calls = calls_in(pools);
  ASSERT_NE(calls.find(PoolId{0}), nullptr);
  EXPECT_EQ(calls.find(PoolId{0})->made_past_it, 3U);
  EXPECT_EQ(calls.find(PoolId{1})->made_past_it, 1U);
  EXPECT_EQ(calls.find(PoolId{7}), nullptr);
}

TEST(PoolCalls, AnObjectThatIsMadePastThePoolsGotAndPutAgainCountsOnce) {
  VirtualPool pools(1, 1);
  const ObjectId object = pools.make(0);
  pools.put(0, object);
  ASSERT_EQ(pools.get(0), object);
  pools.put(0, object);
  EXPECT_EQ(calls_in(pools).find(PoolId{0})->made_past_it, 1U);
}

TEST(PoolCalls, TheObjectsOfALaterPartAreOthersOfTheSameNumbers) {
  VirtualPool first(1, 1);
  first.put(0, first.make(0));
  const ObjectId kept = first.make(0);  // never put
  VirtualPool second(1, 1);
  ASSERT_NE(second.get(0), kept);
  ASSERT_EQ(second.get(0), kept);  // New made it
  second.put(0, kept);
  PoolCalls calls;
  add_part(calls, first);
  add_part(calls, second);
  EXPECT_EQ(calls.find(PoolId{0})->made_past_it, 1U);
}

TEST(PoolCalls, TimesAreKnownWhereMostOfThePlainCallsTookSome) {
  EXPECT_FALSE(PoolCalls().times_known());
  VirtualPool pools(1, 1);
  pools.tick_ns = 0;
  pools.begin_get(0);
  pools.advance_to(0, Step::kGetNew);
  pools.tick_ns = 1000;
  pools.finish(0);
  const ObjectId object = pools.hand(0).front();
  const auto put_and_get = [&] {
    pools.put(0, object);
    pools.get(0);
  };
  pools.tick_ns = 0;
  put_and_get();
  EXPECT_FALSE(calls_in(pools).times_known()) << "only New took time";
  EXPECT_GT(calls_in(pools).find(PoolId{0})->gets.longest_ns(), 0);
  pools.tick_ns = 1000;
  put_and_get();
  EXPECT_FALSE(calls_in(pools).times_known()) << "half of them";
  put_and_get();
  EXPECT_TRUE(calls_in(pools).times_known());
}

}  // namespace
}  // namespace poolscope::testing
