// Which pools are listed, in which order, and what is said of them.

#include "app/views/dialogs/pools_panel.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/views/widgets/script_names.h"
#include "tests/app/views/plain_view.h"
#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

using intents::PoolsListed;

/// Five thousand pools of a Go program, of which some are in allPools and some have a victim.
class PoolsOfProgram : public ::testing::Test {
 protected:
  static constexpr std::uint16_t kPools = 5'000;

  PoolsOfProgram() {
    auto names = std::make_shared<SessionNames>();
    for (std::uint16_t i = 0; i < kPools; ++i) {
      view_.model.pools.push_back({.id = PoolId{i}});
      names->pools.push_back("pkg.pool" + std::to_string(i) + " (*pkg.Item)");
      figures_.push_back({PoolId{i}, {}});
      figures_.back().counts.from[0] = kPools - i;
    }
    names->pools[7] = "fmt.ppFree (*fmt.pp)";
    names->pools[9] = "net/http.bufioReaderPool (*bufio.Reader)";
    view_.session.names = std::move(names);
    view_.model.all_pools = {PoolId{9}, PoolId{2}};
    view_.model.old_pools = {PoolId{7}, PoolId{9}};
  }

  std::vector<std::uint16_t> listed() {
    ViewInput input = view_.input();
    input.pools = open_ ? &figures_ : nullptr;
    const NamesOfScript names = names_of(input);
    std::vector<std::uint16_t> numbers;
    for (const ListedPool& pool : listed_pools(input)) {
      numbers.push_back(pool.figures->pool.value);
    }
    return numbers;
  }

  testing::PlainView view_;
  std::vector<PoolFigures> figures_;
  bool open_ = true;
};

TEST_F(PoolsOfProgram, AreAllListedTheBusiestFirst) {
  const std::vector<std::uint16_t> numbers = listed();
  ASSERT_EQ(numbers.size(), kPools);
  EXPECT_EQ(numbers.front(), 0);
  EXPECT_EQ(numbers.back(), kPools - 1);
}

TEST_F(PoolsOfProgram, AreFoundByNameAndByType) {
  view_.state.pools_search = "PPFREE";
  EXPECT_EQ(listed(), (std::vector<std::uint16_t>{7}));
  view_.state.pools_search = "reader http";
  EXPECT_EQ(listed(), (std::vector<std::uint16_t>{9}));
  view_.state.pools_search = "no such pool";
  EXPECT_TRUE(listed().empty());
}

TEST_F(PoolsOfProgram, OfAllPoolsAndOfOldPoolsAreThoseThatTheModelHasThere) {
  view_.state.pools_listed = PoolsListed::kAllPools;
  EXPECT_EQ(listed(), (std::vector<std::uint16_t>{2, 9}));
  view_.state.pools_listed = PoolsListed::kOldPools;
  EXPECT_EQ(listed(), (std::vector<std::uint16_t>{7, 9}));
  view_.state.pools_search = "fmt";
  EXPECT_EQ(listed(), (std::vector<std::uint16_t>{7}));
}

TEST_F(PoolsOfProgram, AreNotCountedWhileTheListIsClosed) {
  open_ = false;
  EXPECT_TRUE(listed().empty());
}

}  // namespace
}  // namespace poolscope::views
