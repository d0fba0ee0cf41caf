#pragma once

// Where the objects lie by `poolscope state --json`, under the names that the page of `export --to
// html` has for places: what the page shows is held against this.
//
// Thread safety: a pure function.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poolscope::testing {

/// The objects of each place in which there are any, in their order.
using PlacedObjects = std::map<std::string, std::vector<std::uint32_t>>;

inline PlacedObjects placed_objects(const nlohmann::json& state) {
  PlacedObjects placed;
  const auto add = [&](const std::string& place, const nlohmann::json& objects) {
    if (objects.is_null() || (objects.is_array() && objects.empty())) return;
    placed[place] = objects.is_array() ? objects.get<std::vector<std::uint32_t>>()
                                       : std::vector<std::uint32_t>{objects.get<std::uint32_t>()};
  };
  const auto add_array = [&](const nlohmann::json& array, const nlohmann::json& places) {
    if (array.is_null()) return;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::string name =
          "array " + std::to_string(array.get<std::uint32_t>()) + " [" + std::to_string(i) + "] ";
      add(name + "private", places[i].at("private"));
      add(name + "shared", places[i].at("shared"));
    }
  };
  for (const auto& pool : state.at("pools")) {
    add_array(pool.at("local"), pool.at("places"));
    if (pool.contains("victim")) add_array(pool.at("victim"), pool.at("victim_places"));
  }
  for (const auto& array : state.at("dropped_arrays")) {
    add_array(array.at("array"), array.at("places"));
    add("array " + std::to_string(array.at("array").get<std::uint32_t>()) + " orphans",
        array.at("orphans"));
  }
  for (const auto& g : state.at("goroutines")) {
    const std::string name = "G" + std::to_string(g.at("id").get<std::uint32_t>());
    add(name + " flight", g.at("in_flight"));
    add(name + " hand", g.at("hand"));
  }
  return placed;
}

}  // namespace poolscope::testing
