#include "tests/cli/program.h"

#include <regex>

#include <gtest/gtest.h>

namespace poolscope::testing {

std::vector<std::string> command(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {POOLSCOPE_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

Outcome poolscope(const std::vector<std::string>& arguments, std::chrono::milliseconds most) {
  const Environment no_display = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}};
  return run(command(arguments), no_display, most);
}

std::string last_line(const std::string& text) {
  if (text.empty()) return text;
  const std::size_t before = text.rfind('\n', text.size() - 2);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  return text.substr(begin, text.size() - 1 - begin);
}

long long recorded_events(const std::string& line) {
  static const std::regex form(R"(recorded (\d+) events in \d+\.\d+ s, dropped 0)");
  std::smatch match;
  return std::regex_match(line, match, form) ? std::stoll(match[1]) : -1;
}

nlohmann::json info(const std::filesystem::path& file) {
  const Outcome outcome = poolscope({"info", "--json", file.string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out, nullptr, false);
}

}  // namespace poolscope::testing
