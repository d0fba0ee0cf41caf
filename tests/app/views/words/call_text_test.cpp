// What is said of a call, and of what it came to.

#include "app/views/words/call_text.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

TEST(CallText, NamesTheCallAndOfSeveralPoolsTheOneThatItIsOn) {
  const Call get{.kind = Call::Kind::kGet, .p = PId{1}, .pool = PoolId{1}};
  EXPECT_EQ(call_text(get, 1), "Get on P1");
  EXPECT_EQ(call_text(get, 2), "Get on P1, pool B");
  EXPECT_EQ(call_text({.kind = Call::Kind::kDrop, .p = PId{0}, .pool = PoolId{0}}, 1), "Put on P0");
  EXPECT_EQ(call_text({.kind = Call::Kind::kGc}, 1), "GC");
  EXPECT_EQ(call_text({.kind = Call::Kind::kResize, .procs = 6}, 1), "GOMAXPROCS(6)");
}

TEST(CallText, SaysWhereTheObjectWasFoundOrLeft) {
  const auto got = [](Where where) {
    return whole_outcome_text({.call = {.kind = Call::Kind::kGet}, .where = where, .found_at = 2});
  };
  EXPECT_EQ(got(Where::kPrivate), "private");
  EXPECT_EQ(got(Where::kSteal), "steal, from P2");
  EXPECT_EQ(got(Where::kVictimSteal), "victim shared, from P2");
  EXPECT_EQ(got(Where::kNew), "New");
  EXPECT_EQ(outcome_text({.call = {.kind = Call::Kind::kGet}, .where = Where::kSteal}), "steal");
  const auto put = [](Where where) {
    return outcome_text({.call = {.kind = Call::Kind::kPut}, .where = where});
  };
  EXPECT_EQ(put(Where::kShared), "shared");
  EXPECT_EQ(put(Where::kOrphan), "dropped array");
  EXPECT_EQ(put(Where::kNone), "nothing to put");
  EXPECT_EQ(outcome_text({.call = {.kind = Call::Kind::kGc}, .dropped = 1}), "1 object dropped");
  EXPECT_EQ(outcome_text({.call = {.kind = Call::Kind::kGc}, .dropped = 12}), "12 objects dropped");
}

}  // namespace
}  // namespace poolscope::views
