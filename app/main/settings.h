#pragma once

// What the program remembers from one start to the next, as JSON in the user's configuration
// folder.
//
// Thread safety: none.
// Invariants: a file that cannot be read or understood counts as no settings; unknown keys stay
// out.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace poolscope::app {

struct Settings {
  // Empty: the viewer has never chosen.
  std::optional<std::string> theme;
  std::optional<std::string> language;
  std::optional<std::string> layout;
  std::optional<bool> motion;
  std::optional<int> zoom_percent;
  std::optional<bool> first_seen;   // what a first start shows was closed
  std::vector<std::string> lately;  // files that were opened, the last one first
  bool operator==(const Settings&) const = default;
};

inline constexpr std::size_t kMostLately = 5;
/// `file` was opened.
void note_opened(Settings& settings, const std::string& file);

std::filesystem::path settings_file();
/// Whether the program has been here before: a first start has stored nothing yet.
bool has_settings(const std::filesystem::path& file);
Settings load_settings(const std::filesystem::path& file);
/// Makes the folder where it is missing.
Expected<void> save_settings(const std::filesystem::path& file, const Settings& settings);

}  // namespace poolscope::app
