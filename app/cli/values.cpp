#include "app/cli/values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/base/number.h"

namespace poolscope::cli {
namespace {

// Longer ones are a slip of the finger.
constexpr double kLongest_ns = 100.0 * 24 * 3600 * 1e9;
constexpr double kFastest = 1e9;  // operations a second

struct Unit {
  std::string_view name;
  double ns;
};
constexpr std::array<Unit, 6> kUnits = {{
    {"ns", 1},
    {"us", 1e3},
    {"ms", 1e6},
    {"s", 1e9},
    {"m", 60e9},
    {"h", 3600e9},
}};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// The decimal number that `text` begins with, which is cut off; no sign, no exponent.
std::optional<double> take_decimal(std::string_view& text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  double value = 0;
  const auto [end, problem] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (problem != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<std::int64_t> whole_ns(double value_ns) {
  if (value_ns > kLongest_ns) return std::nullopt;
  return std::llround(value_ns);
}

std::optional<std::int64_t> duration_ns(std::string_view text) {
  if (text == "0") return 0;
  const auto value = take_decimal(text);
  if (!value) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (text == unit.name) return whole_ns(*value * unit.ns);
  }
  return std::nullopt;
}

/// "MM:SS.fff"; the minutes may have any number of digits, the seconds are below 60.
std::optional<std::int64_t> clock_ns(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
  for (const char letter : text.substr(0, colon)) {
    if (!is_digit(letter)) return std::nullopt;
  }
  const auto minutes = take_decimal(text);
  text.remove_prefix(1);
  const auto seconds = take_decimal(text);
  if (!minutes || !seconds || !text.empty() || *seconds >= 60) return std::nullopt;
  return whole_ns(*minutes * 60e9 + *seconds * 1e9);
}

}  // namespace

Expected<std::int64_t> parse_duration(std::string_view text) {
  if (const auto value = duration_ns(text)) return *value;
  return bad_input(fmt::format("'{}' is not a length of time: write 20s, 500ms, 2m or 0", text));
}

Expected<std::int64_t> parse_period(std::string_view text) {
  auto value = parse_duration(text);
  if (!value || *value > 0) return value;
  return bad_input(fmt::format("'{}': write a length of time above 0, or leave it out", text));
}

Expected<WantedMoment> parse_moment(std::string_view text) {
  if (text == "end") return WantedMoment{};
  if (text.starts_with('#')) {
    const auto number = number_in<std::uint64_t>(text.substr(1));
    if (number && *number > 0) return WantedMoment{WantedMoment::Kind::kEvent, 0, *number};
  } else {
    auto time_ns = duration_ns(text);
    if (!time_ns) time_ns = clock_ns(text);
    if (time_ns) return WantedMoment{WantedMoment::Kind::kTime, *time_ns, 0};
  }
  return bad_input(
      fmt::format("'{}' is not a moment: write 3.2s, 500ms, 01:23.456, end or #1234", text));
}

Expected<std::uint64_t> parse_number(std::string_view text, std::uint64_t least,
                                     std::uint64_t most) {
  const auto value = number_in<std::uint64_t>(text);
  if (value && *value >= least && *value <= most) return *value;
  if (most == UINT64_MAX) {
    return bad_input(fmt::format("'{}': write a whole number of {} or more", text, least));
  }
  return bad_input(fmt::format("'{}': write a whole number from {} to {}", text, least, most));
}

Expected<double> parse_rate(std::string_view text) {
  if (text == "max") return 0;
  std::string_view rest = text;
  const auto value = take_decimal(rest);
  if (value && rest.empty() && *value > 0 && *value <= kFastest) return *value;
  return bad_input(fmt::format(
      "'{}': write operations a second, more than 0, or max for as fast as it can", text));
}

}  // namespace poolscope::cli
