#pragma once

// The built program, run as a user would, and files to run it on.
//
// Thread safety: none.

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/process.h"

namespace poolscope::testing {

/// Runs the program with `arguments`, without a display.
Outcome poolscope(const std::vector<std::string>& arguments,
                  std::chrono::milliseconds most = std::chrono::seconds(60));

/// The command line of the program, for a Process.
std::vector<std::string> command(const std::vector<std::string>& arguments);

/// The last line of a text that ends with a newline.
std::string last_line(const std::string& text);

/// The number of events of "recorded N events in T s, dropped 0"; -1 where it is not such a line.
long long recorded_events(const std::string& line);

/// `poolscope info --json` of a file that is one.
nlohmann::json info(const std::filesystem::path& file);

}  // namespace poolscope::testing
