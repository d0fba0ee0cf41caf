#include "app/control/session_change.h"

#include <algorithm>
#include <utility>

#include "app/control/presets.h"

namespace poolscope {
namespace {

constexpr std::int64_t kNoGc = 0;
constexpr std::int64_t kGcEvery_ns = 6'000'000'000;
// At Story speed, at which one goroutine goes at a time, each has a few Gets between two of them.
constexpr std::int64_t kGcSeldom_ns = 5 * kGcEvery_ns;

SimulationOptions with(SimulationOptions session, PoolKind pool, std::uint32_t procs,
                       std::uint32_t workers, WorkloadConfig workload, std::int64_t gc_every_ns) {
  session.config.pool = pool;
  session.config.procs = procs;
  session.config.workers = workers;
  session.config.workload = std::move(workload);
  session.config.pools = 1;
  session.config.race = false;
  session.gc_every_ns = gc_every_ns;
  return session;
}

}  // namespace

SimulationOptions changed(SimulationOptions session, const intents::StartAgain& change) {
  SessionConfig& config = session.config;
  if (change.pool) config.pool = *change.pool;
  if (change.padding) config.padding = *change.padding;
  if (change.pools) config.pools = std::clamp(*change.pools, 1U, kMostPools);
  if (change.workers) config.workers = std::clamp(*change.workers, 1U, kMostWorkers);
  if (change.workload) config.workload->name = *change.workload;
  if (change.race) config.race = *change.race;
  return session;
}

SimulationOptions preset_session(SimulationOptions session, std::string_view label) {
  constexpr auto kClassic = PoolKind::kClassic;
  constexpr auto kModern = PoolKind::kModern;
  const auto* found = std::ranges::find(kPresets, label, &PresetText::label);
  if (found == kPresets.end()) return session;
  switch (found->preset) {
    case Preset::kWebServer:
      return with(std::move(session), kModern, 4, 4, {.name = "pairs"}, kGcSeldom_ns);
    case Preset::kOneReader:
      return with(std::move(session), kClassic, 4, 4, {.name = "one-getter"}, kGcEvery_ns);
    case Preset::kOneGetter:
      return with(std::move(session), kClassic, 4, 6, {.name = "one-getter"}, kNoGc);
    case Preset::kStarvation:
      return with(std::move(session), kClassic, 4, 4, {.name = "producer-consumer", .held = 1},
                  kNoGc);
    case Preset::kHotP:
      return with(std::move(session), kClassic, 6, 6, {.name = "one-putter"}, kNoGc);
    case Preset::kBigBuffers:
      return with(std::move(session), kModern, 2, 2, {.name = "pairs"}, kGcEvery_ns);
    case Preset::kPastThePool:
      return with(std::move(session), kClassic, 4, 6, {.name = "puts-only"}, kNoGc);
    case Preset::kIdle: return with(std::move(session), kClassic, 4, 2, {.name = "idle"}, kNoGc);
  }
  return session;
}

}  // namespace poolscope
