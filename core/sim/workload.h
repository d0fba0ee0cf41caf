#pragma once

// What the goroutines of a session do. Each workload is a loop over the same few acts.
//
// Thread safety: values and pure functions.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/trace/event.h"

namespace poolscope {

enum class Workload : std::uint8_t {
  kLecture,           // one third only Puts, one third only Gets, one third does both in bursts
  kPairs,             // Get, use, Put
  kBursts,            // several Gets, then as many Puts
  kProducerConsumer,  // one half Gets and hands on, the other half takes over and Puts
  kOneGetter,         // one Gets and hands on, all others take over and Put
  kOnePutter,         // one takes over and Puts, all others Get and hand on
  kPutsOnly,          // all make their objects themselves and Put them
  kIdle,              // nothing
};

struct WorkloadName {
  Workload workload;
  std::string_view name;
};

inline constexpr std::array<WorkloadName, 8> kWorkloads = {{
    {Workload::kLecture, "lecture"},
    {Workload::kPairs, "pairs"},
    {Workload::kBursts, "bursts"},
    {Workload::kProducerConsumer, "producer-consumer"},
    {Workload::kOneGetter, "one-getter"},
    {Workload::kOnePutter, "one-putter"},
    {Workload::kPutsOnly, "puts-only"},
    {Workload::kIdle, "idle"},
}};

constexpr std::optional<Workload> workload_of(std::string_view name) {
  for (const WorkloadName& entry : kWorkloads) {
    if (entry.name == name) return entry.workload;
  }
  return std::nullopt;
}

/// The part of goroutine `g` of `workers` in a workload. Where no goroutine only Puts, all do both:
/// one that only Gets would have none to hand its objects to.
constexpr Role role_in(Workload workload, GId g, std::uint32_t workers) {
  constexpr std::array<Role, 3> kLectureRoles = {Role::kBoth, Role::kGetOnly, Role::kPutOnly};
  constexpr std::array<Role, 2> kProducerConsumerRoles = {Role::kGetOnly, Role::kPutOnly};
  if (workload == Workload::kLecture && workers >= kLectureRoles.size()) {
    return kLectureRoles[g.value % kLectureRoles.size()];
  }
  if (workload == Workload::kProducerConsumer && workers >= kProducerConsumerRoles.size()) {
    return kProducerConsumerRoles[g.value % kProducerConsumerRoles.size()];
  }
  if (workload == Workload::kOneGetter && workers >= 2) {
    return g.value == 0 ? Role::kGetOnly : Role::kPutOnly;
  }
  if (workload == Workload::kOnePutter && workers >= 2) {
    return g.value == 0 ? Role::kPutOnly : Role::kGetOnly;
  }
  return workload == Workload::kPutsOnly ? Role::kPutOnly : Role::kBoth;
}

/// Where goroutine `g` begins. A lecture puts those that only Get on one P in three and those that
/// only Put on the next: what the former want they steal from the neighbour, first in the ring.
constexpr PId home_in(Workload workload, GId g, std::uint32_t workers, std::uint32_t procs) {
  std::uint32_t home = g.value;
  if (workload == Workload::kLecture && role_in(workload, g, workers) != Role::kBoth) {
    home = g.value / 6 * 3 + g.value % 3;
  }
  return PId{static_cast<std::uint16_t>(home % procs)};
}

}  // namespace poolscope
