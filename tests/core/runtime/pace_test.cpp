#include "core/runtime/pace.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "core/runtime/scheduler.h"
#include "core/runtime/silent_observer.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;

class PaceTest : public ::testing::Test {
 protected:
  void stand(bool pinned = false) {
    Goroutine g;
    g.scheduler = &scheduler_;
    g.pinned = pinned;
    pace_.stand(g, 1, Shown::kFact);
  }
  /// A thread that waits one step; `done` says when it went on.
  std::jthread waiter(std::atomic<bool>& done, bool pinned = false) {
    return std::jthread([this, &done, pinned] {
      stand(pinned);
      done = true;
    });
  }

  void wait_for_standing(std::size_t count) const {
    while (pace_.standing() != count) std::this_thread::sleep_for(100us);
  }

  SessionClock clock_;
  SilentObserver observer_;
  Scheduler scheduler_{1, observer_, 1};
  Pace pace_{clock_, {Pacing::kEachWaits, 60'000'000'000}, 1};
};

TEST_F(PaceTest, WaitsTheStepTime) {
  pace_.set_speed({Pacing::kEachWaits, 30'000'000});
  const std::int64_t before_ns = clock_.now_ns();
  stand();
  EXPECT_GE(clock_.now_ns() - before_ns, 30'000'000);
}

TEST_F(PaceTest, AChangeOfSpeedCountsForWaitsUnderWay) {
  std::atomic<bool> done{false};
  std::jthread thread = waiter(done);
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(done.load());
  pace_.set_speed({});
  thread.join();
  EXPECT_TRUE(done.load());
}

TEST_F(PaceTest, WhilePausedNobodyGoesOnAndTimeStandsStill) {
  pace_.pause();
  pace_.set_speed({Pacing::kEachWaits, 1});
  std::atomic<bool> done{false};
  const std::jthread thread = waiter(done);
  const std::int64_t before_ns = clock_.now_ns();
  std::this_thread::sleep_for(30ms);
  EXPECT_FALSE(done.load());
  EXPECT_EQ(clock_.now_ns(), before_ns);
  pace_.resume();
}

TEST_F(PaceTest, AStepLetsExactlyTheOneGoThatHasStoodLongest) {
  pace_.pause();
  std::atomic<bool> first{false};
  std::atomic<bool> second{false};
  std::jthread first_thread = waiter(first);
  wait_for_standing(1);
  const std::jthread second_thread = waiter(second);
  wait_for_standing(2);
  pace_.step();
  first_thread.join();
  EXPECT_TRUE(first.load());
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(second.load());
  pace_.end();
}

TEST_F(PaceTest, WhilePausedAPinnedOneRunsOnWhenTheWorldIsToStop) {
  pace_.pause();
  std::atomic<bool> pinned{false};
  std::atomic<bool> unpinned{false};
  std::jthread pinned_thread = waiter(pinned, true);
  const std::jthread unpinned_thread = waiter(unpinned, false);
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(pinned.load());
  scheduler_.request_stop();
  pace_.wake();
  pinned_thread.join();
  EXPECT_TRUE(pinned.load());
  EXPECT_FALSE(unpinned.load());
  scheduler_.start_world();
  pace_.end();
}

TEST_F(PaceTest, WhilePausedTimeRunsForAStopAndStandsAgain) {
  EXPECT_FALSE(pace_.let_time_run()) << "it runs anyway";
  pace_.pause();
  EXPECT_TRUE(pace_.let_time_run());
  const std::int64_t before_ns = clock_.now_ns();
  while (clock_.now_ns() == before_ns) std::this_thread::sleep_for(10us);
  pace_.let_time_stand();
  const std::int64_t stands_ns = clock_.now_ns();
  std::this_thread::sleep_for(1ms);
  EXPECT_EQ(clock_.now_ns(), stands_ns);
}

TEST_F(PaceTest, TimeRunsOnceResumedWheneverAStopsEffectEnds) {
  std::atomic<bool> done{false};
  const std::jthread coordinator([&] {
    while (!done) pace_.let_time_stand();
  });
  for (int i = 0; i < 20'000; ++i) {
    pace_.pause();
    pace_.resume();
    const std::int64_t before_ns = clock_.now_ns();
    for (int look = 0; look < 100'000'000 && clock_.now_ns() == before_ns; ++look) {
    }
    ASSERT_GT(clock_.now_ns(), before_ns) << "it runs, and its time stands still, at " << i;
  }
  done = true;
}

}  // namespace
}  // namespace poolscope
