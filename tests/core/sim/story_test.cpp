// Where goroutines take turns: one moves at a time, what is to be seen is seen soon, and they go on
// whatever the viewer does.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <thread>

#include <gtest/gtest.h>

#include "core/sim/simulation.h"
#include "core/trace/event_table.h"
#include "tests/core/sim/auditing_sink.h"
#include "tests/core/sim/lecture_facts.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

SimulationOptions story(PoolKind pool, std::uint64_t seed) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.seed = seed;
  options.config.pacing = Pacing::kOneAtATime;
  options.config.step_time_ns = 2'000'000;
  return options;
}

/// Counts the moves that are followed by a rest, and those that are made out of turn.
class StoryReader final : public EventSink {
 public:
  explicit StoryReader(const SessionConfig& config) : watcher_(initial_model(config)) {}

  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : events) {
      if (!watcher_.seen().every_way()) count(event);
      watcher_.take(event);
    }
  }
  [[nodiscard]] Seen seen() const {
    const std::scoped_lock lock(mutex_);
    return watcher_.seen();
  }
  [[nodiscard]] int rests() const { return rests_; }
  [[nodiscard]] int out_of_turn() const { return out_of_turn_; }
  [[nodiscard]] std::uint64_t divergences() const { return watcher_.model().divergences; }

 private:
  void count(const Event& event) {
    if (!event.g.valid()) return;
    const bool moves = info_of(event.kind).moves != Moves::kNever && event.object.valid();
    // What one does between two of its stops, nobody else may come between.
    if (moves && moving_.valid() && moving_ != event.g) ++out_of_turn_;
    if (moves) moving_ = event.g;
    const bool shows = moves || event.kind == EventKind::kPrivateFull ||
                       event.kind == EventKind::kPrivateEmpty ||
                       event.kind == EventKind::kPinSlow || event.kind == EventKind::kLocalStored ||
                       event.kind == EventKind::kSlowLoaded;
    if (shows) shows_[event.g] = true;
    if (event.kind != EventKind::kStand) return;
    if (shows_[event.g]) ++rests_;
    shows_[event.g] = false;
    if (moving_ == event.g) moving_ = {};
  }

  mutable std::mutex mutex_;
  Watcher watcher_;
  std::map<GId, bool> shows_;
  GId moving_;
  int rests_ = 0;
  int out_of_turn_ = 0;
};

class Story : public ::testing::TestWithParam<PoolKind> {};

TEST_P(Story, ShowsEveryWayWithinFortyFiveRestsAndOneMovesAtATimeWhateverTheSeed) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto simulation = Simulation::create(story(GetParam(), seed));
    ASSERT_TRUE(simulation.has_value());
    StoryReader reader((*simulation)->config());
    (*simulation)->start(reader);
    while (!reader.seen().every_way()) std::this_thread::sleep_for(1ms);
    (*simulation)->stop();
    EXPECT_LE(reader.rests(), 45) << "seed " << seed;
    EXPECT_EQ(reader.out_of_turn(), 0) << "seed " << seed;
    EXPECT_EQ(reader.divergences(), 0U);
    EXPECT_TRUE((*simulation)->accounting().holds());
  }
}

TEST_P(Story, GoesOnWithOnePAndSixtyFourGoroutines) {
  SimulationOptions options = story(GetParam(), 1);
  options.config.procs = 1;
  options.config.workers = 64;
  options.config.step_time_ns = 200'000;
  auto simulation = Simulation::create(options);
  ASSERT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  while (sink.operations_ended() < 200) std::this_thread::sleep_for(1ms);
  (*simulation)->stop();
  EXPECT_EQ(sink.model().divergences, 0U) << first_divergence(sink.model());
  EXPECT_TRUE((*simulation)->accounting().holds());
}

TEST_P(Story, GoesOnWhateverIsClicked) {
  SimulationOptions options = story(GetParam(), 3);
  options.config.procs = 2;
  options.config.step_time_ns = 300'000;
  auto created = Simulation::create(options);
  ASSERT_TRUE(created.has_value());
  Simulation& simulation = **created;
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  std::minstd_rand dice(7);
  const auto up_to = [&dice](int most) {
    return static_cast<int>(dice() % static_cast<unsigned>(most));
  };
  for (int click = 0; click < 400; ++click) {
    switch (up_to(7)) {
      case 0: static_cast<void>(simulation.request_gc()); break;
      case 1: simulation.request_procs(static_cast<std::uint32_t>(1 + up_to(5))); break;
      case 2: simulation.pause(); break;
      case 3: simulation.resume(); break;
      case 4: simulation.step(); break;
      case 5: simulation.set_speed({Pacing::kOneAtATime, 100'000 + up_to(300'000)}); break;
      default: simulation.set_speed({Pacing::kEachWaits, up_to(200'000)}); break;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(up_to(3000)));
  }
  simulation.resume();
  simulation.set_speed({Pacing::kOneAtATime, 100'000});
  const std::uint64_t before = sink.operations_ended();
  while (sink.operations_ended() < before + 30) std::this_thread::sleep_for(1ms);
  ASSERT_NE(sink.model().seq, 0U);
  simulation.stop();
  EXPECT_EQ(sink.model().divergences, 0U) << first_divergence(sink.model());
  EXPECT_TRUE(simulation.accounting().holds());
}

TEST_P(Story, APausedStepIsOneGoroutinesMoveAndAGcActsAtOnce) {
  auto created = Simulation::create(story(GetParam(), 5));
  ASSERT_TRUE(created.has_value());
  Simulation& simulation = **created;
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  while (sink.operations_ended() < 20) std::this_thread::sleep_for(1ms);
  simulation.pause();
  std::this_thread::sleep_for(50ms);
  for (int step = 0; step < 40; ++step) {
    const std::uint64_t before = sink.model().seq;
    simulation.step();
    sink.wait_until([&](const Model& model) { return model.seq > before; });
  }
  while (!simulation.request_gc()) std::this_thread::sleep_for(1ms);
  sink.wait_until([](const Model& model) { return model.gc_cycles == 1; });
  EXPECT_TRUE(simulation.paused());
  simulation.stop();
  EXPECT_EQ(sink.model().divergences, 0U) << first_divergence(sink.model());
}

INSTANTIATE_TEST_SUITE_P(Pools, Story, ::testing::Values(PoolKind::kClassic, PoolKind::kModern),
                         [](const auto& pool) {
                           return pool.param == PoolKind::kClassic ? "Classic" : "Modern";
                         });

}  // namespace
}  // namespace poolscope::testing
