#pragma once

// Live sessions for tests, fast and small.
//
// Thread safety: functions of their arguments.

#include <memory>
#include <utility>

#include <gtest/gtest.h>

#include "app/control/live_source.h"
#include "core/sim/simulation.h"

namespace poolscope::testing {

inline SimulationOptions quick_session() {
  SimulationOptions options;
  options.config.procs = 3;
  options.config.workers = 5;
  options.config.workload->name = "bursts";
  options.config.step_time_ns = 2'000'000;
  options.ops_per_second = 0;
  return options;
}

inline std::unique_ptr<LiveSource> start(LiveOptions options) {
  auto source = LiveSource::start(std::move(options));
  EXPECT_TRUE(source) << source.error().message;
  return std::move(*source);
}

inline LiveOptions live(SimulationOptions session = quick_session()) {
  LiveOptions options;
  options.session = std::move(session);
  return options;
}

}  // namespace poolscope::testing
