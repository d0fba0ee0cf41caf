// Probes with a fault on purpose: the audit must find each of them.

#include <chrono>
#include <thread>
#include <type_traits>

#include <gtest/gtest.h>

#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
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

/// Tells every hundredth pop at the tail as one from the next position.
struct BesideProbe : PacingProbe {
  static void tail_popped(Value x, std::uint32_t position) {
    thread_local int pops = 0;
    PacingProbe::tail_popped(x, ++pops % 100 != 0 ? position : position + 1);
  }
};

/// Does not tell that a dequeue was made.
struct ChainlessProbe : PacingProbe {
  static void dequeue_made(std::size_t length) {
    if (length != 16) PacingProbe::dequeue_made(length);
  }
};

/// Forgets what becomes of a GC's victims.
struct VictimlessProbe : PacingProbe {
  template <class Pool, class Local>
  static void victim_dropped(const Pool& /*pool*/, Local* /*locals*/) {}
};

template <std::size_t kPadding, class Env>
using Classic = ClassicPool<Env, kPadding>;
template <std::size_t kPadding, class Env>
using Modern = ModernPool<Env, kPadding>;

template <class Probe, template <std::size_t, class> class Pool = Classic>
Model run_with() {
  using Env = ThreadEnv<Probe>;
  constexpr bool kFaulty = !std::is_same_v<Probe, PacingProbe>;
  SimulationOptions options;
  options.config.pool =
      std::is_same_v<Pool<128, Env>, ModernPool<Env, 128>> ? PoolKind::kModern : PoolKind::kClassic;
  options.config.procs = 4;
  options.config.workers = 8;
  options.config.workload->name = "bursts";
  options.config.workload->held = 32;
  options.ops_per_second = 0;
  options.gc_every_ns = 50'000'000;
  LiveSimulation<Pool<128, Env>, Env> simulation(options, Workload::kBursts);
  AuditingSink sink(simulation.config());
  simulation.start(sink);
  // A fault shows when a GC or a thief next looks, which takes a while on a busy machine.
  if constexpr (kFaulty) {
    sink.wait_until([](const Model& model) { return model.divergences > 0; });
  } else {
    sink.wait_until([](const Model& model) { return model.gc_cycles >= 10; });
  }
  simulation.stop();
  return sink.model();
}

TEST(SeededFault, NoneIsReportedWhereThereIsNone) {
  EXPECT_EQ(run_with<PacingProbe>().divergences, 0U);
  EXPECT_EQ((run_with<PacingProbe, Modern>().divergences), 0U);
}

TEST(SeededFault, ASkippedEventIsReported) {
  const Model model = run_with<SkippingProbe>();
  EXPECT_GT(model.divergences, 0U);
  EXPECT_FALSE(first_divergence(model).empty());
}

TEST(SeededFault, ASkippedPushOfTheModernPoolIsReported) {
  const Model model = run_with<SkippingProbe, Modern>();
  EXPECT_GT(model.divergences, 0U);
}

TEST(SeededFault, AThiefAtAnotherPositionThanItTellsIsReported) {
  const Model model = run_with<BesideProbe, Modern>();
  EXPECT_GT(model.divergences, 0U);
  EXPECT_NE(first_divergence(model).find("position"), std::string::npos) << first_divergence(model);
}

TEST(SeededFault, ADequeueThatNobodyHasToldOfIsReported) {
  EXPECT_GT((run_with<ChainlessProbe, Modern>().divergences), 0U);
}

TEST(SeededFault, AVictimThatIsDroppedUntoldIsReported) {
  EXPECT_GT((run_with<VictimlessProbe, Modern>().divergences), 0U);
}

TEST(SeededFault, AStampOutsideItsWindowIsReported) {
  const Model model = run_with<LateProbe>();
  EXPECT_GT(model.divergences, 0U);
  EXPECT_FALSE(first_divergence(model).empty());
}

}  // namespace
}  // namespace poolscope
