#include "core/sim/workload.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/simulation.h"
#include "tests/core/sim/auditing_sink.h"

namespace poolscope {
namespace {

std::vector<Role> roles_in(Workload workload, std::uint32_t workers) {
  std::vector<Role> roles;
  for (std::uint32_t g = 0; g < workers; ++g) roles.push_back(role_in(workload, GId{g}, workers));
  return roles;
}

// A goroutine that has not started yet is not known.
std::uint64_t gets_of(const Model& model, std::uint32_t g) {
  const GState* known = model.gs.find(GId{g});
  return known == nullptr ? 0 : known->gets;
}
std::uint64_t puts_of(const Model& model, std::uint32_t g) {
  const GState* known = model.gs.find(GId{g});
  return known == nullptr ? 0 : known->puts;
}
std::size_t objects_in_hand_of(const Model& model, std::uint32_t g) {
  const GState* known = model.gs.find(GId{g});
  return known == nullptr ? 0 : known->hand.size();
}

SimulationOptions quick(const char* workload) {
  SimulationOptions options;
  options.config.workload->name = workload;
  options.config.workers = 4;
  options.ops_per_second = 0;
  return options;
}

/// Runs a session until `wanted` holds; the model at its end.
template <class Wanted>
Model run_until(const SimulationOptions& options, const Wanted& wanted) {
  auto simulation = Simulation::create(options);
  EXPECT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  sink.wait_until(wanted);
  (*simulation)->stop();
  const Model model = sink.model();
  EXPECT_EQ(model.divergences, 0U);
  EXPECT_TRUE((*simulation)->accounting().holds());
  return model;
}

TEST(Workload, HasARoleForEachGoroutine) {
  using enum Role;
  EXPECT_EQ(roles_in(Workload::kOneGetter, 3), (std::vector{kGetOnly, kPutOnly, kPutOnly}));
  EXPECT_EQ(roles_in(Workload::kOnePutter, 3), (std::vector{kPutOnly, kGetOnly, kGetOnly}));
  EXPECT_EQ(roles_in(Workload::kPutsOnly, 2), (std::vector{kPutOnly, kPutOnly}));
  // Alone it does both: nobody would take over what it has got.
  EXPECT_EQ(roles_in(Workload::kOneGetter, 1), std::vector{kBoth});
  EXPECT_EQ(roles_in(Workload::kOnePutter, 1), std::vector{kBoth});
}

TEST(Workload, HasSomebodyWhoPutsWhereOthersOnlyGet) {
  for (const WorkloadName& entry : kWorkloads) {
    for (std::uint32_t workers = 1; workers <= 12; ++workers) {
      std::set<Role> roles;
      for (std::uint16_t g = 0; g < workers; ++g) {
        roles.insert(role_in(entry.workload, GId{g}, workers));
      }
      EXPECT_TRUE(!roles.contains(Role::kGetOnly) || roles.contains(Role::kPutOnly))
          << entry.name << " with " << workers;
    }
  }
}

TEST(Workload, IsFoundByEachOfItsNames) {
  for (const WorkloadName& entry : kWorkloads) {
    EXPECT_EQ(workload_of(entry.name), entry.workload);
  }
  EXPECT_FALSE(workload_of("none"));
}

TEST(Workload, OneGetterGetsAndTheOthersPut) {
  const Model model = run_until(quick("one-getter"), [](const Model& m) {
    return gets_of(m, 0) > 100 && puts_of(m, 1) > 10 && puts_of(m, 2) > 10 && puts_of(m, 3) > 10;
  });
  EXPECT_EQ(puts_of(model, 0), 0U);
  for (std::uint32_t g = 1; g < 4; ++g) EXPECT_EQ(gets_of(model, g), 0U) << g;
}

TEST(Workload, OnePutterPutsAndTheOthersGet) {
  const Model model = run_until(quick("one-putter"), [](const Model& m) {
    return puts_of(m, 0) > 100 && gets_of(m, 1) > 10 && gets_of(m, 2) > 10 && gets_of(m, 3) > 10;
  });
  EXPECT_EQ(gets_of(model, 0), 0U);
  for (std::uint32_t g = 1; g < 4; ++g) EXPECT_EQ(puts_of(model, g), 0U) << g;
}

TEST(Workload, OfPutsAloneFillsThePoolUntilAGcAndThenAgain) {
  SimulationOptions options = quick("puts-only");
  options.gc_every_ns = 50'000'000;
  // 16 may be alive at once, and each of the four may see the last room for one: without a GC there
  // are no more than 19.
  const Model model = run_until(options, [](const Model& m) { return m.totals.created > 40; });
  for (std::uint32_t g = 0; g < 4; ++g) EXPECT_EQ(gets_of(model, g), 0U) << g;
  EXPECT_GT(model.totals.lost.at(static_cast<std::size_t>(LostCause::kGc)), 0U);
}

TEST(Workload, IsGivenOrTheSessionIsRefused) {
  SimulationOptions options;
  options.config.workload.reset();
  const auto refused = Simulation::create(options);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("no workload"), std::string::npos);
}

TEST(Simulation, ChangesRateAndHeldWhileItRuns) {
  SimulationOptions options = quick("one-getter");
  options.ops_per_second = 1;
  auto simulation = Simulation::create(options);
  ASSERT_TRUE(simulation.has_value());
  AuditingSink sink((*simulation)->config());
  (*simulation)->start(sink);
  sink.wait_until([](const Model& m) { return gets_of(m, 0) >= 1; });
  // At one a second the wait below would take a quarter of an hour.
  (*simulation)->set_rate(0);
  (*simulation)->set_held(8);
  sink.wait_until(
      [](const Model& m) { return gets_of(m, 0) > 1000 && objects_in_hand_of(m, 0) >= 8; });
  (*simulation)->stop();
  EXPECT_EQ(sink.model().divergences, 0U);
}

}  // namespace
}  // namespace poolscope
