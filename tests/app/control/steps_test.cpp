// What one step of a viewer is.

#include "app/control/steps.h"

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/trace/event_table.h"

namespace poolscope {
namespace {

/// One event of each kind; that they contradict each other does not matter to a step.
std::vector<Event> one_of_each_kind() {
  std::vector<Event> events;
  for (const EventInfo& info : event_table::kRows) {
    Event event;
    event.set_seq(events.size() + 1);
    event.kind = info.kind;
    event.object = ObjectId{1};
    event.g = GId{0};
    events.push_back(event);
  }
  return events;
}

TimelineStore store_of(const std::vector<Event>& events) {
  SessionConfig config;
  config.pool = PoolKind::kModern;
  Timeline timeline(initial_model(config));
  timeline.append(events);
  return TimelineStore(timeline.past());
}

std::vector<EventKind> steps_of(const std::vector<Event>& events, bool paced) {
  TimelineStore store = store_of(events);
  std::vector<EventKind> steps;
  for (std::uint64_t seq = 0; seq < events.size();) {
    seq = next_step(store, seq, paced).value();
    steps.push_back(events[seq - 1].kind);
  }
  steps.pop_back();  // the end, whatever it is
  return steps;
}

TEST(Steps, AtFullRateEachMoveOfAnObjectIsOne) {
  const std::vector<EventKind> steps = steps_of(one_of_each_kind(), false);
  const auto is_step = [&](EventKind kind) {
    return std::ranges::find(steps, kind) != steps.end();
  };
  EXPECT_TRUE(is_step(EventKind::kTailPop)) << "a theft from a modern shared";
  EXPECT_TRUE(is_step(EventKind::kVictimPrivateTake)) << "a hit in the victim";
  EXPECT_TRUE(is_step(EventKind::kLockWait));
  EXPECT_FALSE(is_step(EventKind::kPinned));
  for (const EventInfo& info : event_table::kRows) {
    EXPECT_TRUE(info.moves == Moves::kNever || is_step(info.kind)) << info.name;
  }
}

TEST(Steps, WherePacedOneIsWhereAGoroutineComesToStandOrTheWorldStopsAndStarts) {
  using enum EventKind;
  EXPECT_EQ(steps_of(one_of_each_kind(), true),
            (std::vector{kStand, kStopRequested, kWorldStopped, kWorldStarted}));
}

TEST(Steps, BackwardsAreTheSame) {
  const std::vector<Event> events = one_of_each_kind();
  TimelineStore store = store_of(events);
  for (const bool paced : {false, true}) {
    std::vector<std::uint64_t> forward{0};
    while (forward.back() < events.size()) {
      forward.push_back(next_step(store, forward.back(), paced).value());
    }
    for (std::size_t i = forward.size() - 1; i-- > 0;) {
      EXPECT_EQ(previous_step(store, forward[i + 1], paced).value(), forward[i]);
    }
  }
}

TEST(Steps, BackwardsPassTheOneThatIsShownAndWhatShowsNothingBehindIt) {
  using enum EventKind;
  std::vector<Event> events;
  for (const EventKind kind : {kPutBegin, kStand, kPrivateStore, kStand, kGoPark, kGoRun}) {
    Event event;
    event.set_seq(events.size() + 1);
    event.kind = kind;
    event.object = ObjectId{1};
    event.g = GId{0};
    events.push_back(event);
  }
  TimelineStore store = store_of(events);
  EXPECT_EQ(previous_step(store, 6, true).value(), 2U) << "4 is what was shown";
  EXPECT_EQ(previous_step(store, 4, true).value(), 2U);
  EXPECT_EQ(previous_step(store, 3, true).value(), 2U) << "the store was shown";
  EXPECT_EQ(previous_step(store, 2, true).value(), 0U);
}

}  // namespace
}  // namespace poolscope
