// The bench's what-if: the classic pool with a thief that takes care.

#include "tests/bench/tuned_pool.h"

#include <array>
#include <cstddef>

#include <gtest/gtest.h>

#include "core/runtime/scheduler.h"

namespace poolscope::bench {
namespace {

constexpr TypeTag kInt{"int"};

/// Used by two goroutines in turn, each on its own P.
class TunedPoolTest : public ::testing::Test, private SchedulerObserver {
 protected:
  TunedPoolTest() {
    for (Goroutine* g : {&owner_, &thief_}) {
      const auto number = static_cast<std::uint16_t>(g == &owner_ ? 0 : 1);
      g->id = GId{number};
      g->scheduler = &scheduler_;
      g->world = &world_;
      // Asked again until the scheduler's dice send it home and nowhere else.
      for (scheduler_.unpark(*g); g->p != PId{number}; scheduler_.unpark(*g)) {
        scheduler_.park(*g, ParkReason::kSleep);
        g->home = PId{number};
      }
    }
  }
  ~TunedPoolTest() override {
    for (Goroutine* g : {&owner_, &thief_}) scheduler_.park(*g, ParkReason::kSleep);
    current_g = nullptr;
    if (pool_.locals() != nullptr) world_.free_array(pool_.locals());
  }
  void owner_puts(int x) {
    current_g = &owner_;
    pool_.put({&kInt, &numbers_.at(static_cast<std::size_t>(x))});
  }
  int thief_gets() {
    current_g = &thief_;
    const Value x = pool_.get();
    if (x.is_nil()) return -1;
    return static_cast<int>(static_cast<std::byte*>(x.data) - numbers_.data());
  }
  [[nodiscard]] Lock& owners_lock() const { return pool_.locals()[0].mutex; }
  [[nodiscard]] GId owner() const { return owner_.id; }

 private:
  void go_run(Goroutine& /*g*/) override {}
  void go_park(Goroutine& /*g*/, ParkReason /*reason*/) override {}
  void go_wait_p(Goroutine& /*g*/) override {}

  std::array<std::byte, 8> numbers_{};
  Scheduler scheduler_{2, *this, 1};
  World<TunedPool<128>::Classic> world_{[](Value) {}};
  TunedPool<128> pool_;
  Goroutine owner_;
  Goroutine thief_;
};

TEST_F(TunedPoolTest, AThiefThatMeetsTheOwnerComesBackLater) {
  for (const int x : {1, 2, 3, 4, 5}) owner_puts(x);
  EXPECT_EQ(thief_gets(), 5);
  EXPECT_EQ(thief_gets(), -1) << "the owner had used it: one steal is let pass";
  EXPECT_EQ(thief_gets(), 4) << "and has not since";
  EXPECT_EQ(thief_gets(), 3);
  owner_puts(6);
  EXPECT_EQ(thief_gets(), 6);
  EXPECT_EQ(thief_gets(), -1);
  EXPECT_EQ(thief_gets(), 2);
  EXPECT_EQ(thief_gets(), -1) << "there is the private of the owner and nothing else";
}

TEST_F(TunedPoolTest, AThiefDoesNotWaitForALockThatIsHeld) {
  owner_puts(1);
  owner_puts(2);
  Lock& lock = owners_lock();
  ASSERT_TRUE(lock.try_lock(owner()));
  EXPECT_EQ(thief_gets(), -1);
  lock.unlock();
  EXPECT_EQ(thief_gets(), -1);
  EXPECT_EQ(thief_gets(), 2);
}

TEST_F(TunedPoolTest, AShardThatLooksEmptyIsNotLocked) {
  owner_puts(1);
  ASSERT_TRUE(owners_lock().try_lock(owner()));
  EXPECT_EQ(thief_gets(), -1);
  owners_lock().unlock();
  owner_puts(2);
  EXPECT_EQ(thief_gets(), 2) << "who looks only meets nobody";
}

}  // namespace
}  // namespace poolscope::bench
