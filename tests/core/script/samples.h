#pragma once

// The scripts in what `poolscope explore` prints.
//
// Thread safety: a function of its arguments.

#include <sstream>
#include <string>
#include <vector>

namespace poolscope::script {

/// The scripts of a report, one for each outcome.
inline std::vector<std::string> samples_of(const std::string& report) {
  std::vector<std::string> samples;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("% outcome"))
      samples.emplace_back();
    else if (!line.starts_with('%') && !samples.empty())
      samples.back() += line + "\n";
  }
  return samples;
}

}  // namespace poolscope::script
