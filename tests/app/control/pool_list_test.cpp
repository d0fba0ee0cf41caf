#include "app/control/pool_list.h"

#include <gtest/gtest.h>

namespace poolscope {
namespace {

TEST(PoolList, IsCountedWhileItIsShownAndOnlyWhenTheStatisticsHaveGrown) {
  PoolList list;
  const auto first = std::make_shared<const Statistics>();
  EXPECT_FALSE(list.update(false, first, 3));
  EXPECT_EQ(list.figures(), nullptr);
  EXPECT_TRUE(list.update(true, first, 3));
  ASSERT_NE(list.figures(), nullptr);
  EXPECT_EQ(list.figures()->size(), 3U);
  EXPECT_FALSE(list.update(true, first, 3));
  EXPECT_TRUE(list.update(true, std::make_shared<const Statistics>(), 3));
  EXPECT_TRUE(list.update(true, first, 4)) << "another pool has come";
  EXPECT_FALSE(list.update(false, first, 4));
  EXPECT_EQ(list.figures(), nullptr);
}

}  // namespace
}  // namespace poolscope
