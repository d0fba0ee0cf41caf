#include "core/runtime/lock.h"

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

}  // namespace
}  // namespace poolscope
