#include "app/cli/threshold.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/number.h"

namespace poolscope::cli {
namespace {

struct Figure {
  std::string_view name;
  std::uint64_t (*of)(const Tally& tally);
};

template <GetFrom kFrom>
std::uint64_t gets_from(const Tally& tally) {
  return tally.all.of(kFrom);
}

constexpr std::string_view kLockWaits = "lock_waits";

constexpr std::array kFigures = {
    Figure{"news", &gets_from<GetFrom::kNew>},
    Figure{"private", &gets_from<GetFrom::kPrivate>},
    Figure{"own_shared", &gets_from<GetFrom::kOwnShared>},
    Figure{"steals", &gets_from<GetFrom::kSteal>},
    Figure{"nils", &gets_from<GetFrom::kNil>},
    Figure{"victims",
           [](const Tally& tally) {
             return tally.all.of(GetFrom::kVictimPrivate) + tally.all.of(GetFrom::kVictimShared);
           }},
    Figure{"gets", [](const Tally& tally) { return tally.all.gets(); }},
    Figure{"puts", [](const Tally& tally) { return tally.all.puts(); }},
    Figure{"dropped",
           [](const Tally& tally) {
             return tally.all.dropped_by_gc + tally.all.dropped_by_grow +
                    tally.all.of(PutTo::kDroppedArray) + tally.all.of(PutTo::kDice);
           }},
    Figure{kLockWaits, [](const Tally& tally) { return tally.all.lock_waits; }},
    Figure{"gcs", [](const Tally& tally) { return tally.gc.count; }},
};

tl::unexpected<Error> no_condition(std::string_view text) {
  return bad_input(fmt::format(
      "'{}' is no condition: write a word, <, >, <= or >=, and a number, as news>20% "
      "(of the Gets) or dropped>1000, of one pool fmt.ppFree:news>20%; the words are {}",
      text, threshold_words()));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = std::min(text.find_first_not_of(' '), text.size());
  return text.substr(from, text.find_last_not_of(' ') + 1 - from);
}

}  // namespace

Expected<Threshold> parse_threshold(std::string_view text) {
  Threshold threshold;
  threshold.text = text;
  const std::size_t at = text.find_first_of("<>");
  if (at == std::string_view::npos) return no_condition(text);
  const std::string_view named = trimmed(text.substr(0, at));
  const std::size_t colon = named.rfind(':');
  if (colon != std::string_view::npos) threshold.pool = trimmed(named.substr(0, colon));
  threshold.name = trimmed(named.substr(colon == std::string_view::npos ? 0 : colon + 1));
  if (std::ranges::find(kFigures, threshold.name, &Figure::name) == kFigures.end()) {
    return no_condition(text);
  }
  threshold.more = text[at] == '>';
  std::string_view number = text.substr(at + 1);
  threshold.or_equal = number.starts_with('=');
  if (threshold.or_equal) number.remove_prefix(1);
  number = trimmed(number);
  threshold.percent = number.ends_with('%');
  if (threshold.percent) number = trimmed(number.substr(0, number.size() - 1));
  const auto limit = number_in<double>(number);
  if (!limit || !(*limit >= 0)) return no_condition(text);
  threshold.limit = *limit;
  return threshold;
}

std::string threshold_words() {
  std::string words;
  for (const Figure& figure : kFigures) {
    words += (words.empty() ? "" : ", ") + std::string(figure.name);
  }
  return words;
}

Expected<void> check_recorded(const Threshold& threshold, const Details& details,
                              const std::string& file) {
  if (threshold.name != kLockWaits || details.locks) return {};
  return bad_input(fmt::format("{}: has no waits for locks recorded: leave out --fail-if '{}'",
                               file, threshold.text));
}

double figure_of(const Threshold& threshold, const Tally& tally) {
  const auto* figure = std::ranges::find(kFigures, threshold.name, &Figure::name);
  const auto count = static_cast<double>(figure->of(tally));
  if (!threshold.percent) return count;
  const auto gets = static_cast<double>(tally.all.gets());
  return gets == 0 ? 0 : 100 * count / gets;
}

bool holds(const Threshold& threshold, const Tally& tally) {
  const double figure = figure_of(threshold, tally);
  if (figure == threshold.limit) return threshold.or_equal;
  return (figure > threshold.limit) == threshold.more;
}

}  // namespace poolscope::cli
