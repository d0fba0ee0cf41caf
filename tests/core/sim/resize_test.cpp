// GOMAXPROCS as a viewer asks for it: the last wish counts, and what a new P finds is seen soon.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include <gtest/gtest.h>

#include "core/sim/simulation.h"
#include "tests/core/sim/auditing_sink.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

SimulationOptions lecture(PoolKind pool) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.step_time_ns = 2'000'000;
  options.ops_per_second = 0;
  return options;
}

/// Of each grow: how many operations have begun until a goroutine has found no local of its P; and
/// whether an array was made then.
class GrowReader final : public EventSink {
 public:
  explicit GrowReader(const SessionConfig& config) : model_(initial_model(config)) {}

  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : events) {
      const std::uint32_t procs = model_.procs;
      reduce(model_, event);
      if (event.kind == EventKind::kProcsChanged && model_.procs > procs) begun_ = 0;
      if (event.kind == EventKind::kPutBegin || event.kind == EventKind::kGetBegin) ++begun_;
      // By one that began there, or one that has come there on its way through pinSlow.
      const bool made = event.kind == EventKind::kArrayMade;
      if ((event.kind == EventKind::kPinSlow || made) && begun_ >= 0) {
        most_ = std::max(most_, begun_);
        begun_ = -kNever;
        awaits_array_ = true;
      }
      if (made && awaits_array_) {
        awaits_array_ = false;
        ++grows_;
      }
    }
  }
  [[nodiscard]] int grows() const {
    const std::scoped_lock lock(mutex_);
    return grows_;
  }
  [[nodiscard]] int most_begun() const {
    const std::scoped_lock lock(mutex_);
    return most_;
  }
  [[nodiscard]] std::uint32_t local_size() const {
    const std::scoped_lock lock(mutex_);
    return model_.pools.at(0).local_size;
  }
  [[nodiscard]] std::uint64_t divergences() const { return model_.divergences; }

 private:
  static constexpr int kNever = 1'000'000'000;
  mutable std::mutex mutex_;
  Model model_;
  int begun_ = -kNever;
  int most_ = 0;
  bool awaits_array_ = false;
  int grows_ = 0;
};

class Resize : public ::testing::TestWithParam<PoolKind> {};

TEST_P(Resize, AfterAGrowOneOfTheNextOperationsFindsNoLocalAndAnArrayIsMade) {
  for (const Pacing pacing : {Pacing::kEachWaits, Pacing::kOneAtATime}) {
    SimulationOptions options = lecture(GetParam());
    options.config.pacing = pacing;
    auto simulation = Simulation::create(options);
    ASSERT_TRUE(simulation.has_value());
    GrowReader reader((*simulation)->config());
    (*simulation)->start(reader);
    for (int grow = 0; grow < 20; ++grow) {
      (*simulation)->request_procs(2);
      while ((*simulation)->stop_under_way()) std::this_thread::sleep_for(1ms);
      // Somebody makes an array of two, or the grow would bring nothing new.
      (*simulation)->request_gc();
      while ((*simulation)->stop_under_way()) std::this_thread::sleep_for(1ms);
      while (reader.local_size() != 2) std::this_thread::sleep_for(1ms);
      (*simulation)->request_procs(4);
      while (reader.grows() == grow) std::this_thread::sleep_for(1ms);
    }
    (*simulation)->stop();
    EXPECT_LE(reader.most_begun(), 6) << "of six goroutines each has begun once at most";
    EXPECT_EQ(reader.divergences(), 0U);
    EXPECT_TRUE((*simulation)->accounting().holds());
  }
}

TEST_P(Resize, ToAsManyPsAsThereAreStopsNobody) {
  auto created = Simulation::create(lecture(GetParam()));
  ASSERT_TRUE(created.has_value());
  Simulation& simulation = **created;
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  simulation.request_procs(4);
  while (simulation.procs_wanted()) std::this_thread::sleep_for(1ms);
  simulation.request_procs(5);
  while (simulation.stop_under_way()) std::this_thread::sleep_for(1ms);
  simulation.stop();
  EXPECT_EQ(sink.model().resizes, 1U);
}

TEST_P(Resize, WhileAStopWaitsTheLastWishCounts) {
  auto created = Simulation::create(lecture(GetParam()));
  ASSERT_TRUE(created.has_value());
  Simulation& simulation = **created;
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  // A goroutine that is held pinned keeps the stop waiting.
  const GId g{0};
  const auto pinned = [&](const Model& model) {
    return model.gs.contains(g) && model.gs[0].pinned;
  };
  // What is known of it is older than what it does: it stands where it has not changed since.
  const auto known_later = [&](std::chrono::milliseconds later) {
    std::this_thread::sleep_for(later);
    const std::int64_t now_ns = simulation.now_ns();
    sink.wait_until([&](const Model& model) { return model.time_ns >= now_ns; });
    return Model(sink.model());
  };
  for (;;) {
    simulation.send(g, {});
    const Model first = known_later(5ms);
    if (!pinned(first)) continue;
    const Model second = known_later(50ms);
    if (pinned(second) && second.gs[0] == first.gs[0]) break;
  }
  simulation.request_procs(5);
  sink.wait_until([](const Model& model) { return model.stop.wanted_procs == 5; });
  EXPECT_EQ(simulation.procs_wanted(), 5U);
  simulation.request_procs(8);
  sink.wait_until([](const Model& model) { return model.stop.wanted_procs == 8; });
  EXPECT_EQ(simulation.procs(), 4U);
  simulation.let_go(g);
  sink.wait_until([](const Model& model) { return model.procs == 8; });
  while (simulation.stop_under_way()) std::this_thread::sleep_for(1ms);
  EXPECT_EQ(simulation.procs_wanted(), std::nullopt);
  EXPECT_EQ(sink.model().resizes, 1U) << "one stop, whatever was pressed meanwhile";
  simulation.stop();
  EXPECT_EQ(sink.model().divergences, 0U) << first_divergence(sink.model());
}

INSTANTIATE_TEST_SUITE_P(Pools, Resize, ::testing::Values(PoolKind::kClassic, PoolKind::kModern),
                         [](const auto& pool) {
                           return pool.param == PoolKind::kClassic ? "Classic" : "Modern";
                         });

}  // namespace
}  // namespace poolscope::testing
