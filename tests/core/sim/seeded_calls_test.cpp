// The list of calls that a seed gives.

#include "core/sim/seeded_calls.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

std::ptrdiff_t count_of(const CallList& list, Call::Kind kind) {
  return std::ranges::count(list.calls, kind, &Call::kind);
}

TEST(SeededCalls, TheSameSeedGivesTheSameListAndAnotherOneAnother) {
  const SeededCalls seven{.seed = 7};
  EXPECT_EQ(seeded_calls(seven), seeded_calls(seven));
  EXPECT_NE(seeded_calls(seven).calls, seeded_calls({.seed = 8}).calls);
}

TEST(SeededCalls, EachWorkloadMakesTheCallsThatWereAskedForWithGcsAtFixedPlaces) {
  for (const WorkloadName& workload : kWorkloads) {
    if (workload.workload == Workload::kIdle) continue;
    const CallList list =
        seeded_calls({.workload = workload.workload, .seed = 3, .calls = 200, .gc_every = 50});
    const auto gets = count_of(list, Call::Kind::kGet);
    EXPECT_EQ(gets + count_of(list, Call::Kind::kPut), 200) << workload.name;
    ASSERT_EQ(list.calls.size(), 204U) << workload.name;
    for (const std::size_t at : {50U, 101U, 152U, 203U}) {
      EXPECT_EQ(list.calls[at].kind, Call::Kind::kGc) << workload.name << " " << at;
    }
    EXPECT_EQ(gets == 0, workload.workload == Workload::kPutsOnly) << workload.name;
  }
}

TEST(SeededCalls, AnIdleWorkloadMakesNone) {
  EXPECT_TRUE(seeded_calls({.workload = Workload::kIdle}).calls.empty());
}

TEST(SeededCalls, EveryPIsThereAndNoObjectIsPutThatIsNotInUse) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const CallList list = seeded_calls(
        {.seed = seed, .calls = 300, .procs = 3, .pools = 2, .gc_every = 30, .resize_every = 25});
    std::uint32_t procs = list.procs;
    std::set<std::size_t> in_use;  // the calls that got them
    std::set<PoolId> pools;
    for (std::size_t i = 0; i < list.calls.size(); ++i) {
      const Call& call = list.calls[i];
      if (call.kind == Call::Kind::kResize) {
        procs = call.procs;
        EXPECT_GE(procs, 1U);
        EXPECT_LE(procs, 6U);
      }
      if (call.kind == Call::Kind::kGet) in_use.insert(i);
      if (call.of) {
        EXPECT_EQ(in_use.erase(*call.of), 1U) << "seed " << seed << " call " << i;
        EXPECT_EQ(call.pool, list.calls[*call.of].pool) << "seed " << seed << " call " << i;
      }
      if (!call.p.valid()) continue;
      EXPECT_LT(call.p.value, procs) << "seed " << seed << " call " << i;
      pools.insert(call.pool);
    }
    EXPECT_EQ(pools.size(), 2U);
  }
}

}  // namespace
}  // namespace poolscope
