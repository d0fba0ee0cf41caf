// The audit of sessions that carry fewer details than ours. Whole sessions, and their files, are in
// tests/core/session/details_test.cpp.

#include <algorithm>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/few_details.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

/// The P that pinSlow finds in the old array after all is not heard of where pins are not known.
/// That array is dropped by another goroutine before this one stores anything in it.
TEST(WithoutPins, AnArrayThatPinSlowHasFoundIsKept) {
  VirtualPool v(2, 3);
  v.put(0, v.make(0), 0);
  ASSERT_TRUE(v.resize(4));
  ASSERT_TRUE(v.begin_put(1, v.make(1), 3));
  ASSERT_EQ(v.stop_of(1), Step::kPinSlowUnpinned);
  v.finish(1, 1);
  const ObjectId object = v.make(2);
  ASSERT_TRUE(v.begin_put(2, object, 3));
  v.finish(2, 3);
  ASSERT_EQ(v.model().divergences, 0U);
  ASSERT_EQ(v.model().totals.stale + v.model().totals.lost_sum(), 2U);

  SessionConfig config = v.config();
  config.details.pins = false;
  std::vector<Event> events = v.events();
  const auto store = std::ranges::find_if(events, [](const Event& event) {
    return event.kind == EventKind::kPrivateStore && event.g == GId{1};
  });
  ASSERT_NE(store, events.end());
  // Goroutine 1 is pinned, and takes its time: its store comes after the drop.
  std::stable_partition(store, events.end(), [](const Event& event) { return event.g != GId{1}; });
  events = with_only(config.details, std::move(events));
  Model model = initial_model(config);
  for (Event& event : events) {
    event.time_ns = std::max(event.time_ns, model.time_ns);
    reduce(model, event);
  }
  EXPECT_EQ(model.divergences, 0U) << model.divergence_list.front().what;
  EXPECT_EQ(model.totals, v.model().totals);
}

}  // namespace
}  // namespace poolscope::testing
