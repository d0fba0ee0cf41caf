#include "core/runtime/scheduler.h"

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

using namespace std::chrono_literals;

/// Counts the Ps in use, and notes when two goroutines run on one.
class WatchingObserver final : public SchedulerObserver {
 public:
  void go_run(Goroutine& g) override {
    if (users_[g.p.value].fetch_add(1) != 0) shared = true;
    ++running;
  }
  void go_park(Goroutine& g, ParkReason) override {
    users_[g.p.value].fetch_sub(1);
    --running;
  }
  void go_wait_p(Goroutine&) override { ++waits; }

  std::atomic<int> running{0};
  std::atomic<int> waits{0};
  std::atomic<bool> shared{false};

 private:
  std::array<std::atomic<int>, 64> users_{};
};

/// Goroutines that run until told to end, polling their safepoint.
class Spinners {
 public:
  Spinners(Scheduler& scheduler, int count) : scheduler_(scheduler) {
    for (int i = 0; i < count; ++i) {
      auto& g = *goroutines_.emplace_back(std::make_unique<Goroutine>());
      g.id = GId{static_cast<std::uint32_t>(i)};
      g.home = PId{0};
      threads_.emplace_back([this, &g] { spin(g); });
    }
  }
  ~Spinners() {
    ending_ = true;
    for (std::jthread& thread : threads_) thread.join();
  }
  Spinners(const Spinners&) = delete;
  Spinners& operator=(const Spinners&) = delete;

  std::atomic<std::uint64_t> turns{0};

 private:
  void spin(Goroutine& g) {
    scheduler_.unpark(g);
    while (!ending_) {
      scheduler_.safepoint(g);
      turns.fetch_add(1, std::memory_order_relaxed);
      std::this_thread::yield();
    }
    scheduler_.park(g, ParkReason::kSleep);
  }

  Scheduler& scheduler_;
  std::atomic<bool> ending_{false};
  std::vector<std::unique_ptr<Goroutine>> goroutines_;
  std::vector<std::jthread> threads_;
};

void stop_and(Scheduler& scheduler, const auto& body) {
  scheduler.request_stop();
  while (!scheduler.wait_stopped(1s)) continue;
  body();
  scheduler.start_world();
}

TEST(Scheduler, NeverRunsTwoGoroutinesOnOneP) {
  WatchingObserver observer;
  Scheduler scheduler(3, observer, 7);
  {
    const Spinners spinners(scheduler, 9);
    // Nine on three Ps: somebody has to wait, as soon as four have begun.
    for (int i = 0; i < 20 || observer.waits.load() == 0; ++i) {
      std::this_thread::sleep_for(5ms);
      EXPECT_LE(observer.running.load(), 3);
    }
  }
  EXPECT_FALSE(observer.shared.load());
}

TEST(Scheduler, StopTheWorldLeavesNobodyRunningUntilItStarts) {
  WatchingObserver observer;
  Scheduler scheduler(4, observer, 7);
  const Spinners spinners(scheduler, 6);
  for (int i = 0; i < 50; ++i) {
    stop_and(scheduler, [&] {
      const std::uint64_t before = spinners.turns;
      EXPECT_EQ(observer.running.load(), 0);
      std::this_thread::sleep_for(1ms);
      EXPECT_EQ(spinners.turns, before);
    });
  }
}

TEST(Scheduler, StopTheWorldWaitsForWhoHoldsAPAndForNobodyElse) {
  WatchingObserver observer;
  Scheduler scheduler(2, observer, 7);
  Goroutine with_p;
  with_p.home = PId{1};
  scheduler.unpark(with_p);
  std::atomic<bool> stopped{false};
  std::jthread coordinator([&] { stop_and(scheduler, [&] { stopped = true; }); });
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(stopped.load()) << "a goroutine between two safepoints keeps the world going";
  scheduler.park(with_p, ParkReason::kLock);
  coordinator.join();
  EXPECT_TRUE(stopped.load()) << "one that waits for a lock has no P and is not waited for";
}

TEST(Scheduler, AShrinkTakesThePsAndAGrowGivesThemBack) {
  WatchingObserver observer;
  Scheduler scheduler(4, observer, 7);
  const Spinners spinners(scheduler, 8);
  for (const std::uint32_t procs : {1U, 8U, 2U}) {
    stop_and(scheduler, [&] { scheduler.set_procs(procs); });
    EXPECT_EQ(scheduler.procs(), procs);
    for (int i = 0; i < 10; ++i) {
      std::this_thread::sleep_for(3ms);
      EXPECT_LE(observer.running.load(), static_cast<int>(procs));
    }
  }
  EXPECT_FALSE(observer.shared.load());
}

TEST(Scheduler, AGoroutineGoesOnOnAnotherPWhenItsOwnIsGone) {
  WatchingObserver observer;
  Scheduler scheduler(4, observer, 7);
  Goroutine g;
  g.home = PId{3};
  scheduler.unpark(g);
  scheduler.park(g, ParkReason::kStop);
  stop_and(scheduler, [&] { scheduler.set_procs(2); });
  scheduler.unpark(g);
  EXPECT_LT(g.p.value, 2);
  scheduler.park(g, ParkReason::kSleep);
}

TEST(Scheduler, GoroutinesWanderToOtherPsNowAndThen) {
  WatchingObserver observer;
  Scheduler scheduler(4, observer, 7);
  Goroutine g;
  g.home = PId{2};
  std::set<std::uint16_t> seen;
  for (int i = 0; i < 2000; ++i) {
    scheduler.unpark(g);
    seen.insert(g.p.value);
    scheduler.park(g, ParkReason::kSleep);
  }
  EXPECT_EQ(seen.size(), 4U);
}

}  // namespace
}  // namespace poolscope
