#include "app/views/words/words.h"

#include <array>
#include <cstdint>

#include <gtest/gtest.h>

#include "core/model/words.h"

namespace poolscope::views {
namespace {

TEST(Words, APoolHasTheSameNameInTheWindowAsInADump) {
  for (const std::uint16_t pool : std::to_array<std::uint16_t>({0, 1, 25, 26, 27, 701, 702})) {
    EXPECT_EQ(name_of(PoolId{pool}), pool_name(PoolId{pool}));
  }
  EXPECT_EQ(name_of(PoolId{25}), "Z");
  EXPECT_EQ(name_of(PoolId{26}), "AA");
}

}  // namespace
}  // namespace poolscope::views
