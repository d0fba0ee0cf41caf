#include "core/runtime/lock.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

TEST(Lock, LetsOneInAtATime) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 20'000;
  Lock lock;
  int count = 0;  // guarded by lock
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
          lock.lock();
          ++count;
          lock.unlock();
        }
      });
    }
  }
  EXPECT_EQ(count, kThreads * kRounds);
}

TEST(Lock, IsRefusedWhileHeldAndFreeAfterwards) {
  Lock lock;
  EXPECT_TRUE(lock.try_lock());
  EXPECT_FALSE(lock.try_lock());
  lock.unlock();
  EXPECT_TRUE(lock.try_lock());
  lock.unlock();
}

/// Takes the lock as `me` until it is biased towards it.
void win_the_bias(Lock& lock, GId me) {
  for (std::uint32_t i = 0; i <= Lock::kStreakOfABias; ++i) {
    EXPECT_FALSE(lock.is_biased());
    lock.lock(me);
    lock.unlock();
  }
  EXPECT_EQ(lock.is_biased(), kBarrierIsAsymmetric);
}

TEST(Lock, ThatIsBiasedIsTakenFromItsOwnerAndGivenBack) {
  const GId owner{1};
  const GId other{2};
  Lock lock;
  win_the_bias(lock, owner);
  EXPECT_TRUE(lock.is_free());
  EXPECT_TRUE(lock.try_lock(owner));
  EXPECT_FALSE(lock.is_free());
  EXPECT_FALSE(lock.try_lock(other)) << "its owner is inside";
  lock.unlock();
  EXPECT_TRUE(lock.try_lock(other));
  EXPECT_FALSE(lock.try_lock(owner)) << "the bias is revoked";
  lock.unlock();
  EXPECT_TRUE(lock.try_lock(owner));
  lock.unlock();
}

TEST(Lock, RemembersWhetherOthersHaveUsedIt) {
  const GId owner{1};
  const GId other{2};
  Lock lock;
  const auto use = [&lock](GId me) {
    ASSERT_TRUE(lock.try_lock(me));
    lock.unlock();
  };
  use(owner);
  EXPECT_FALSE(lock.used_by_others(owner));
  EXPECT_TRUE(lock.used_by_others(other));
  use(other);
  EXPECT_TRUE(lock.used_by_others(owner));
  EXPECT_FALSE(lock.used_by_others(other));

  Lock biased;
  win_the_bias(biased, owner);
  EXPECT_FALSE(biased.used_by_others(owner));
  EXPECT_TRUE(biased.used_by_others(other));
  ASSERT_TRUE(biased.try_lock(other));
  biased.unlock();
  EXPECT_FALSE(biased.used_by_others(other));
  // Without a bias it remembers the one that held it last, and that was another.
  EXPECT_EQ(biased.used_by_others(GId{3}), !kBarrierIsAsymmetric)
      << "the owner was not there since";
  ASSERT_TRUE(biased.try_lock(owner));
  biased.unlock();
  EXPECT_TRUE(biased.used_by_others(other));
}

TEST(Lock, ThatIsBiasedWaitsForItsOwnerToComeOut) {
  const GId owner{1};
  Lock lock;
  win_the_bias(lock, owner);
  int count = 0;  // guarded by lock
  lock.lock(owner);
  std::jthread other([&] {
    lock.lock(GId{2});
    EXPECT_EQ(count, 1);
    lock.unlock();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  count = 1;
  lock.unlock();
}

TEST(Lock, LetsOneInAtATimeWhileItsBiasComesAndGoes) {
  constexpr std::uint32_t kVisits = 200;
  Lock lock;
  std::uint64_t count = 0;     // guarded by lock
  std::uint64_t expected = 0;  // what the threads have added in all
  std::atomic<bool> done{false};
  std::mutex sums;
  const auto work = [&](GId me, auto&& pause_between) {
    std::uint64_t mine = 0;
    while (!done.load()) {
      if (mine % 2 == 0) {
        lock.lock(me);
      } else if (!lock.try_lock(me)) {
        continue;
      }
      ++count;
      lock.unlock();
      ++mine;
      pause_between(mine);
    }
    const std::scoped_lock guard(sums);
    expected += mine;
  };
  {
    // The owner is so much quicker that it has the bias again at most visits of the others.
    std::jthread owner([&] { work(GId{1}, [](std::uint64_t /*mine*/) {}); });
    std::vector<std::jthread> visitors;
    for (const GId id : {GId{2}, GId{3}}) {
      visitors.emplace_back([&, id] {
        work(id, [&](std::uint64_t mine) {
          std::this_thread::sleep_for(std::chrono::microseconds(500));
          if (mine == kVisits) done.store(true);
        });
      });
    }
  }
  EXPECT_EQ(count, expected);
}

TEST(Lock, IsBiasedTowardsItsFirstOwnerOnly) {
  Lock lock;
  win_the_bias(lock, GId{1});
  for (std::uint32_t i = 0; i < 2 * Lock::kStreakOfABias; ++i) {
    ASSERT_TRUE(lock.try_lock(GId{2}));
    lock.unlock();
  }
  EXPECT_FALSE(lock.is_biased()) << "two goroutines that both take it for theirs";
}

TEST(Lock, GivesNoBiasToAGoroutineWhoseNumberItCannotHold) {
  for (const GId id : {GId{65'535}, GId{65'536 + 1}, GId{4'000'000'000}, GId::none()}) {
    Lock lock;
    for (std::uint32_t i = 0; i < 2 * Lock::kStreakOfABias; ++i) {
      lock.lock(id);
      lock.unlock();
    }
    EXPECT_FALSE(lock.is_biased()) << id.value;
    EXPECT_TRUE(lock.try_lock(GId{1})) << "it was given back by " << id.value;
    lock.unlock();
  }
}

}  // namespace
}  // namespace poolscope
