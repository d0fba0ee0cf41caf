#include "app/cli/report.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

namespace poolscope::cli {

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

int report(const Error& error) {
  fmt::print(stderr, "{}\n", one_line("poolscope: " + error.message));
  return error.exit_code();
}

int report_script(const Error& error) {
  fmt::print(stderr, "{}\n", one_line(error.message));
  return error.exit_code();
}

}  // namespace poolscope::cli
