#include "app/control/pool_list.h"

#include <gtest/gtest.h>

#include "core/model/reduce.h"

namespace poolscope {
namespace {

TEST(PoolList, IsCountedWhileItIsShownAndOnlyWhenTheStatisticsHaveGrown) {
  PoolList list;
  const auto first = std::make_shared<const Statistics>();
  EXPECT_FALSE(list.update(false, false, first, 3));
  EXPECT_EQ(list.figures(), nullptr);
  EXPECT_TRUE(list.update(true, false, first, 3));
  ASSERT_NE(list.figures(), nullptr);
  EXPECT_EQ(list.figures()->size(), 3U);
  EXPECT_FALSE(list.update(true, false, first, 3));
  EXPECT_TRUE(list.update(true, false, std::make_shared<const Statistics>(), 3));
  EXPECT_TRUE(list.update(true, false, first, 4)) << "another pool has come";
  EXPECT_FALSE(list.update(false, false, first, 4));
  EXPECT_EQ(list.figures(), nullptr);
}

/// Statistics in which pool 1 has had one Get, and then pool 0 two.
std::shared_ptr<const Statistics> counted(int gets_of_first) {
  auto statistics = std::make_shared<Statistics>();
  Model model = initial_model({.pools = 2});
  std::uint64_t seq = 0;
  const auto get = [&](std::uint16_t pool) {
    GState& g = model.gs[0];
    g.last_op = {.kind = Operation::Kind::kGet, .pool = PoolId{pool}, .where = Where::kNew};
    Event event;
    event.set_seq(++seq);
    event.kind = EventKind::kGetEnd;
    event.g = GId{0};
    event.time_ns = 1;
    statistics->add(event, model);
  };
  get(1);
  for (int i = 0; i < gets_of_first; ++i) get(0);
  return statistics;
}

TEST(PoolList, OfASessionThatGoesOnKeepsTheOrderInWhichItWasOpened) {
  for (const bool runs : {true, false}) {
    PoolList list;
    ASSERT_TRUE(list.update(true, runs, counted(0), 2));
    EXPECT_EQ(list.figures()->front().pool, PoolId{1});
    ASSERT_TRUE(list.update(true, runs, counted(2), 2));
    EXPECT_EQ(list.figures()->front().pool, PoolId{static_cast<std::uint16_t>(runs ? 1 : 0)});
    EXPECT_EQ(list.figures()->back().counts.gets(), runs ? 2U : 1U);
  }
}

}  // namespace
}  // namespace poolscope
