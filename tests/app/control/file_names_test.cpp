#include "app/control/file_names.h"

#include <gtest/gtest.h>

#include "core/base/ids.h"

namespace poolscope {
namespace {

TEST(NamesInAFile, StandByTheirNumbers) {
  const auto names = names_in({{Name::Of::kPool, 2, "fmt.ppFree (*fmt.pp)"},
                               {Name::Of::kGoroutine, 1, "goroutine 18"},
                               {Name::Of::kType, 0, "*fmt.pp"}});
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(names->pools, (std::vector<std::string>{"", "", "fmt.ppFree (*fmt.pp)"}));
  EXPECT_EQ(names->goroutines, (std::vector<std::string>{"", "goroutine 18"}));
}

TEST(NamesInAFile, AreNoneOfOurOwnSessions) { EXPECT_EQ(names_in({}), nullptr); }

TEST(NamesInAFile, ANumberThatNoThingCanHaveTakesNoMemory) {
  const auto names = names_in({{Name::Of::kPool, PoolId::none().value, "none"},
                               {Name::Of::kGoroutine, 1ULL << 40U, "far"},
                               {Name::Of::kPool, 0, "first"}});
  ASSERT_NE(names, nullptr);
  EXPECT_EQ(names->pools.size(), 1U);
  EXPECT_TRUE(names->goroutines.empty());
}

}  // namespace
}  // namespace poolscope
