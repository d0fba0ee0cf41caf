#include "core/goimport/address_map.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

namespace poolscope::goimport {
namespace {

TEST(AddressMap, HoldsWhatAnOrderedMapHoldsWhateverIsAddedAndErased) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 chance(seed);
  AddressMap<int> map;
  std::map<std::uint64_t, int> expected;
  for (int i = 0; i < 200'000; ++i) {
    // Few addresses, a cache line apart, as those of objects are: many meet in one place.
    const std::uint64_t address = 0xc000'0000'00U + 64U * (1 + chance() % 3000U);
    if (chance() % 2 == 0) {
      map.erase(address);
      expected.erase(address);
    } else {
      map[address] = i;
      expected[address] = i;
    }
    if (i % 1000 != 0) continue;
    ASSERT_EQ(map.size(), expected.size());
    for (std::uint64_t n = 1; n <= 3000; ++n) {
      const std::uint64_t asked = 0xc000'0000'00U + 64U * n;
      const auto there = expected.find(asked);
      const int* found = map.find(asked);
      ASSERT_EQ(found != nullptr, there != expected.end()) << asked;
      if (found != nullptr) {
        ASSERT_EQ(*found, there->second);
      }
    }
  }
}

TEST(AddressMap, HasNothingAtAddressZero) {
  AddressMap<int> map;
  map[64] = 1;
  EXPECT_EQ(map.find(0), nullptr);
  map.erase(0);
  EXPECT_EQ(map.size(), 1U);
}

}  // namespace
}  // namespace poolscope::goimport
