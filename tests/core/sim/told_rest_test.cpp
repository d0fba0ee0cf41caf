// A GC, a resize and a loss of a story: nobody moves while the viewer is told of it, unless the
// viewer wants it so.

#include "core/runtime/told_rest.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/pool/step.h"
#include "core/sim/simulation.h"
#include "core/trace/event_sink.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kRestStep_ns = 60'000'000;
constexpr std::int64_t kRest_ns = told_rest_ns(kRestStep_ns);
static_assert(kRest_ns < kRareHold_ns);

/// The events of a session, to look for one of them while it runs.
class Events final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    events_.insert(events_.end(), events.begin(), events.end());
  }
  /// The first one after number `seq` that is `wanted`; waits for it. A test that waits in vain is
  /// ended by its time limit.
  template <class Wanted>
  [[nodiscard]] Event next(std::uint64_t seq, const Wanted& wanted) const {
    for (;; std::this_thread::sleep_for(1ms)) {
      const std::scoped_lock lock(mutex_);
      const auto rest = std::span(events_).subspan(std::min(seq, events_.size()));
      const auto found = std::ranges::find_if(rest, wanted);
      if (found != rest.end()) return *found;
    }
  }
  [[nodiscard]] Event next(std::uint64_t seq, EventKind kind) const {
    return next(seq, [kind](const Event& event) { return event.kind == kind; });
  }
  [[nodiscard]] std::uint64_t last_seq() const {
    const std::scoped_lock lock(mutex_);
    return events_.size();
  }
  [[nodiscard]] Event next_of_goroutine(std::uint64_t seq) const { return next(seq, of_goroutine); }
  static bool of_goroutine(const Event& event) {
    return event.g.valid() && event.kind < EventKind::kStopRequested;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Event> events_;  // by seq, from 1
};

class ToldRest : public ::testing::TestWithParam<PoolKind> {
 protected:
  static SimulationOptions options() {
    SimulationOptions options;
    options.config.pool = GetParam();
    options.config.seed = 2;
    options.config.pacing = Pacing::kOneAtATime;
    options.config.step_time_ns = kRestStep_ns;
    return options;
  }
  void start(const SimulationOptions& options = ToldRest::options()) {
    auto created = Simulation::create(options);
    ASSERT_TRUE(created.has_value());
    simulation_ = std::move(*created);
    simulation_->start(events_);
    static_cast<void>(events_.next(60, Events::of_goroutine));
  }
  void TearDown() override {
    simulation_->stop();
    EXPECT_TRUE(simulation_->accounting().holds());
  }

  /// The event with which the world has started after a GC; one that waits is waited for.
  Event gc() {
    while (!simulation_->request_gc()) std::this_thread::sleep_for(1ms);
    return stop_after_last();
  }
  Event resize(std::uint32_t procs) {
    simulation_->request_procs(procs);
    return stop_after_last();
  }
  [[nodiscard]] std::uint64_t last_seq() const { return events_.last_seq(); }
  [[nodiscard]] std::int64_t after_ns(const Event& started, const Event& event) const {
    return event.time_ns - started.time_ns;
  }

  Events events_;
  std::unique_ptr<Simulation> simulation_;

 private:
  Event stop_after_last() {
    const Event started = events_.next(last_stop_, EventKind::kWorldStarted);
    last_stop_ = started.seq;
    return started;
  }
  std::uint64_t last_stop_ = 0;
};

TEST_P(ToldRest, NobodyMovesWhileAGcOrAResizeIsTold) {
  start();
  const Event cleaned = gc();
  EXPECT_GE(after_ns(cleaned, events_.next_of_goroutine(cleaned.seq)), kRest_ns);
  const Event grown = resize(6);
  EXPECT_GE(after_ns(grown, events_.next_of_goroutine(grown.seq)), kRest_ns);
  EXPECT_LE(after_ns(grown, events_.next_of_goroutine(grown.seq)), kRest_ns * 3 / 2);
}

TEST_P(ToldRest, NobodyMovesWhileItIsToldThatAnArrayWasDropped) {
  start();
  const Event grown = resize(6);
  const Event stored = events_.next(grown.seq, EventKind::kLocalStored);
  const Event stood = events_.next(stored.seq, EventKind::kStand);
  EXPECT_EQ(stood.g, stored.g);
  EXPECT_GE(after_ns(stood, events_.next_of_goroutine(stood.seq)), kRest_ns);
}

/// The modern pool's Put pushes while it is pinned: no GC comes in between.
class ToldRestOfClassic : public ToldRest {};

TEST_P(ToldRestOfClassic, NobodyMovesWhileItIsToldThatAnObjectCameToADroppedArray) {
  start();
  const GId sent{3};
  simulation_->send(sent, {Way::To::kPoint, static_cast<std::uint8_t>(Step::kPutUnpinned)});
  static_cast<void>(events_.next(60, [&](const Event& e) {
    return e.g == sent && e.kind == EventKind::kStand && e.step() == Step::kPutUnpinned;
  }));
  const Event cleaned = gc();
  // In the middle of the rest after the GC: the one after the loss ends later.
  std::this_thread::sleep_for(std::chrono::nanoseconds(kRest_ns / 2));
  simulation_->send(sent, {Way::To::kEndOfOperation, 0});
  const Event pushed = events_.next(cleaned.seq, EventKind::kSharedPush);
  EXPECT_EQ(pushed.g, sent);
  const Event next = events_.next(
      pushed.seq, [&](const Event& e) { return Events::of_goroutine(e) && e.g != sent; });
  EXPECT_GE(after_ns(pushed, next), kRest_ns);
}

TEST_P(ToldRest, TheWorldStopsWhenTheLastMoveHasBeenTold) {
  start();
  for (int i = 0; i < 3; ++i) {
    // Nobody is pinned then: nothing else keeps the world from stopping.
    const Event moved = events_.next(last_seq(), EventKind::kGetEnd);
    EXPECT_GE(after_ns(moved, gc()), kRestStep_ns);
  }
}

TEST_P(ToldRest, AnotherStopThatTheViewerWantsRunsAtOnce) {
  start();
  const Event first = gc();
  const Event second = gc();
  EXPECT_LT(after_ns(first, second), kRest_ns);
  const Event third = resize(5);
  EXPECT_LT(after_ns(second, third), kRest_ns);
  EXPECT_GE(after_ns(third, events_.next_of_goroutine(third.seq)), kRest_ns)
      << "each is told for its time";
}

TEST_P(ToldRest, OneThatIsSentMovesAndTheOthersDoNot) {
  start();
  const GId sent{3};
  // Between two operations it waits for nobody's lock.
  simulation_->send(sent, {Way::To::kEndOfOperation, 0});
  static_cast<void>(events_.next(60, [&](const Event& e) {
    return e.g == sent && e.kind == EventKind::kStand && e.step() == Step::kUse;
  }));
  const Event started = gc();
  simulation_->send(sent, {});
  const Event moved = events_.next_of_goroutine(started.seq);
  EXPECT_EQ(moved.g, sent);
  EXPECT_LT(after_ns(started, moved), kRest_ns);
  const Event other = events_.next(
      started.seq, [&](const Event& e) { return Events::of_goroutine(e) && e.g != sent; });
  EXPECT_GE(after_ns(started, other), kRest_ns);
}

TEST_P(ToldRest, AnotherSpeedEndsIt) {
  start();
  const Event first = gc();
  simulation_->set_speed({Pacing::kOneAtATime, kRestStep_ns / 2});
  EXPECT_LT(after_ns(first, events_.next_of_goroutine(first.seq)), kRest_ns);
  const Event second = gc();
  simulation_->set_speed({});
  EXPECT_LT(after_ns(second, events_.next_of_goroutine(second.seq)), kRest_ns);
}

TEST_P(ToldRest, AStepWhilePausedEndsIt) {
  start();
  const Event first = gc();
  simulation_->pause();
  simulation_->step();
  const Event moved = events_.next_of_goroutine(first.seq);
  EXPECT_LT(after_ns(first, moved), kRest_ns);
  static_cast<void>(events_.next(moved.seq, EventKind::kStand));
  simulation_->resume();
  const Event resumed = events_.next(first.seq, EventKind::kResumed);
  EXPECT_LT(after_ns(first, events_.next_of_goroutine(resumed.seq)), kRest_ns);
}

TEST_P(ToldRest, APauseOnlyInterruptsIt) {
  start();
  const Event first = gc();
  simulation_->pause();
  std::this_thread::sleep_for(std::chrono::nanoseconds(kRest_ns));
  simulation_->resume();
  EXPECT_GE(after_ns(first, events_.next_of_goroutine(first.seq)), kRest_ns) << "in session time";
}

TEST_P(ToldRest, TheSessionEndsAtOnce) {
  start();
  gc();
  const auto begin = std::chrono::steady_clock::now();
  simulation_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::nanoseconds(kRest_ns));
}

TEST_P(ToldRest, IsOverWhenTheSessionHasAsManyEventsAsWereWanted) {
  SimulationOptions wanted = options();
  wanted.stop_after_events = 100;
  start(wanted);
  Event last = gc();
  while (last.seq < wanted.stop_after_events) last = gc();
  EXPECT_LT(after_ns(last, events_.next_of_goroutine(last.seq)), kRest_ns);
}

TEST_P(ToldRest, TheSessionsOwnGcsComeSoMuchLater) {
  constexpr std::int64_t kEvery_ns = 200'000'000;
  SimulationOptions with_gcs = options();
  with_gcs.gc_every_ns = kEvery_ns;
  start(with_gcs);
  std::optional<Event> before;
  for (int i = 0; i < 3; ++i) {
    const Event requested = events_.next(before ? before->seq : 0, EventKind::kStopRequested);
    if (before) {
      EXPECT_GE(after_ns(*before, requested), (kEvery_ns + kRest_ns) * 95 / 100);
    }
    before = requested;
  }
}

INSTANTIATE_TEST_SUITE_P(Pools, ToldRestOfClassic, ::testing::Values(PoolKind::kClassic));
INSTANTIATE_TEST_SUITE_P(Pools, ToldRest, ::testing::Values(PoolKind::kClassic, PoolKind::kModern),
                         [](const auto& pool) {
                           return pool.param == PoolKind::kClassic ? "Classic" : "Modern";
                         });

}  // namespace
}  // namespace poolscope::testing
