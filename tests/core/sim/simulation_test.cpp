// Whole live sessions, held against the audit.

#include "core/sim/simulation.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <tuple>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/sim/handoff.h"
#include "core/sim/workload.h"
#include "tests/core/sim/auditing_sink.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;

// At full rate the audit is what takes the time, the more so under ThreadSanitizer: each stop waits
// for what lies in the rings of all goroutines.
#ifdef __SANITIZE_THREAD__
constexpr std::uint32_t kBusyProcs = 3;
constexpr std::uint32_t kBusyWorkers = 4;
#else
constexpr std::uint32_t kBusyProcs = 8;
constexpr std::uint32_t kBusyWorkers = 16;
#endif

SimulationOptions busy(std::string workload) {
  SimulationOptions options;
  options.config.workload->name = std::move(workload);
  options.config.procs = kBusyProcs;
  options.config.workers = kBusyWorkers;
  options.ops_per_second = 0;
  options.gc_every_ns = 40'000'000;
  options.resize_every_ns = 60'000'000;
  return options;
}

constexpr auto kAnything = [](const Model&) { return true; };

std::uint64_t lost_by(const Model& model, LostCause cause) {
  return model.totals.lost.at(static_cast<std::size_t>(cause));
}

/// Runs a session for `length`, and on until `wanted` has happened, and checks what must hold for
/// every session.
template <class Wanted = decltype(kAnything)>
Model run_and_check(const SimulationOptions& options, std::chrono::milliseconds length,
                    const Wanted& wanted = kAnything) {
  auto simulation = Simulation::create(options);
  EXPECT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  std::this_thread::sleep_for(length);
  // However slow the machine is: as many stops as the tests look at.
  sink.wait_until([&](const Model& model) {
    return model.gc_cycles >= 3 && model.resizes >= 2 && model.checkpoints >= 5 && wanted(model);
  });
  (*simulation)->stop();
  const Model model = sink.model();
  const Accounting accounting = (*simulation)->accounting();
  EXPECT_EQ(model.divergences, 0U) << first_divergence(model);
  EXPECT_TRUE(accounting.objects_add_up()) << accounting.created << " created";
  EXPECT_GT(accounting.stamped, 0U);
  EXPECT_EQ(accounting.delivered, accounting.stamped);
  EXPECT_EQ(accounting.delivered, model.seq);
  EXPECT_EQ(model.totals.created, accounting.created);
  EXPECT_EQ(model.totals.in_use, accounting.in_use);
  EXPECT_EQ(model.totals.pooled, accounting.pooled);
  EXPECT_EQ(model.totals.lost_sum(), accounting.freed);
  EXPECT_EQ(model.totals.in_flight, 0U);
  EXPECT_EQ(model.totals.stale, 0U);
  return model;
}

constexpr auto kPoolKinds = {PoolKind::kClassic, PoolKind::kModern};

class EveryWorkload : public ::testing::TestWithParam<std::tuple<PoolKind, WorkloadName>> {};

TEST_P(EveryWorkload, AgreesWithTheModelAtFullRateUnderGcsAndResizes) {
  const auto [kind, workload] = GetParam();
  SimulationOptions options = busy(std::string(workload.name));
  options.config.pool = kind;
  const bool idle = workload.workload == Workload::kIdle;
  const bool gets = workload.workload != Workload::kPutsOnly;
  const Model model = run_and_check(options, 500ms, [idle, gets](const Model& m) {
    const PoolState& pool = m.pools.at(0);
    return idle || (gets ? pool.gets > 100 : pool.puts > 100);
  });
  // Between operations, at the end of the session.
  for (const PoolState& pool : model.pools) EXPECT_EQ(pool.hits.gets(), pool.gets);
}

std::string name_of(const std::tuple<PoolKind, WorkloadName>& param) {
  const auto [kind, workload] = param;
  std::string name(kind == PoolKind::kModern ? "modern_" : "classic_");
  name += workload.name;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Simulation, EveryWorkload,
                         ::testing::Combine(::testing::ValuesIn(kPoolKinds),
                                            ::testing::ValuesIn(kWorkloads)),
                         [](const auto& given) { return name_of(given.param); });

/// Runs a session at full rate until it has so many Gets, and returns its model.
Model run_until_gets(const SimulationOptions& options, std::uint64_t gets) {
  auto simulation = Simulation::create(options);
  EXPECT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  sink.wait_until([gets](const Model& model) { return model.pools.at(0).gets >= gets; });
  (*simulation)->stop();
  EXPECT_EQ(sink.model().divergences, 0U);
  EXPECT_TRUE((*simulation)->accounting().holds());
  return sink.model();
}

TEST(Simulation, WhatIsHandedOnDoesNotPileUpWhereTwoGetAndOnePuts) {
  SimulationOptions options = busy("producer-consumer");
  options.config.workers = 3;
  const Model model = run_until_gets(options, 100 * Handoff::kMost);
  // Each that Gets holds one more before it hands one on.
  const std::uint64_t in_hand =
      std::uint64_t{options.config.workers} * (options.config.workload->held + 1);
  EXPECT_LE(model.totals.in_use, Handoff::kMost + in_hand);
}

TEST(Simulation, OneWorkerOfAProducerConsumerGetsAndPuts) {
  SimulationOptions options = busy("producer-consumer");
  options.config.workers = 1;
  const Model model = run_until_gets(options, 4 * Handoff::kMost);
  EXPECT_GT(model.pools.at(0).puts, 2 * Handoff::kMost);
}

TEST(Simulation, AgreesWithTheModelInRaceModeAndWithSeveralPools) {
  for (const PoolKind kind : kPoolKinds) {
    SimulationOptions options = busy("lecture");
    options.config.pool = kind;
    options.config.race = true;
    options.config.pools = 3;
    const Model model = run_and_check(options, 500ms, [](const Model& m) {
      return lost_by(m, LostCause::kRaceDrop) > 0 &&
             std::ranges::all_of(m.pools, [](const PoolState& pool) { return pool.gets > 0; });
    });
    EXPECT_EQ(model.pools.size(), 3U);
  }
}

TEST(Simulation, RunsWithEveryPaddingAndTellsItsRealLayout) {
  for (const std::uint32_t padding : {0U, 64U, 128U}) {
    SimulationOptions options = busy("pairs");
    options.ops_per_second = 2000;  // the layout is the same at any rate
    options.config.padding = padding;
    const Model model = run_and_check(options, 150ms);
    EXPECT_EQ(model.config.stride, padding == 0 ? 48U : padding);
    EXPECT_EQ(model.config.fields.size(), padding == 0 ? 3U : 4U);
  }
}

TEST(Simulation, TheModernPoolHasNoMutexAndTellsItsRealLayout) {
  for (const std::uint32_t padding : {0U, 64U, 128U}) {
    SimulationOptions options = busy("pairs");
    options.ops_per_second = 2000;  // the layout is the same at any rate
    options.config.pool = PoolKind::kModern;
    options.config.padding = padding;
    const Model model = run_and_check(options, 150ms);
    EXPECT_EQ(model.config.stride, padding == 0 ? 32U : padding);
    EXPECT_EQ(model.config.unpadded_stride, 32U);
    EXPECT_EQ(model.config.padded_stride, 128U);
    ASSERT_EQ(model.config.fields.size(), padding == 0 ? 2U : 3U);
    EXPECT_EQ(model.config.fields[0], (SessionConfig::Field{"private", 0, 16}));
    EXPECT_EQ(model.config.fields[1], (SessionConfig::Field{"shared", 16, 16}));
  }
}

TEST(Simulation, AnObjectOfTheModernPoolOutlivesOneGcInTheVictimAndIsFoundThere) {
  SimulationOptions options = busy("bursts");
  options.config.pool = PoolKind::kModern;
  options.config.workload->held = 64;  // more than a dequeue of 8 holds
  options.ops_per_second = 5000;
  options.resize_every_ns = 150'000'000;
  run_and_check(options, 600ms, [](const Model& m) {
    const HitCounts& hits = m.pools.at(0).hits;
    return hits.from_victim > 0 && hits.from_steal > 0 && lost_by(m, LostCause::kGc) > 0;
  });
}

TEST(Simulation, APacedModernPoolWithManyThievesAgreesWithTheModel) {
  SimulationOptions options = busy("producer-consumer");
  options.config.pool = PoolKind::kModern;
  options.config.step_time_ns = 200'000;  // so that thieves really meet at the tail
  options.gc_every_ns = 120'000'000;
  run_and_check(options, 1000ms, [](const Model& m) { return m.pools.at(0).hits.from_steal > 0; });
}

TEST(Simulation, LosesObjectsInTheOpenWindowsOfPutAndSaysWhy) {
  SimulationOptions options = busy("bursts");
  options.config.workload->held = 16;
  options.config.step_time_ns = 2'000'000;  // so that GCs fall into the windows
  options.gc_every_ns = 15'000'000;
  run_and_check(options, 500ms, [](const Model& m) {
    return lost_by(m, LostCause::kGc) > 0 && lost_by(m, LostCause::kOrphan) > 0;
  });
}

TEST(Simulation, AGcOnRequestEmptiesThePoolAndIsNotQueued) {
  SimulationOptions options;
  options.config.workload->name = "pairs";
  options.ops_per_second = 200;
  auto simulation = Simulation::create(options);
  ASSERT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  sink.wait_until([](const Model& model) { return model.pools.at(0).puts > 0; });
  ASSERT_TRUE((*simulation)->request_gc());
  sink.wait_until([](const Model& model) { return model.gc_cycles == 1; });
  while ((*simulation)->stop_under_way()) std::this_thread::sleep_for(1ms);
  (*simulation)->request_procs(2);
  sink.wait_until([](const Model& model) { return model.procs == 2; });
  (*simulation)->stop();
  EXPECT_EQ(sink.model().divergences, 0U);
}

TEST(Simulation, APauseStopsTheGoroutinesAndAGcStillActsAtOnce) {
  SimulationOptions options;
  options.config.step_time_ns = 20'000'000;
  auto simulation = Simulation::create(options);
  ASSERT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  std::this_thread::sleep_for(400ms);
  (*simulation)->pause();
  // Those on their way come to their next pace point, which takes a while on a busy machine.
  bool stands = false;
  for (int look = 0; look < 100 && !stands; ++look) {
    const std::uint64_t operations = sink.operations_ended();
    std::this_thread::sleep_for(150ms);
    stands = sink.operations_ended() == operations;
  }
  EXPECT_TRUE(stands) << "operations end every 20 ms, and it is paused";
  ASSERT_TRUE((*simulation)->request_gc());
  sink.wait_until([](const Model& model) { return model.gc_cycles == 1; });
  EXPECT_TRUE((*simulation)->paused());
  (*simulation)->resume();
  sink.wait_until([&](const Model&) { return true; });
  (*simulation)->stop();
  EXPECT_EQ(sink.model().divergences, 0U);
  EXPECT_TRUE((*simulation)->accounting().holds());
}

TEST(Simulation, RefusesBadOptionsInOneLine) {
  SimulationOptions options;
  options.config.procs = 0;
  EXPECT_NE(Simulation::create(options).error().message.find("1 to 256"), std::string::npos);
  options.config.procs = 4;
  options.config.workload->name = "juggle";
  const Error error = Simulation::create(options).error();
  EXPECT_EQ(error.exit_code(), 2);
  EXPECT_NE(error.message.find("juggle"), std::string::npos);
  EXPECT_EQ(error.message.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace poolscope
