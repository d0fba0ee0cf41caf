// The modern pool on real threads, all at once: what scripts, which run one goroutine at a time,
// cannot show. Under ThreadSanitizer its weak orders are looked at.

#include "core/pool/modern_pool.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "core/runtime/scheduler.h"

namespace poolscope {
namespace {

using Env = ThreadEnv<NullProbe>;
using Dequeue = PoolDequeue<Env>;
using Chain = PoolChain<Env>;
using Elt = PoolChainElt<Env>;

// Go's sizes (SEMANTICS 4): 64-bit words.
static_assert(sizeof(ModernPool<Env, 128>) == 40);
static_assert(sizeof(ModernPoolLocal<Env, 0>) == 32 && sizeof(ModernPoolLocal<Env, 128>) == 128);
static_assert(sizeof(Dequeue) == 32 && sizeof(Chain) == 16 && sizeof(Elt) == 48);

constexpr TypeTag kType{"int"};
Value value_of(std::uint32_t& number) { return {&kType, &number}; }
std::uint32_t number_in(Value x) { return *static_cast<std::uint32_t*>(x.data); }

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

/// One machine for a test: Ps, a world and a pool, and goroutines on threads.
class ModernPoolOnThreads : public ::testing::Test, private SchedulerObserver {
 protected:
  using Pool = ModernPool<Env, 128>;
  static constexpr std::uint32_t kThreads = 4;

  ~ModernPoolOnThreads() override {
    for (auto* locals : {pool_.locals(), pool_.victim()}) {
      if (locals != nullptr) world_.free_array(locals);
    }
    world_.reclaim(std::vector<const Goroutine*>{}, [](ArrayId) {});
  }

  /// Runs body(thread) on kThreads goroutines, each on a P of its own.
  template <class Body>
  void run(const Body& body) {
    std::vector<std::jthread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([this, t, &body] {
        Goroutine g;
        g.id = GId{static_cast<std::uint16_t>(t)};
        g.home = PId{static_cast<std::uint16_t>(t)};
        g.scheduler = &scheduler_;
        g.world = &world_;
        current_g = &g;
        scheduler_.unpark(g);
        body(t);
        scheduler_.park(g, ParkReason::kSleep);
        current_g = nullptr;
      });
    }
  }

  Scheduler scheduler_{kThreads, *this, 1};
  std::uint64_t freed_ = 0;
  World<Pool> world_{[this](Value) { ++freed_; }};
  Pool pool_;

 private:
  void go_run(Goroutine& /*g*/) override {}
  void go_park(Goroutine& /*g*/, ParkReason /*reason*/) override {}
  void go_wait_p(Goroutine& /*g*/) override {}
};

TEST_F(ModernPoolOnThreads, GivesEachObjectToOneThiefOnlyAndEveryOneOfThem) {
  constexpr std::uint32_t kObjects = 20'000;
  std::vector<std::uint32_t> numbers(kObjects);
  std::vector<std::atomic<std::uint32_t>> seen(kObjects);
  std::atomic<bool> put_all{false};
  run([&](std::uint32_t thread) {
    if (thread == 0) {
      for (std::uint32_t i = 0; i < kObjects; ++i) {
        numbers[i] = i;
        pool_.put(value_of(numbers[i]));
        // Now and then it takes its own newest back, against the thieves.
        if (i % 3 == 0) {
          if (const Value x = pool_.get(); !x.is_nil()) seen[number_in(x)].fetch_add(1);
        }
      }
      put_all = true;
      return;
    }
    for (bool last = false;;) {
      last = put_all.load();
      const Value x = pool_.get();
      if (!x.is_nil())
        seen[number_in(x)].fetch_add(1);
      else if (last)
        return;
    }
  });
  // What is left lies in private of P 0, or was pushed last.
  std::uint64_t left = 0;
  for (std::uint32_t i = 0; i < kThreads; ++i) {
    Pool::for_each_value(pool_.locals()[i], [&](Value x) {
      ++left;
      seen[number_in(x)].fetch_add(1);
    });
  }
  for (std::uint32_t i = 0; i < kObjects; ++i) ASSERT_EQ(seen[i].load(), 1U) << i;
  EXPECT_LE(left, 2U);
}

TEST_F(ModernPoolOnThreads, AnObjectOutlivesOneGcInTheVictimAndNotTwo) {
  std::vector<std::uint32_t> numbers(kThreads * 3);
  run([&](std::uint32_t thread) {
    for (std::uint32_t i = 0; i < 3; ++i) pool_.put(value_of(numbers[thread * 3 + i]));
  });
  const std::vector<const Goroutine*> nobody;
  Pool::pool_cleanup(world_);
  world_.reclaim(nobody, [](ArrayId) {});
  EXPECT_EQ(freed_, 0U);
  std::atomic<std::uint64_t> got{0};
  run([&](std::uint32_t /*thread*/) {
    if (!pool_.get().is_nil()) got.fetch_add(1);
  });
  EXPECT_EQ(got.load(), std::uint64_t{kThreads});
  Pool::pool_cleanup(world_);
  world_.reclaim(nobody, [](ArrayId) {});
  EXPECT_EQ(freed_ + got.load(), numbers.size());
}

}  // namespace
}  // namespace poolscope
