#pragma once

// The tabs by name, as files and --ui-dump have them.
//
// Thread safety: pure functions.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "app/intents/intents.h"

namespace poolscope::intents {

struct TabName {
  Tab tab;
  std::string_view name;
};
inline constexpr std::array<TabName, 7> kTabNames = {{{Tab::kMemory, "memory"},
                                                      {Tab::kTimeline, "timeline"},
                                                      {Tab::kStats, "stats"},
                                                      {Tab::kLesson, "lesson"},
                                                      {Tab::kSource, "source"},
                                                      {Tab::kOverview, "overview"},
                                                      {Tab::kObject, "object"}}};

inline std::string_view name_of(Tab tab) {
  return std::ranges::find(kTabNames, tab, &TabName::tab)->name;
}
inline std::optional<Tab> tab_named(std::string_view name) {
  const auto* found = std::ranges::find(kTabNames, name, &TabName::name);
  return found == kTabNames.end() ? std::nullopt : std::optional(found->tab);
}

}  // namespace poolscope::intents
