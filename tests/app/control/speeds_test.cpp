#include "app/control/speeds.h"

#include <gtest/gtest.h>

#include "core/runtime/told_rest.h"

namespace poolscope {
namespace {

TEST(Speeds, EachStoryThatCanBeChosenRestsAfterAStopForAsLongAsItsSentenceStands) {
  for (const LiveSpeed& speed : live_speeds()) {
    if (speed.speed.pacing != Pacing::kOneAtATime) continue;
    EXPECT_EQ(told_rest_ns(speed.speed.step_time_ns), kRareHold_ns) << speed.name;
  }
}

}  // namespace
}  // namespace poolscope
