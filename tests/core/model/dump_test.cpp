#include "core/model/dump.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/model/reduce.h"
#include "core/model/words.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

TEST(Dump, TellsAPoolInTheWordsOfTheTranscripts) {
  VirtualPool v(2, 3);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);
  v.make(2);
  v.begin_get(1, 1);
  v.advance_to(1, Step::kSlowLoaded);
  v.resize(3);
  v.put(2, v.make(2), 2);
  EXPECT_EQ(dump_text(v.model(), {}),
            "dump\n"
            "  procs=3 allPools=[A] oldPools=[]\n"
            "  A local=set localSize=3\n"
            "  A[0] private=- shared=[]\n"
            "  A[1] private=- shared=[]\n"
            "  A[2] private=#5 shared=[]\n"
            "  tasks=[G1@p1=slow.loaded]\n"
            "  inuse=[#4] inflight=[] stale=[#1 #2 #3] lost=[]\n"
            "  created=5 in_use=1 in_flight=0 pooled=1 stale=3 dropped=3 freed=0\n"
            "end\n");
  v.finish(1);
  EXPECT_NE(dump_text(v.model(), {})
                .find("inuse=[#3 #4] inflight=[] stale=[] "
                      "lost=[#1:realloc #2:realloc]"),
            std::string::npos);
}

TEST(Dump, TellsAPoolWithoutAnArrayAndThePinned) {
  VirtualPool v(2, 1, 2);
  EXPECT_NE(dump_text(v.model(), {}).find("  A local=nil localSize=0\n  B local=nil localSize=0\n"),
            std::string::npos);
  v.begin_put(0, v.make(0), 1, 1);
  v.advance_to(0, Step::kPinSlowPublished);
  const std::string text = dump_text(v.model(), {});
  EXPECT_NE(text.find("allPools=[B]"), std::string::npos) << text;
  EXPECT_NE(text.find("B local=set localSize=0\n  B[0] private=- shared=[]\n"), std::string::npos);
  EXPECT_NE(text.find("tasks=[G0@p1=pinslow.published/pinned]"), std::string::npos) << text;
  EXPECT_NE(text.find("inflight=[#1]"), std::string::npos) << text;
}

TEST(Dump, SortsListsByTheNumbersOfTheObjects) {
  VirtualPool v(1, 1);
  for (int i = 0; i < 11; ++i) v.make(0);
  EXPECT_NE(dump_text(v.model(), {}).find("inuse=[#1 #2 #3 #4 #5 #6 #7 #8 #9 #10 #11]"),
            std::string::npos);
}

TEST(Dump, NamesPoolsInLettersBeyondZ) {
  EXPECT_EQ(pool_name(PoolId{0}), "A");
  EXPECT_EQ(pool_name(PoolId{25}), "Z");
  EXPECT_EQ(pool_name(PoolId{26}), "AA");
  EXPECT_EQ(pool_name(PoolId{27}), "AB");
}

TEST(Dump, CountsNumbersAndTimesOfTheJsonFromTheOrigin) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  const Origin origin{v.model().seq, v.model().time_ns};
  EXPECT_EQ(dump_json(v.model(), origin)["seq"], 0);
  EXPECT_EQ(dump_json(v.model(), origin)["time_ns"], 0);
  v.gc();
  v.put(1, v.make(1), 1);
  const auto j = dump_json(v.model(), origin);
  EXPECT_EQ(j["seq"], v.model().seq - origin.seq);
  EXPECT_EQ(j["time_ns"], v.model().time_ns - origin.time_ns);
  EXPECT_EQ(j["gc_cycles"], 1);
  EXPECT_EQ(j["procs"], 2);
  EXPECT_EQ(j["divergences"], 0);
  EXPECT_EQ(j["totals"]["created"], 2);
  EXPECT_EQ(j["totals"]["lost"]["gc"], 1);
  EXPECT_EQ(j["pools"][0]["places"][1]["private"], 2);
  EXPECT_EQ(j["goroutines"][1]["last_op"]["where"], "private");
  EXPECT_EQ(j["last_gc"]["dropped"], 1);
}

TEST(Dump, TheSameEventsGiveTheSameBytes) {
  VirtualPool v(2, 2);
  for (int i = 0; i < 20; ++i) {
    v.put(i % 2, v.make(i % 2));
    if (i % 3 == 0) v.get((i + 1) % 2);
  }
  Model again = initial_model(v.config());
  for (const Event& event : v.events()) reduce(again, event);
  EXPECT_EQ(dump_text(v.model(), {}), dump_text(again, {}));
  EXPECT_EQ(dump_json(v.model(), {}).dump(), dump_json(again, {}).dump());
}

}  // namespace
}  // namespace poolscope::testing
