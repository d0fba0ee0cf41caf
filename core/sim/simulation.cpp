#include "core/sim/simulation.h"

#include <cstddef>

#include <fmt/format.h>

#include "core/pool/classic_pool.h"
#include "core/sim/live_simulation.h"

namespace poolscope {
namespace {

using LiveEnv = ThreadEnv<PacingProbe>;

template <std::size_t kPadding>
using LiveClassicPool = ClassicPool<LiveEnv, kPadding>;

template <std::size_t kPadding>
void describe_classic_layout(SessionConfig& config) {
  using Local = ClassicPoolLocal<kPadding>;
  const auto field = [](const char* name, std::size_t offset, std::size_t size) {
    return SessionConfig::Field{name, static_cast<std::uint32_t>(offset),
                                static_cast<std::uint32_t>(size)};
  };
  config.fields = {
      field("private", offsetof(Local, private_value), sizeof(Local::private_value)),
      field("shared", offsetof(Local, shared), sizeof(Local::shared)),
      field("Mutex", offsetof(Local, mutex), sizeof(Local::mutex)),
  };
  const std::size_t internal = offsetof(Local, mutex) + sizeof(Local::mutex);
  if (sizeof(Local) > internal) {
    config.fields.push_back(field("pad", internal, sizeof(Local) - internal));
  }
  config.stride = sizeof(Local);
  config.unpadded_stride = sizeof(ClassicPoolLocal<0>);
  config.padded_stride = sizeof(ClassicPoolLocal<kCacheLinePair>);
}

// Go's sizes and offsets (SEMANTICS.md 4), in the environment that runs.
static_assert(sizeof(LiveClassicPool<128>) == 24);
static_assert(sizeof(ClassicPoolLocal<0>) == 48 && sizeof(ClassicPoolLocal<64>) == 64 &&
              sizeof(ClassicPoolLocal<128>) == 128);
static_assert(offsetof(ClassicPoolLocal<128>, private_value) == 0 &&
              offsetof(ClassicPoolLocal<128>, shared) == 16 &&
              offsetof(ClassicPoolLocal<128>, mutex) == 40);

template <std::size_t kPadding>
std::unique_ptr<Simulation> make_classic(SimulationOptions options, Workload workload) {
  describe_classic_layout<kPadding>(options.config);
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
                              check_range("held", config.held, 1, kMostHeld)}) {
    if (!checked) return checked;
  }
  if (config.padding != 0 && config.padding != 64 && config.padding != 128) {
    return bad_input(fmt::format("padding {}: give 0, 64 or 128", config.padding));
  }
  if (config.pool != PoolKind::kClassic) {
    return bad_input("pool modern: this version runs the classic pool; give classic");
  }
  return {};
}

}  // namespace

Expected<std::unique_ptr<Simulation>> Simulation::create(const SimulationOptions& given) {
  if (auto checked = check_options(given.config); !checked) {
    return tl::make_unexpected(checked.error());
  }
  const auto workload = workload_of(given.config.workload);
  if (!workload) {
    return bad_input(
        fmt::format("workload {}: give lecture, pairs, bursts, producer-consumer or idle",
                    given.config.workload));
  }
  SimulationOptions options = given;
  options.config.rate =
      options.ops_per_second <= 0 ? "max" : fmt::format("{:g}", options.ops_per_second);
  switch (options.config.padding) {
    case 0: return make_classic<0>(options, *workload);
    case 64: return make_classic<64>(options, *workload);
    default: return make_classic<128>(options, *workload);
  }
}

}  // namespace poolscope
