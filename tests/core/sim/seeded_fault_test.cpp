// Probes with a fault on purpose: the audit must find each of them.

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "core/pool/classic_pool.h"
#include "core/sim/live_simulation.h"
#include "tests/core/sim/auditing_sink.h"

namespace poolscope {
namespace {

/// Forgets every hundredth event of an append.
struct SkippingProbe : PacingProbe {
  static void shared_push(Value x) {
    thread_local int pushes = 0;
    if (++pushes % 100 != 0) PacingProbe::shared_push(x);
  }
};

/// Stamps an append after the lock was given back: outside its window.
struct LateProbe : PacingProbe {
  static void shared_push(Value x) { late() = x; }
  static void put_end() {
    if (!late().is_nil()) {
      std::this_thread::sleep_for(std::chrono::microseconds(50));
      PacingProbe::shared_push(std::exchange(late(), Value::nil()));
    }
    PacingProbe::put_end();
  }
  static Value& late() {
    thread_local Value value;
    return value;
  }
};

template <class Probe>
Model run_with() {
  using Env = ThreadEnv<Probe>;
  SimulationOptions options;
  options.config.procs = 4;
  options.config.workers = 8;
  options.config.workload = "bursts";
  options.config.held = 8;
  options.ops_per_second = 0;
  options.gc_every_ns = 50'000'000;
  LiveSimulation<ClassicPool<Env, 128>, Env> simulation(options, Workload::kBursts);
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  simulation.stop();
  return sink.model();
}

TEST(SeededFault, NoneIsReportedWhereThereIsNone) {
  EXPECT_EQ(run_with<PacingProbe>().divergences, 0U);
}

TEST(SeededFault, ASkippedEventIsReported) {
  const Model model = run_with<SkippingProbe>();
  EXPECT_GT(model.divergences, 0U);
  EXPECT_FALSE(first_divergence(model).empty());
}

TEST(SeededFault, AStampOutsideItsWindowIsReported) {
  const Model model = run_with<LateProbe>();
  EXPECT_GT(model.divergences, 0U);
  EXPECT_FALSE(first_divergence(model).empty());
}

}  // namespace
}  // namespace poolscope
