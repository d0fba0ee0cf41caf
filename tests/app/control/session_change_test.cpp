#include "app/control/session_change.h"

#include <chrono>
#include <memory>
#include <span>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "app/control/presets.h"
#include "app/control/speeds.h"
#include "core/model/reduce.h"
#include "core/model/timeline.h"
#include "core/sim/simulation.h"
#include "core/sim/workload.h"

namespace poolscope {
namespace {

TEST(SessionChange, ChangesWhatIsGivenAndNothingElse) {
  SimulationOptions session;
  session.config.seed = 7;
  EXPECT_EQ(changed(session, {}).config, session.config);
  const SessionConfig config =
      changed(session, {.pool = PoolKind::kModern, .workload = "pairs", .race = true}).config;
  EXPECT_EQ(config.pool, PoolKind::kModern);
  EXPECT_EQ(config.workload->name, "pairs");
  EXPECT_TRUE(config.race);
  EXPECT_EQ(config.workers, session.config.workers);
  EXPECT_EQ(config.seed, 7U);
}

TEST(SessionChange, KeepsNumbersWithinWhatASessionTakes) {
  const SimulationOptions session;
  EXPECT_EQ(changed(session, {.workers = 0}).config.workers, 1U);
  EXPECT_EQ(changed(session, {.workers = 9999}).config.workers, kMostWorkers);
  EXPECT_EQ(changed(session, {.pools = 9999}).config.pools, kMostPools);
}

TEST(Presets, EachIsASessionThatStarts) {
  SimulationOptions session;
  session.config.seed = 7;
  session.config.step_time_ns = 300'000'000;
  for (const PresetText& preset : kPresets) {
    const SimulationOptions wanted = preset_session(session, preset.label);
    EXPECT_TRUE(Simulation::create(wanted)) << preset.label;
    EXPECT_EQ(wanted.config.seed, 7U) << preset.label;
    EXPECT_EQ(wanted.config.step_time_ns, 300'000'000) << preset.label;
    EXPECT_TRUE(wanted.config.workload != session.config.workload) << preset.label;
  }
  EXPECT_EQ(preset_session(session, "no such").config, session.config);
}

/// The last of what comes, and where it stands.
class LastModel final : public EventSink {
 public:
  explicit LastModel(Model first) : timeline_(std::move(first), {}, nullptr) {}
  void on_events(std::span<const Event> events) override { timeline_.append(events); }
  std::shared_ptr<const Model> head() { return timeline_.head(); }

 private:
  Timeline timeline_;
};

TEST(Presets, AtStorySpeedMostGetsOfTheWebServerHitPrivateAndAfterAGcTheVictim) {
  // Two hundred times as fast: what happens between two GCs is the same.
  constexpr std::int64_t kFaster = 200;
  for (const std::uint64_t seed : {1, 2}) {
    SimulationOptions session;
    session.config.seed = seed;
    session = preset_session(session, "web-server");
    const Speed story = live_speeds()[kStory].speed;
    session.config.pacing = story.pacing;
    session.config.step_time_ns = story.step_time_ns / kFaster;
    session.gc_every_ns /= kFaster;
    auto simulation = Simulation::create(session);
    ASSERT_TRUE(simulation);
    LastModel last((initial_model((*simulation)->config())));
    (*simulation)->start(last);
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    (*simulation)->stop();
    HitCounts all;
    for (const PoolState& pool : last.head()->pools) {
      all.from_private += pool.hits.from_private;
      all.from_victim += pool.hits.from_victim;
      all.from_new += pool.hits.from_new;
    }
    SCOPED_TRACE(seed);
    EXPECT_GE(last.head()->gc_cycles, 4U);
    EXPECT_GT(all.from_private, all.from_victim + all.from_new);
    EXPECT_GT(all.from_victim, 0U);
  }
}

}  // namespace
}  // namespace poolscope
