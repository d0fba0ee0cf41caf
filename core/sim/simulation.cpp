#include "core/sim/simulation.h"

#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/local_layout.h"
#include "core/pool/classic_pool.h"
#include "core/pool/modern_pool.h"
#include "core/sim/live_simulation.h"

namespace poolscope {
namespace {

using LiveEnv = ThreadEnv<PacingProbe>;

template <std::size_t kPadding>
using LiveClassicPool = ClassicPool<LiveEnv, kPadding>;
template <std::size_t kPadding>
using LiveModernPool = ModernPool<LiveEnv, kPadding>;
template <std::size_t kPadding>
using LiveModernLocal = ModernPoolLocal<LiveEnv, kPadding>;

// Go's sizes and offsets (core/pool/README.md, Layout), in the environment that runs.
static_assert(sizeof(LiveClassicPool<128>) == 24);
static_assert(sizeof(ClassicPoolLocal<0>) == 48 && sizeof(ClassicPoolLocal<64>) == 64 &&
              sizeof(ClassicPoolLocal<128>) == 128);
static_assert(offsetof(ClassicPoolLocal<128>, private_value) == 0 &&
              offsetof(ClassicPoolLocal<128>, shared) == 16 &&
              offsetof(ClassicPoolLocal<128>, mutex) == 40);
static_assert(sizeof(LiveModernPool<128>) == 40);
static_assert(sizeof(LiveModernLocal<0>) == 32 && sizeof(LiveModernLocal<64>) == 64 &&
              sizeof(LiveModernLocal<128>) == 128);
static_assert(offsetof(LiveModernLocal<128>, private_value) == 0 &&
              offsetof(LiveModernLocal<128>, shared) == 16);
static_assert(sizeof(PoolDequeue<LiveEnv>) == 32 && sizeof(PoolChainElt<LiveEnv>) == 48);

template <std::size_t kPadding>
std::unique_ptr<Simulation> make(SimulationOptions options, Workload workload) {
  if (options.config.pool == PoolKind::kModern) {
    describe_layout<LiveModernLocal<kPadding>, LiveModernLocal<0>, LiveModernLocal<kCacheLinePair>>(
        options.config);
    return std::make_unique<LiveSimulation<LiveModernPool<kPadding>, LiveEnv>>(options, workload);
  }
  describe_layout<ClassicPoolLocal<kPadding>, ClassicPoolLocal<0>,
                  ClassicPoolLocal<kCacheLinePair>>(options.config);
  return std::make_unique<LiveSimulation<LiveClassicPool<kPadding>, LiveEnv>>(options, workload);
}

Expected<void> check_range(const char* what, std::uint64_t value, std::uint64_t least,
                           std::uint64_t most) {
  if (value >= least && value <= most) return {};
  return bad_input(fmt::format("{} {}: give a number from {} to {}", what, value, least, most));
}

Expected<void> check_options(const SessionConfig& config) {
  for (const auto& checked : {check_range("procs", config.procs, 1, kMostProcs),
                              check_range("workers", config.workers, 1, kMostWorkers),
                              check_range("pools", config.pools, 1, kMostPools),
                              check_range("held", config.workload->held, 1, kMostHeld)}) {
    if (!checked) return checked;
  }
  if (config.padding != 0 && config.padding != 64 && config.padding != 128) {
    return bad_input(fmt::format("padding {}: give 0, 64 or 128", config.padding));
  }
  return {};
}

}  // namespace

std::vector<std::string> workload_names() {
  std::vector<std::string> names;
  names.reserve(std::size(kWorkloads));
  for (const WorkloadName& entry : kWorkloads) names.emplace_back(entry.name);
  return names;
}

Expected<std::unique_ptr<Simulation>> Simulation::create(const SimulationOptions& given) {
  if (!given.config.workload) return bad_input("no workload: its goroutines have nothing to do");
  if (auto checked = check_options(given.config); !checked) {
    return tl::make_unexpected(checked.error());
  }
  const auto workload = workload_of(given.config.workload->name);
  if (!workload) {
    return bad_input(fmt::format("workload {}: give {}", given.config.workload->name,
                                 fmt::join(workload_names(), ", ")));
  }
  SimulationOptions options = given;
  options.config.workload->rate =
      options.ops_per_second <= 0 ? "max" : fmt::format("{:g}", options.ops_per_second);
  switch (options.config.padding) {
    case 0: return make<0>(options, *workload);
    case 64: return make<64>(options, *workload);
    default: return make<128>(options, *workload);
  }
}

}  // namespace poolscope
