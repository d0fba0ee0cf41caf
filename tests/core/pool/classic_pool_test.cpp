// The classic pool's text, on one thread that moves from P to P.

#include "core/pool/classic_pool.h"

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "core/pool/null_probe.h"
#include "core/pool/thread_env.h"
#include "core/runtime/silent_observer.h"

namespace poolscope {
namespace {

using Env = ThreadEnv<NullProbe>;
using Pool = ClassicPool<Env, 128>;

constexpr TypeTag kInt{"int"};

/// One goroutine on the test's own thread, and objects that are told apart by number.
class ClassicPoolTest : public ::testing::Test {
 protected:
  ClassicPoolTest() {
    g_.scheduler = &scheduler_;
    g_.world = &world_;
    g_.home = PId{0};
    current_g = &g_;
    scheduler_.unpark(g_);
  }
  ~ClassicPoolTest() override {
    if (g_.has_p) scheduler_.park(g_, ParkReason::kSleep);
    current_g = nullptr;
    stop_and([this] { world_.reclaim(std::array{&g_}, [](ArrayId) {}); });
    if (pool_.locals() != nullptr) world_.free_array(pool_.locals());
    if (newless_.locals() != nullptr) world_.free_array(newless_.locals());
  }

  void on_p(std::uint16_t p) {
    // Asked again until the scheduler's dice send it home and nowhere else.
    while (!g_.has_p || g_.p != PId{p}) {
      if (g_.has_p) scheduler_.park(g_, ParkReason::kSleep);
      g_.home = PId{p};
      scheduler_.unpark(g_);
    }
  }
  void put(int x) { pool_.put(value(x)); }
  int get() { return number(pool_.get()); }
  Value value(int x) { return {&kInt, &numbers_.at(static_cast<std::size_t>(x))}; }
  int number(Value x) {
    if (x.is_nil()) return -1;
    return static_cast<int>(static_cast<std::byte*>(x.data) - numbers_.data());
  }
  void gc() {
    stop_and([this] { Pool::pool_cleanup(world_); });
  }
  void resize(std::uint32_t procs) {
    stop_and([this, procs] { scheduler_.set_procs(procs); });
  }
  template <class F>
  void stop_and(const F& f) {
    const bool had_p = g_.has_p;
    if (had_p) scheduler_.park(g_, ParkReason::kStop);
    scheduler_.request_stop();
    while (!scheduler_.wait_stopped(std::chrono::seconds(1))) continue;
    f();
    scheduler_.start_world();
    if (had_p) scheduler_.unpark(g_);
  }
  std::vector<int> shared(std::uint16_t p) {
    std::vector<int> numbers;
    for (const Value x : pool_.locals()[p].shared.cells()) numbers.push_back(number(x));
    return numbers;
  }

  static constexpr int kMade = 90;  // what New returns

  std::array<std::byte, 100> numbers_{};
  std::vector<int> freed_;
  SilentObserver observer_;
  Scheduler scheduler_{4, observer_, 1};
  World<Pool> world_{[this](Value x) { freed_.push_back(number(x)); }};
  Goroutine g_;
  NewFunc new_{[](void* self) { return static_cast<ClassicPoolTest*>(self)->value(kMade); }, this};
  Pool pool_{&new_};
  Pool newless_;
};

TEST_F(ClassicPoolTest, HasTheSizesAndOffsetsOfGo) {
  EXPECT_EQ(sizeof(Pool), 24U);
  EXPECT_EQ(sizeof(ClassicPoolLocal<0>), 48U);
  EXPECT_EQ(sizeof(ClassicPoolLocal<64>), 64U);
  EXPECT_EQ(sizeof(ClassicPoolLocal<128>), 128U);
  EXPECT_EQ(offsetof(ClassicPoolLocal<128>, shared), 16U);
  EXPECT_EQ(offsetof(ClassicPoolLocal<128>, mutex), 40U);
}

TEST_F(ClassicPoolTest, CannotBeCopied) {
  EXPECT_FALSE(std::is_copy_constructible_v<Pool>);
  EXPECT_FALSE(std::is_copy_assignable_v<Pool>);
}

TEST_F(ClassicPoolTest, StartsItsArrayOnAPairOfCacheLinesAndAllZero) {
  put(1);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pool_.locals()) % 128, 0U);
  EXPECT_EQ(header_of(pool_.locals()).length, 4U);
  EXPECT_TRUE(pool_.locals()[1].private_value.is_nil());
  EXPECT_EQ(pool_.locals()[1].shared.len(), 0U);
}

TEST_F(ClassicPoolTest, PutFillsPrivateFirstAndThenSharedAtItsNewestEnd) {
  on_p(0);
  put(1);
  put(2);
  put(3);
  EXPECT_EQ(number(pool_.locals()[0].private_value), 1);
  EXPECT_EQ(shared(0), (std::vector{2, 3}));
}

TEST_F(ClassicPoolTest, GetTakesPrivateThenTheNewestOfItsOwnShared) {
  on_p(0);
  for (const int x : {1, 2, 3}) put(x);
  EXPECT_EQ(get(), 1);
  EXPECT_EQ(get(), 3);
  EXPECT_EQ(get(), 2);
  EXPECT_EQ(get(), kMade);
}

TEST_F(ClassicPoolTest, ForgetsANilPut) {
  pool_.put(Value::nil());
  EXPECT_EQ(pool_.locals(), nullptr);
  EXPECT_TRUE(world_.all_pools.empty());
}

TEST_F(ClassicPoolTest, ReturnsNilWithoutNewAndNeverNilWithIt) {
  EXPECT_TRUE(newless_.get().is_nil());
  EXPECT_EQ(get(), kMade);
}

TEST_F(ClassicPoolTest, StealsTheNewestFromTheNearestNeighbourInTheRing) {
  on_p(1);
  for (const int x : {1, 2, 3}) put(x);
  on_p(3);
  for (const int x : {11, 12}) put(x);
  on_p(2);
  EXPECT_EQ(get(), 12) << "P3 comes before P1 when P2 looks around";
  EXPECT_EQ(get(), 3);
  EXPECT_EQ(get(), 2);
  EXPECT_EQ(get(), kMade) << "the privates of other Ps are never looked at";
}

TEST_F(ClassicPoolTest, NeverStealsAPrivate) {
  on_p(1);
  put(1);
  on_p(0);
  EXPECT_EQ(get(), kMade);
  on_p(1);
  EXPECT_EQ(get(), 1);
}

TEST_F(ClassicPoolTest, AGcForgetsEverythingAndFreesItOnce) {
  on_p(0);
  for (const int x : {1, 2, 3}) put(x);
  gc();
  EXPECT_EQ(pool_.locals(), nullptr);
  EXPECT_EQ(pool_.local_size(), 0U);
  EXPECT_TRUE(world_.all_pools.empty());
  EXPECT_EQ(freed_, (std::vector{1, 2, 3}));
  EXPECT_EQ(get(), kMade);
  EXPECT_EQ(world_.all_pools.size(), 1U) << "the next pin registers the pool again";
}

TEST_F(ClassicPoolTest, AGrowDropsTheArrayOnlyWhenAPBeyondItPins) {
  on_p(0);
  for (const int x : {1, 2}) put(x);
  resize(6);
  on_p(1);
  EXPECT_EQ(pool_.local_size(), 4U) << "pools are not told of GOMAXPROCS";
  on_p(5);
  EXPECT_EQ(get(), kMade) << "the array went with all it held";
  EXPECT_EQ(pool_.local_size(), 6U);
  EXPECT_EQ(world_.all_pools.size(), 1U) << "a grow does not register the pool again";
}

TEST_F(ClassicPoolTest, ADroppedArrayIsFreedAtTheNextReclaimWithWhatItHeld) {
  on_p(0);
  for (const int x : {1, 2}) put(x);
  resize(6);
  on_p(5);
  get();
  std::vector<ArrayId> arrays;
  stop_and([&] { world_.reclaim(std::array{&g_}, [&](ArrayId id) { arrays.push_back(id); }); });
  EXPECT_EQ(arrays, (std::vector{ArrayId{1}}));
  EXPECT_EQ(freed_, (std::vector{1, 2}));
}

TEST_F(ClassicPoolTest, ADroppedArrayIsKeptWhileAnOperationMayStillReachIt) {
  on_p(0);
  put(1);
  resize(6);
  on_p(5);
  get();
  Goroutine thief;
  thief.operations = 7;  // under way
  std::vector<ArrayId> arrays;
  const auto reclaim = [&] {
    world_.reclaim(std::array{&g_, &thief}, [&](ArrayId id) { arrays.push_back(id); });
  };
  stop_and(reclaim);
  stop_and(reclaim);
  EXPECT_TRUE(arrays.empty());
  EXPECT_TRUE(freed_.empty());
  thief.operations = 9;  // that one has ended; another is under way
  stop_and(reclaim);
  EXPECT_EQ(arrays.size(), 1U);
  EXPECT_EQ(freed_, (std::vector{1}));
}

TEST_F(ClassicPoolTest, AfterAShrinkSharedCanBeStolenAndPrivateIsStranded) {
  on_p(3);
  for (const int x : {1, 2}) put(x);
  resize(2);
  on_p(0);
  EXPECT_EQ(pool_.local_size(), 4U) << "a shrink changes nothing in the pool";
  EXPECT_EQ(get(), 2);
  EXPECT_EQ(get(), kMade);
  resize(4);
  on_p(3);
  EXPECT_EQ(get(), 1) << "the stranded private is back with its P";
}

TEST_F(ClassicPoolTest, RaceModeDropsAboutOnePutInFour) {
  world_.race = true;
  g_.random = 12345;
  constexpr int kPuts = 400;
  int kept = 0;
  for (int i = 0; i < kPuts; ++i) {
    newless_.put(value(1));
    if (!newless_.get().is_nil()) ++kept;
  }
  EXPECT_GT(kept, kPuts * 65 / 100);
  EXPECT_LT(kept, kPuts * 85 / 100);
}

TEST_F(ClassicPoolTest, APutOfTheSameObjectTwiceIsNotNoticed) {
  on_p(0);
  put(1);
  put(1);
  EXPECT_EQ(get(), 1);
  EXPECT_EQ(get(), 1);
}

}  // namespace
}  // namespace poolscope
