#include "app/cli/options.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/report.h"

namespace poolscope::cli {
namespace {

/// The command that was being read when the error came: the innermost subcommand.
const CLI::App* innermost(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().back();
  return app;
}

/// "poolscope record".
std::string name_of(const CLI::App& app, const CLI::App* command) {
  if (command == &app || command->get_parent() == nullptr) return "poolscope";
  return fmt::format("{} {}", name_of(app, command->get_parent()), command->get_name());
}

/// How many letters one has to add, take away or change to get from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// What to write instead of `word`: the nearest of `words`, or where it is like none of them, the
/// help of `command`.
std::string instead_of(const std::string& word, const std::vector<std::string>& words,
                       const std::string& command) {
  constexpr std::string_view kDashes = "--";
  const std::size_t dashes = word.starts_with(kDashes) ? kDashes.size() : 0;
  const std::size_t letters = word.size() - dashes;
  std::string best;
  std::size_t least = std::max<std::size_t>(letters / 2, 1) + 1;
  for (const std::string& other : words) {
    const std::size_t changes = distance(word, other);
    if (changes < least && changes < letters) {
      least = changes;
      best = other;
    }
  }
  if (best.empty()) return fmt::format("see {} --help", command);
  return fmt::format("did you mean {}?", best);
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> flag_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// The file that the program itself takes, without a command; empty: none is given.
std::string file_of(const CLI::App& app) {
  const CLI::Option* file = app.get_option_no_throw("FILE");
  return file == nullptr || file->empty() ? std::string() : file->results().back();
}

/// The first of the command line's words that nobody took. CLI11 lists them in an order of its own.
std::string first_not_understood(const CLI::App& app, std::span<const std::string> words) {
  const std::vector<std::string> left = app.remaining(true);
  for (const std::string& word : words) {
    if (std::ranges::find(left, word) != left.end()) return word;
  }
  return left.empty() ? std::string() : left.front();
}

/// What is wrong with a word that nobody took.
std::string not_understood(const CLI::App& app, const CLI::App* command, const std::string& word) {
  const std::string name = name_of(app, command);
  const std::string place = command == &app ? "" : command->get_name() + ": ";
  if (word.starts_with('-')) {
    const std::string flag = word.substr(0, word.find('='));
    const bool of_go =
        command->get_parent() != nullptr && command->get_parent()->get_name() == "go";
    return fmt::format("{}there is no flag {}; {}", place, flag,
                       of_go ? fmt::format("write -- before what go is to get: {} -- ...", name)
                             : instead_of(flag, flag_names(*command), name));
  }
  return fmt::format("{}'{}' is one word too many; see {} --help", place, word, name);
}

}  // namespace

CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::string& target,
                        std::vector<std::string> allowed, const std::string& help) {
  const auto parse = [allowed](std::string_view text) -> Expected<std::string> {
    if (std::ranges::find(allowed, text) != allowed.end()) return std::string(text);
    return bad_input(fmt::format("'{}': write {}", text, fmt::join(allowed, ", ")));
  };
  return add_parsed(app, flag, target, help, fmt::format("{}", fmt::join(allowed, "|")), parse);
}

int report_parse_error(const CLI::App& app, const CLI::ParseError& error,
                       std::span<const std::string> words) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const CLI::App* command = innermost(&app);
  const bool lacks_command = command != &app && !command_names(*command).empty();
  if (const std::string word = first_not_understood(app, words);
      lacks_command && !word.empty() && !word.starts_with('-')) {
    return report({Error::Kind::kBadInput,
                   fmt::format("{}: there is no command '{}'; {}", command->get_name(), word,
                               instead_of(word, command_names(*command), name_of(app, command)))});
  }
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    return report({Error::Kind::kBadInput,
                   fmt::format("{}; see {} --help", error.what(), name_of(app, command))});
  }
  const std::string word = first_not_understood(app, words);
  // A command that there is not was taken for a file, and what follows it was not understood.
  if (std::ranges::find(words, file_of(app)) < std::ranges::find(words, word)) {
    if (auto checked = check_command_or_file(app); !checked) return report(checked.error());
  }
  return report({Error::Kind::kBadInput, not_understood(app, command, word)});
}

Expected<void> check_command_or_file(const CLI::App& app) {
  const std::string word = file_of(app);
  std::error_code ignored;
  const bool looks_like_a_file = word.find_first_of("./") != std::string::npos;
  if (word.empty() || looks_like_a_file || std::filesystem::exists(word, ignored)) return {};
  return bad_input(fmt::format("'{}' is neither a command nor a file; {}", word,
                               instead_of(word, command_names(app), "poolscope")));
}

}  // namespace poolscope::cli
