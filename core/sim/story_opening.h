#pragma once

// How a lecture begins where goroutines take turns: whose operation comes after whose, so that each
// way of a Get and a Put is seen soon.
//
// Thread safety: pure functions.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"
#include "core/sim/workload.h"

namespace poolscope {

/// The goroutines of the first operations, in order; none where the workload has nobody for each
/// part. The seed chooses among the orders and the goroutines that show the same.
inline std::vector<GId> story_opening(Workload workload, std::uint32_t workers,
                                      std::uint64_t seed) {
  std::array<std::vector<GId>, 3> of_role;  // two of each at most
  for (std::uint32_t i = 0; i < workers; ++i) {
    auto& same = of_role.at(static_cast<std::size_t>(role_in(workload, GId{i}, workers)));
    if (same.size() < 2) same.push_back(GId{i});
  }
  const bool all_parts = std::ranges::none_of(of_role, [](const auto& g) { return g.empty(); });
  if (workload != Workload::kLecture || !all_parts) return {};
  const auto choose = [&](Role role, std::uint64_t which) {
    const auto& same = of_role.at(static_cast<std::size_t>(role));
    return same[which % same.size()];
  };
  const std::uint64_t first = seed % 2;
  const std::uint64_t second = seed / 2 % 2;
  // A Get that finds nothing and calls New; two Puts into the P next to the getters', and a Get
  // that steals from there; and two Puts and two Gets of one, into private and shared and back.
  const std::vector<GId> misses = {choose(Role::kGetOnly, first)};
  const std::vector<GId> steals = {choose(Role::kPutOnly, second),
                                   choose(Role::kPutOnly, second + 1),
                                   choose(Role::kGetOnly, first + 1)};
  const std::vector<GId> hits(4, choose(Role::kBoth, seed / 4 % 2));
  std::vector<GId> order;
  const auto add = [&order](const std::vector<GId>& part) {
    order.insert(order.end(), part.begin(), part.end());
  };
  // The hits leave nothing in the pool that could be stolen, so they come at any place.
  const std::uint64_t place = seed / 8 % 3;
  if (place == 0) add(hits);
  add(misses);
  if (place == 1) add(hits);
  add(steals);
  if (place == 2) add(hits);
  return order;
}

}  // namespace poolscope
