// `poolscope stats` of pools by their names, which may be the same or be without a type.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/session/session_writer.h"
#include "tests/cli/program.h"
#include "tests/support/pools/virtual_pool.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

class StatsOfNames : public ::testing::Test {
 protected:
  struct Named {
    std::string name;
    int gets = 0;
  };
  /// A session of these pools, by their numbers.
  std::string session(const std::string& file, const std::vector<Named>& named) {
    VirtualPool pools(1, 1, static_cast<std::uint32_t>(named.size()));
    std::string path = (folder_ / (file + ".poolscope")).string();
    auto writer = SessionWriter::create(path, true, initial_model(pools.config()), {});
    EXPECT_TRUE(writer) << writer.error().message;
    for (std::size_t i = 0; i < named.size(); ++i) {
      for (int n = 0; n < named[i].gets; ++n) pools.get(0, -1, static_cast<int>(i));
      EXPECT_TRUE((*writer)->add_name({Name::Of::kPool, i, named[i].name}));
    }
    EXPECT_TRUE((*writer)->append(pools.events()));
    EXPECT_TRUE((*writer)->close());
    return path;
  }
  /// "0-1 2-0": the numbers of the pools that are in both, in their order.
  static std::string pairs(std::vector<std::string> words) {
    words.insert(words.begin(), {"stats", "--json"});
    const Outcome outcome = poolscope(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    std::string text;
    const json both = json::parse(outcome.out);
    for (const json& pool : both.at("in_both")) {
      text += (text.empty() ? "" : " ") + pool.at("a").dump() + "-" + pool.at("b").dump();
    }
    return text;
  }
  static std::string shown(const std::string& file, const std::string& pool) {
    const Outcome outcome = poolscope({"stats", "--json", file, "--pool", pool});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    std::string text;
    const json stats = json::parse(outcome.out);
    for (const json& row : stats.at("by_pool")) {
      text += (text.empty() ? "" : " ") + row.at("pool").dump();
    }
    return text;
  }
  TemporaryFolder folder_;
};

TEST_F(StatsOfNames, PoolsOfTheSameNameArePairedByTheirNumbersTheBusiestFirst) {
  const std::string x = session("x", {{"in f (*T)", 1}, {"in f (*T)", 5}, {"in g (*T)", 3}});
  EXPECT_EQ(pairs({x, x}), "1-1 2-2 0-0");
  EXPECT_EQ(pairs({x, x, "--pool", "in f"}), "1-1 0-0");
}

TEST_F(StatsOfNames, APoolWhoseTypeIsUnknownOrHasChangedIsTheSame) {
  const std::string x = session("x", {{"main.p ([]byte)", 1}, {"main.q", 2}, {"in f (*T)", 3}});
  const std::string y = session(
      "y", {{"in f (*U)", 1}, {"in f (*T)", 1}, {"main.q (*T)", 1}, {"main.p (*[]byte)", 1}});
  EXPECT_EQ(pairs({x, y}), "2-1 1-2 0-3");
  EXPECT_EQ(pairs({x, y, "--pool", "main.p"}), "0-3");
}

TEST_F(StatsOfNames, ThePoolsOfOneNameAreThoseThatHaveCounts) {
  const std::string x =
      session("x", {{"in f (*T)", 0}, {"in f (*T)", 2}, {"in f (*U)", 3}, {"in g", 0}});
  EXPECT_EQ(shown(x, "in f (*T)"), "1");
  EXPECT_EQ(shown(x, "in f"), "1 2");
  EXPECT_EQ(shown(x, "in g"), "3");
}

TEST_F(StatsOfNames, AConditionIsAboutAllThePoolsOfItsName) {
  const std::string x =
      session("x", {{"in f (*T)", 0}, {"in f (*T)", 2}, {"in f (*U)", 3}, {"in g", 0}});
  const auto said = [&x](const std::string& condition) {
    return poolscope({"stats", x, "--fail-if", condition}).err;
  };
  EXPECT_NE(said("in f (*T):gets>0").find("holds: it is 2\n"), std::string::npos);
  EXPECT_NE(said("in f:gets>0").find("holds: it is 5\n"), std::string::npos);
  EXPECT_NE(said("in g:gets>0").find("no pool in g has Gets or Puts there"), std::string::npos);
}

TEST_F(StatsOfNames, AWrongNameIsRefusedBeforeAnythingIsCounted) {
  const std::string x = session("x", {{"main.p", 3}});
  const std::string y = session("y", {{"main.q", 3}});
  // Whoever reads its events sees that.
  SQLite::Database(x, SQLite::OPEN_READWRITE).exec("UPDATE chunks SET events = zeroblob(50)");
  ASSERT_NE(poolscope({"stats", x, "--pool", "main.p"}).exit_code, 0);
  const std::string wrong = "has no pool main.r: write one of main.p\n";
  EXPECT_EQ(poolscope({"stats", x, "--pool", "main.r"}).err, "poolscope: " + x + ": " + wrong);
  EXPECT_EQ(poolscope({"stats", x, y, "--pool", "main.p"}).err,
            "poolscope: " + y + ": has no pool main.p: write one of main.q\n");
  EXPECT_NE(poolscope({"stats", x, "--fail-if", "main.r:gets>0"}).err.find("no pool main.r has"),
            std::string::npos);
}

}  // namespace
}  // namespace poolscope::testing
