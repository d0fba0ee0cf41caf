#include "core/model/words.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

namespace poolscope {
namespace {

/// The word of an enumeration whose values count from 0.
template <class Enum, std::size_t kCount>
std::string_view pick(const std::array<std::string_view, kCount>& words, Enum value) {
  const auto i = static_cast<std::size_t>(value);
  return i < kCount ? words[i] : "?";
}

/// By the number of the object: #2 before #10.
std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names, {}, [](const std::string& name) {
    return std::pair(std::strtoull(name.c_str() + 1, nullptr, 10), name);
  });
  return names;
}

std::vector<ObjectId> each_once(std::vector<ObjectId> objects) {
  std::ranges::sort(objects);
  const auto rest = std::ranges::unique(objects);
  objects.erase(rest.begin(), rest.end());
  return objects;
}

std::vector<std::string> names_of(const std::vector<ObjectId>& objects) {
  std::vector<std::string> names;
  names.reserve(objects.size());
  for (const ObjectId object : objects) names.push_back(object_name(object));
  return sorted(std::move(names));
}

std::string standing_of(const GState& g) {
  if (g.waits_for_lock) {
    return g.wait_array.valid() ? fmt::format("local[{}]", g.wait_index) : "allPoolsMu";
  }
  if (g.step != Step::kNone) return std::string(step_info(g.step).name);
  return std::string(word_of(g.status));
}

}  // namespace

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

std::string_view word_of(Pacing pacing) {
  return pick(std::array<std::string_view, 2>{"each_waits", "one_at_a_time"}, pacing);
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

std::vector<ObjectId> objects_in_use(const Model& model) {
  std::vector<ObjectId> objects = model.outside;
  for (const GState& g : model.gs) objects.insert(objects.end(), g.hand.begin(), g.hand.end());
  return each_once(std::move(objects));
}

std::vector<ObjectId> objects_in_flight(const Model& model) {
  std::vector<ObjectId> objects;
  for (const GState& g : model.gs) {
    if (g.in_flight.valid()) objects.push_back(g.in_flight);
  }
  return each_once(std::move(objects));
}

std::vector<ObjectId> stale_objects(const Model& model) {
  std::vector<ObjectId> stale;
  std::vector<ObjectId> elsewhere = objects_in_use(model);
  const std::vector<ObjectId> in_flight = objects_in_flight(model);
  elsewhere.insert(elsewhere.end(), in_flight.begin(), in_flight.end());
  for (const auto& [id, array] : model.arrays) {
    auto& objects = array.status == ArrayState::Status::kDropped ? stale : elsewhere;
    for (const LocalState& local : array.locals) {
      if (local.private_object.valid()) objects.push_back(local.private_object);
      objects.insert(objects.end(), local.shared.cells().begin(), local.shared.cells().end());
    }
  }
  elsewhere = each_once(std::move(elsewhere));
  std::erase_if(stale,
                [&](ObjectId object) { return std::ranges::binary_search(elsewhere, object); });
  return each_once(std::move(stale));
}

std::vector<std::string> in_use_names(const Model& model) {
  return names_of(objects_in_use(model));
}

std::vector<std::string> in_flight_names(const Model& model) {
  return names_of(objects_in_flight(model));
}

std::vector<std::string> stale_names(const Model& model) { return names_of(stale_objects(model)); }

std::vector<std::string> lost_names(const Model& model) {
  std::vector<std::string> names;
  names.reserve(model.lost.size());
  for (const LostObject& lost : model.lost) {
    names.push_back(fmt::format("{}:{}", object_name(lost.object), word_of(lost.cause)));
  }
  return sorted(std::move(names));
}

std::vector<std::string> task_names(const Model& model) {
  std::vector<const GState*> under_way;
  for (const GState& g : model.gs) {
    if (g.op.kind != Operation::Kind::kNone) under_way.push_back(&g);
  }
  std::ranges::stable_sort(under_way, {}, [](const GState* g) { return g->op.begin_ns; });
  std::vector<std::string> names;
  for (const GState* state : under_way) {
    const GState& g = *state;
    const std::string p = g.p.valid() ? std::to_string(g.p.value) : "-";
    names.push_back(
        fmt::format("G{}@p{}={}{}", g.id.value, p, standing_of(g), g.pinned ? "/pinned" : ""));
  }
  return names;
}

}  // namespace poolscope
