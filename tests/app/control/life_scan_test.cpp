// The life of the object that is followed, kept at hand while a session goes on.

#include "app/control/life_scan.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;

/// A session that grows; counts how often its past is opened.
struct GrowingSession {
  VirtualPool pool{2, 2};
  Timeline timeline{initial_model(pool.config())};
  std::size_t taken = 0;
  int opened = 0;

  void take() {
    const std::span<const Event> all(pool.events());
    timeline.append(all.subspan(taken));
    taken = all.size();
  }
  bool update(FollowedLife& life, ObjectId object, std::int64_t now_ns) {
    return life.update(object, timeline.past().last(), now_ns, [this] {
      ++opened;
      return opener_of(timeline.past());
    });
  }
  /// Until it has looked through all of it.
  void settle(FollowedLife& life, ObjectId object, std::int64_t now_ns) {
    for (int i = 0; i < 5'000; ++i) {
      update(life, object, now_ns);
      if (life.progress() >= 1 && life.life() != nullptr && !life.life()->entries().empty()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    FAIL() << "the past has not been looked through";
  }
};

TEST(FollowedLife, IsThatOfTheObjectAndOfNobodyWhereNobodyIsFollowed) {
  GrowingSession session;
  const ObjectId first = session.pool.make(0);
  const ObjectId second = session.pool.make(1);
  session.pool.put(0, first, 0);
  session.take();
  FollowedLife life;
  EXPECT_FALSE(session.update(life, {}, 0));
  EXPECT_EQ(session.opened, 0);
  session.settle(life, first, 0);
  EXPECT_EQ(life.life()->object(), first);
  EXPECT_EQ(life.life()->entries().size(), 2U);
  session.settle(life, second, 0);
  EXPECT_EQ(life.life()->object(), second);
  EXPECT_EQ(session.opened, 2);
  session.update(life, {}, 0);
  EXPECT_EQ(life.life(), nullptr);
}

TEST(FollowedLife, GrowsWithTheSessionAndNeverShowsLess) {
  GrowingSession session;
  const ObjectId object = session.pool.make(0);
  session.pool.put(0, object, 0);
  session.take();
  FollowedLife life;
  session.settle(life, object, 0);
  ASSERT_EQ(life.life()->entries().size(), 2U);
  // Nothing has happened since: the past is not looked through again.
  session.update(life, object, 10 * kSecond_ns);
  EXPECT_EQ(session.opened, 1);
  ASSERT_EQ(session.pool.get(0, 0), object);
  session.take();
  for (int i = 0; i < 5'000 && life.life()->entries().size() < 3; ++i) {
    session.update(life, object, 20 * kSecond_ns);
    ASSERT_GE(life.life()->entries().size(), 2U);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(life.life()->entries().size(), 3U);
  EXPECT_EQ(session.opened, 2);
}

}  // namespace
}  // namespace poolscope::testing
