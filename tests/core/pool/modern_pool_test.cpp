// The modern pool's dequeue by itself. On real threads: pools_on_threads_test.cpp; step by step:
// the oracle's scripts.

#include "core/pool/modern_pool.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "tests/core/pool/numbers.h"

namespace poolscope {
namespace {

using Env = ThreadEnv<NullProbe>;
using Dequeue = PoolDequeue<Env>;
using Chain = PoolChain<Env>;
using Elt = PoolChainElt<Env>;

// Go's sizes (core/pool/README.md, Layout): 64-bit words.
static_assert(sizeof(ModernPool<Env, 128>) == 40);
static_assert(sizeof(ModernPoolLocal<Env, 0>) == 32 && sizeof(ModernPoolLocal<Env, 128>) == 128);
static_assert(sizeof(Dequeue) == 32 && sizeof(Chain) == 16 && sizeof(Elt) == 48);

TEST(PoolDequeue, IsAStackAtTheHeadAndAQueueAtTheTail) {
  Dequeue dequeue(8);
  std::vector<std::uint32_t> numbers{0, 1, 2, 3};
  for (std::uint32_t& number : numbers) ASSERT_TRUE(dequeue.push_head(value_of(number)));
  EXPECT_EQ(number_in(dequeue.pop_head()), 3U);
  EXPECT_EQ(number_in(dequeue.pop_tail()), 0U);
  EXPECT_EQ(number_in(dequeue.pop_tail()), 1U);
  EXPECT_EQ(number_in(dequeue.pop_head()), 2U);
  EXPECT_TRUE(dequeue.pop_head().is_nil());
  EXPECT_TRUE(dequeue.pop_tail().is_nil());
}

TEST(PoolDequeue, GoesOnWhereItsPositionsWrapAround) {
  Dequeue dequeue(8);
  dequeue.start_at(UINT32_MAX - 3);
  std::vector<std::uint32_t> numbers(8);
  for (std::uint32_t i = 0; i < 8; ++i) {
    numbers[i] = i;
    ASSERT_TRUE(dequeue.push_head(value_of(numbers[i])));
  }
  EXPECT_FALSE(dequeue.push_head(value_of(numbers[0]))) << "it is full";
  for (std::uint32_t i = 0; i < 8; ++i) EXPECT_EQ(number_in(dequeue.pop_tail()), i);
}

/// Does something while a thief has won a slot and not yet cleared it.
struct AtTheThief : Env {
  template <Step kStep>
  static void point() {
    if (kStep == Step::kPopTailWon && meanwhile != nullptr) (*meanwhile)();
  }
  static inline const std::function<void()>* meanwhile = nullptr;
};

TEST(PoolDequeue, IsFullWhileAThiefHasNotYetClearedTheSlotThatItWon) {
  PoolDequeue<AtTheThief> dequeue(8);
  std::vector<std::uint32_t> numbers{0, 1, 2, 3, 4, 5, 6, 7, 8};
  for (std::size_t i = 0; i < 8; ++i) ASSERT_TRUE(dequeue.push_head(value_of(numbers[i])));
  bool pushed = true;
  const std::function<void()> push = [&] { pushed = dequeue.push_head(value_of(numbers[8])); };
  AtTheThief::meanwhile = &push;
  EXPECT_EQ(number_in(dequeue.pop_tail()), 0U);
  AtTheThief::meanwhile = nullptr;
  EXPECT_FALSE(pushed) << "the owner filled a slot that the thief was about to clear";
  EXPECT_TRUE(dequeue.push_head(value_of(numbers[8]))) << "now it is given back";
}

}  // namespace
}  // namespace poolscope
