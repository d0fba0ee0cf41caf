#include "app/control/session_change.h"

#include <gtest/gtest.h>

#include "app/control/presets.h"
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

}  // namespace
}  // namespace poolscope
