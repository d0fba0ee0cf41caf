// One scan feeds several accumulators, publishes what it has, and can be stopped.

#include "app/control/past_scan.h"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/recorder.h"
#include "core/story/lanes.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

/// EventCounts the events, and the moves among them by the model.
struct EventCounts final : Accumulator {
  void add(const Event& event, const Model& model) override {
    ++events;
    last_seq = event.seq;
    created = model.totals.created;
  }
  void begin_part(const Model& /*first*/) override {}
  std::uint64_t events = 0;
  std::uint64_t last_seq = 0;
  std::uint64_t created = 0;
};

struct Session {
  testing::RecordedEvents recorded =
      testing::run_session(testing::busy_session(PoolKind::kModern, 1), 50'000);
  Timeline timeline{initial_model(recorded.config)};

  Session() { timeline.append(recorded.events); }
  [[nodiscard]] PastScan::Open open() const {
    return [past = timeline.past()]() -> Expected<std::unique_ptr<EventStore>> {
      return std::make_unique<TimelineStore>(past);
    };
  }
};

void wait_for(const PastScan& scan) {
  while (!scan.done()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(PastScan, FeedsEachPartEveryEventOnceWithTheModelAfterIt) {
  const Session session;
  const auto lanes = std::make_shared<Gathered<Lanes>>();
  const auto counts = std::make_shared<Gathered<EventCounts>>();
  const PastScan scan(session.open(), {lanes, counts});
  wait_for(scan);
  EXPECT_EQ(scan.progress(), 1);
  EXPECT_EQ(counts->latest()->events, session.recorded.events.size());
  EXPECT_EQ(counts->latest()->last_seq, session.recorded.events.size());
  EXPECT_EQ(counts->latest()->created, session.timeline.head()->totals.created);
  Lanes direct;
  Model model = initial_model(session.recorded.config);
  for (const Event& event : session.recorded.events) {
    reduce(model, event);
    direct.add(event, model);
  }
  EXPECT_EQ(lanes->latest()->lanes(), direct.lanes());
  EXPECT_EQ(lanes->latest()->marks(), direct.marks());
}

/// Holds the scan up at its first event until it is let go.
struct Gate final : Accumulator {
  void add(const Event& /*event*/, const Model& /*model*/) override {
    if (events++ != 0) return;
    reached->count_down();
    let_go->wait();
  }
  void begin_part(const Model& /*first*/) override {}
  std::shared_ptr<std::latch> reached = std::make_shared<std::latch>(1);
  std::shared_ptr<std::latch> let_go = std::make_shared<std::latch>(1);
  std::uint64_t events = 0;
};

TEST(PastScan, StopsAfterASliceAtMostAndPublishesWhatItHas) {
  const Session session;
  ASSERT_GT(session.recorded.events.size(), 2 * PastScan::kSlice);
  const Gate gate;
  const auto gated = std::make_shared<Gathered<Gate>>(gate);
  PastScan scan(session.open(), {gated});
  gate.reached->wait();
  scan.stop();
  gate.let_go->count_down();
  wait_for(scan);
  EXPECT_EQ(gated->latest()->events, PastScan::kSlice);
  EXPECT_LT(scan.progress(), 1);
}

TEST(PastScan, OfAPastThatCannotBeOpenedGathersNothing) {
  const auto counts = std::make_shared<Gathered<EventCounts>>();
  const PastScan scan([] { return Expected<std::unique_ptr<EventStore>>(failed("it is gone")); },
                      {counts});
  wait_for(scan);
  EXPECT_EQ(counts->latest()->events, 0U);
}

}  // namespace
}  // namespace poolscope
