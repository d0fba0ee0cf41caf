#include "core/trace/array_ledger.h"

#include <array>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

TEST(ArrayLedger, KeepsTheNewestArraysOldestFirst) {
  constexpr std::uint32_t kMany = 100;
  std::array<int, kMany> locals{};
  ArrayLedger ledger;
  const auto none = ledger.newest();
  for (std::uint32_t i = 0; i < kMany; ++i) ledger.note(ArrayId{i + 1}, &locals[i]);
  EXPECT_TRUE(none->empty()) << "a list that was given out does not change";
  const auto newest = ledger.newest();
  ASSERT_EQ(newest->size(), ArrayLedger::kArraysKept);
  EXPECT_EQ(newest->front().array, ArrayId{kMany - ArrayLedger::kArraysKept + 1});
  EXPECT_EQ(newest->back().array, ArrayId{kMany});
  EXPECT_EQ(newest->back().address, reinterpret_cast<std::uintptr_t>(&locals.back()));
}

}  // namespace
}  // namespace poolscope
