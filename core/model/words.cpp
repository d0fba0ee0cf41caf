#include "core/model/words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace poolscope {
namespace {

/// The word of an enumeration whose values count from 0.
template <class Enum, std::size_t kCount>
std::string_view pick(const std::array<std::string_view, kCount>& words, Enum value) {
  const auto i = static_cast<std::size_t>(value);
  return i < kCount ? words[i] : "?";
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

std::string standing_of(const GState& g) {
  if (g.waits_for_lock) {
    return g.wait_array.valid() ? fmt::format("local[{}]", g.wait_index) : "allPoolsMu";
  }
  if (g.step != Step::kNone) return std::string(step_info(g.step).name);
  return std::string(word_of(g.status));
}

}  // namespace

std::string_view word_of(LostCause cause) {
  return pick(std::array<std::string_view, 4>{"gc", "realloc", "orphan", "race-drop"}, cause);
}

std::string_view word_of(Where where) {
  return pick(std::array<std::string_view, 11>{"none", "private", "shared", "steal", "orphan",
                                               "orphan-steal", "new", "nil", "dropped", "vprivate",
                                               "vsteal"},
              where);
}

std::string_view word_of(Role role) {
  return pick(std::array<std::string_view, 3>{"both", "put-only", "get-only"}, role);
}

std::string_view word_of(GState::Status status) {
  return pick(std::array<std::string_view, 4>{"absent", "running", "parked", "waiting-p"}, status);
}

std::string_view word_of(ParkReason reason) {
  return pick(std::array<std::string_view, 7>{"step", "lock", "sleep", "preempt", "stop", "handoff",
                                              "ring"},
              reason);
}

std::string_view word_of(Operation::Kind kind) {
  return pick(std::array<std::string_view, 3>{"none", "put", "get"}, kind);
}

std::string_view word_of(StopCause cause) {
  return pick(std::array<std::string_view, 3>{"gc", "resize", "check"}, cause);
}

std::string_view word_of(StopState::Phase phase) {
  return pick(std::array<std::string_view, 4>{"none", "requested", "stopped", "started"}, phase);
}

std::string pool_name(PoolId pool) {
  std::string name;
  for (std::uint32_t rest = std::uint32_t{pool.value} + 1; rest != 0; rest = (rest - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return name;
}

std::string object_name(ObjectId object) {
  return object.valid() ? fmt::format("#{}", object.value) : "-";
}

std::vector<std::string> in_use_names(const Model& model) {
  std::vector<std::string> names;
  for (const GState& g : model.gs) {
    for (const ObjectId object : g.hand) names.push_back(object_name(object));
  }
  return sorted(std::move(names));
}

std::vector<std::string> in_flight_names(const Model& model) {
  std::vector<std::string> names;
  for (const GState& g : model.gs) {
    if (g.in_flight.valid()) names.push_back(object_name(g.in_flight));
  }
  return sorted(std::move(names));
}

std::vector<std::string> stale_names(const Model& model) {
  std::vector<std::string> names;
  for (const auto& [id, array] : model.arrays) {
    if (array.status != ArrayState::Status::kDropped) continue;
    for (const LocalState& local : array.locals) {
      if (local.private_object.valid()) names.push_back(object_name(local.private_object));
      for (const ObjectId object : local.shared.cells()) names.push_back(object_name(object));
    }
  }
  return sorted(std::move(names));
}

std::vector<std::string> lost_names(const Model& model) {
  std::vector<std::string> names;
  for (const LostObject& lost : model.lost) {
    names.push_back(fmt::format("{}:{}", object_name(lost.object), word_of(lost.cause)));
  }
  return sorted(std::move(names));
}

std::vector<std::string> task_names(const Model& model) {
  std::vector<std::size_t> under_way;
  for (std::size_t i = 0; i < model.gs.size(); ++i) {
    if (model.gs[i].op.kind != Operation::Kind::kNone) under_way.push_back(i);
  }
  std::ranges::stable_sort(under_way, {}, [&](std::size_t i) { return model.gs[i].op.begin_ns; });
  std::vector<std::string> names;
  for (const std::size_t i : under_way) {
    const GState& g = model.gs[i];
    const std::string p = g.p.valid() ? std::to_string(g.p.value) : "-";
    names.push_back(fmt::format("G{}@p{}={}{}", i, p, standing_of(g), g.pinned ? "/pinned" : ""));
  }
  return names;
}

}  // namespace poolscope
