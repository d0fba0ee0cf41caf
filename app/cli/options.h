#pragma once

// Options of the kinds that poolscope's commands have, on top of CLI11: the word is checked while
// the command line is read, and an error is one line that names the flag.
//
// Thread safety: one thread.
// Invariants: `target` keeps its value unless the option is given; it outlives the parse.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/values.h"
#include "core/base/error.h"

namespace poolscope::cli {

/// An option whose word `parse` turns into the value; T parse(string_view) -> Expected<T>.
template <class T, class Parse>
CLI::Option* add_parsed(CLI::App& app, const std::string& flag, T& target, const std::string& help,
                        const std::string& type, Parse parse) {
  CLI::Option* option = app.add_option_function<std::string>(
      flag, [&target, parse](const std::string& text) { target = static_cast<T>(*parse(text)); },
      help);
  option->check(CLI::Validator(
      [parse](std::string& text) {
        const auto value = parse(text);
        return value ? std::string{} : value.error().message;
      },
      "", ""));
  return option->type_name(type)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// A length of time, e.g. 500ms; in ns. 0 is a value: a target that can be unset is an optional.
template <class T>
CLI::Option* add_duration(CLI::App& app, const std::string& flag, T& target_ns,
                          const std::string& help) {
  return add_parsed(app, flag, target_ns, help, "TIME", &parse_duration);
}

/// A length of time that cannot be 0: how often something happens, or how much is kept.
inline CLI::Option* add_period(CLI::App& app, const std::string& flag, std::int64_t& target_ns,
                               const std::string& help) {
  return add_parsed(app, flag, target_ns, help, "TIME", &parse_period);
}

/// A moment of a session, e.g. 3.2s or #17.
template <class T>
CLI::Option* add_moment(CLI::App& app, const std::string& flag, T& target,
                        const std::string& help) {
  return add_parsed(app, flag, target, help, "TIME|#SEQ", &parse_moment);
}

/// A whole number in a range.
template <class T>
CLI::Option* add_number(CLI::App& app, const std::string& flag, T& target, std::uint64_t least,
                        std::uint64_t most, const std::string& help) {
  return add_parsed(app, flag, target, help, "N", [least, most](std::string_view text) {
    return parse_number(text, least, most);
  });
}

/// One word of a few.
CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::string& target,
                        std::vector<std::string> words, const std::string& help);

/// Says on stderr, in one line, what is wrong with the command line (or on stdout what --help and
/// --version ask for), and gives the exit code. `words`: the command line without the program, as
/// it was given.
int report_parse_error(const CLI::App& app, const CLI::ParseError& error,
                       std::span<const std::string> words);

/// An error where the word in the place of a command or a file is neither: it has not the look of a
/// file's name and there is no such file.
Expected<void> check_command_or_file(const CLI::App& app);

}  // namespace poolscope::cli
