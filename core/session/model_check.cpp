#include "core/session/model_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/session/format.h"

namespace poolscope {
namespace {

// More than any struct and any machine has.
constexpr std::uint32_t kMostStride = 4096;
constexpr std::size_t kMostPlaces = 65'535;
constexpr std::size_t kMostPools = 65'535;

bool names_a_goroutine(const Model& m, GId g) { return m.gs.contains(g); }
bool check_lock(const Model& m, const LockState& lock) {
  // Its holder is only named, and may have been forgotten.
  return std::ranges::all_of(lock.waiters, [&](GId g) { return names_a_goroutine(m, g); });
}

bool check_config(const SessionConfig& config) {
  return config.pool <= PoolKind::kModern && config.pacing <= Pacing::kOneAtATime &&
         config.stride <= kMostStride && config.unpadded_stride <= kMostStride &&
         config.padded_stride <= kMostStride &&
         std::ranges::all_of(config.fields, [](const SessionConfig::Field& field) {
           return field.offset <= kMostStride && field.size <= kMostStride;
         });
}

bool check_array(const Model& m, ArrayId id, const ArrayState& array) {
  return array.id == id && id.valid() && array.status <= ArrayState::Status::kVictim &&
         static_cast<std::size_t>(array.dropped_by) < kLostCauses &&
         array.locals.size() <= kMostPlaces &&
         std::ranges::all_of(array.held_by,
                             [&](GId g) {
                               return names_a_goroutine(m, g) &&
                                      std::ranges::count(m.gs.find(g)->holds, id) == 1 &&
                                      std::ranges::count(array.held_by, g) == 1;
                             }) &&
         std::ranges::all_of(array.locals,
                             [&](const LocalState& local) { return check_lock(m, local.lock); });
}

/// The other way round than check_array does.
bool is_held_by(const Model& m, ArrayId id, GId g) {
  const ArrayState* array = m.array(id);
  return array != nullptr && std::ranges::find(array->held_by, g) != array->held_by.end();
}

bool check_goroutine(const Model& m, const GState& g) {
  return g.status <= GState::Status::kWaitingP && g.op.kind <= Operation::Kind::kGet &&
         g.last_op.kind <= Operation::Kind::kGet && format::in_time(g.status_since_ns) &&
         format::in_time(g.pinned_since_ns) && format::in_time(g.wait_since_ns) &&
         std::ranges::all_of(g.holds, [&](ArrayId array) { return is_held_by(m, array, g.id); });
}

bool check_pool(const Model& m, std::size_t index) {
  const PoolState& pool = m.pools[index];
  return pool.id.value == index;
}

bool check_stop(const StopState& stop) {
  return stop.phase <= StopState::Phase::kStarted && format::in_time(stop.requested_ns) &&
         format::in_time(stop.stopped_ns) && format::in_time(stop.started_ns);
}

}  // namespace

Expected<void> check_model(const Model& m) {
  const auto wrong = [](std::string_view what) {
    return failed(fmt::format("its {} cannot be", what));
  };
  if (!check_config(m.config)) return wrong("configuration");
  if (!format::in_time(m.time_ns) || m.seq > format::kLastSeq) return wrong("time");
  if (m.procs > m.ps.size() || m.ps.size() > kMostPlaces + 1) return wrong("number of Ps");
  for (const GState& g : m.gs) {
    if (!check_goroutine(m, g)) return wrong("goroutine");
  }
  if (m.pools.size() > kMostPools) return wrong("number of pools");
  for (std::size_t i = 0; i < m.pools.size(); ++i) {
    if (!check_pool(m, i)) return wrong("pool");
  }
  for (const auto& [id, array] : m.arrays) {
    if (!check_array(m, id, array)) return wrong("array");
  }
  for (const std::vector<PoolId>* list : {&m.all_pools, &m.old_pools}) {
    for (const PoolId pool : *list) {
      if (pool.value >= m.pools.size()) return wrong("list of pools");
    }
  }
  if (!check_lock(m, m.all_pools_mu)) return wrong("allPoolsMu");
  if (m.outside.size() > kOutsideKept) return wrong("list of what is in use");
  if (m.lost.size() > kLostKept || m.divergence_list.size() > kDivergencesKept) {
    return wrong("list of what was lost");
  }
  if (m.pacing > Pacing::kOneAtATime || !check_stop(m.stop) || !check_stop(m.last_gc) ||
      !check_stop(m.last_resize)) {
    return wrong("stop-the-world");
  }
  return {};
}

}  // namespace poolscope
