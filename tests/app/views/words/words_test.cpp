#include "app/views/words/words.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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

TEST(Words, APoolOfAProgramHasItsNameAndTheTypeOfItsObjects) {
  const NamesOfScript::Names pools = {"", "fmt.ppFree (*fmt.pp)", "in main.work"};
  const NamesOfScript names({.pools = &pools});
  EXPECT_EQ(name_of(PoolId{1}), "fmt.ppFree (*fmt.pp)");
  EXPECT_EQ(short_name_of(PoolId{1}), "fmt.ppFree");
  EXPECT_EQ(type_of(PoolId{1}), "*fmt.pp");
  EXPECT_EQ(short_name_of(PoolId{2}), "in main.work");
  EXPECT_EQ(type_of(PoolId{2}), "");
  EXPECT_TRUE(is_named(PoolId{2}));
  EXPECT_FALSE(is_named(PoolId{0}));
  EXPECT_EQ(short_name_of(PoolId{0}), "A");
}

TEST(Words, AListOfPsKeepsToItsLine) {
  EXPECT_EQ(list_text({PId{3}}), "P3");
  EXPECT_EQ(list_text({PId{3}, PId{5}}), "P3 and P5");
  EXPECT_EQ(list_text({PId{0}, PId{1}, PId{2}, PId{3}}), "P0, P1, P2 and P3");
  EXPECT_EQ(list_text({PId{0}, PId{1}, PId{2}, PId{3}, PId{4}, PId{5}}), "P0, P1, P2 and 3 more");
}

TEST(Words, ATileThatStandsForSeveralObjectsNamesThem) {
  const std::vector<ObjectId> two = {ObjectId{7}, ObjectId{12}};
  EXPECT_EQ(sum_text(two, true), "2 more: #7 #12");
  EXPECT_EQ(sum_text(two, false), "2 objects: #7 #12");
  EXPECT_EQ(sum_text(std::span(two).first(1), false), "1 object: #7");
  const std::string many = sum_text(std::vector<ObjectId>(40, ObjectId{1}), true);
  EXPECT_TRUE(many.starts_with("40 more: #1 #1")) << many;
  EXPECT_TRUE(many.ends_with("#1 …")) << many;
}

}  // namespace
}  // namespace poolscope::views
