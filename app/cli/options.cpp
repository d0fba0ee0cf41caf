#include "app/cli/options.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace poolscope::cli {
namespace {

constexpr int kBadUsage = 2;

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

/// The command that was being read when the error came: the innermost subcommand.
const CLI::App* innermost(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().back();
  return app;
}

}  // namespace

CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::string& target,
                        std::initializer_list<std::string> words, const std::string& help) {
  const std::vector<std::string> allowed(words);
  const auto parse = [allowed](std::string_view text) -> Expected<std::string> {
    if (std::ranges::find(allowed, text) != allowed.end()) return std::string(text);
    return bad_input(fmt::format("'{}': write {}", text, fmt::join(allowed, ", ")));
  };
  return add_parsed(app, flag, target, help, fmt::format("{}", fmt::join(allowed, "|")), parse);
}

int report_parse_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const CLI::App* command = innermost(&app);
  const std::string name =
      command == &app ? "poolscope" : fmt::format("poolscope {}", command->get_name());
  const std::string message = fmt::format("poolscope: {}; see {} --help", error.what(), name);
  fmt::print(stderr, "{}\n", one_line(message));
  return kBadUsage;
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
