#include "app/views/words/line_words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::trf;

}  // namespace

std::string rate_text(std::uint64_t count, std::int64_t counted_ns) {
  constexpr double kWhole = 9.95;  // from here on a part of one says nothing
  const double rate = a_second(count, counted_ns);
  if (count == 0) return "0";
  constexpr double kThousand = 1'000;
  constexpr double kInThousands = 100 * kThousand;
  if (rate < kWhole) return fmt::format("{:.1f}", std::max(rate, 0.1));
  if (rate >= kInThousands) {
    return count_text(static_cast<std::uint64_t>(std::llround(rate / kThousand))) + " k";
  }
  return count_text(static_cast<std::uint64_t>(std::llround(rate)));
}

std::string hand_over_text(const HandOver& hand_over, std::uint32_t number) {
  const LineWrite& from = hand_over.from;
  const LineWrite& to = hand_over.to;
  if (hand_over.is_false_sharing()) {
    return trf("line {0}: {1} wrote local[{2}], then {3} wrote local[{4}]", number,
               name_of(from.by), from.place, name_of(to.by), to.place);
  }
  return trf("line {0}: {1} wrote local[{2}], then {3} wrote the same", number, name_of(from.by),
             from.place, name_of(to.by));
}

std::string line_text(const LineState& line, std::uint32_t number, std::int64_t counted_ns) {
  const std::string time = duration_text(counted_ns);
  if (!line.last.by.valid()) return trf("line {}: not written in the last {}", number, time);
  std::string text =
      trf("line {0}: last written by {1}, in local[{2}]. Writes in the last {3}: {4}.", number,
          name_of(line.last.by), line.last.place, time, count_text(line.writes));
  if (line.shared.falsely > 0) {
    text += "\n" + trf("Hand-overs between Ps that wrote different locals (false sharing): {}.",
                       count_text(line.shared.falsely));
  }
  if (line.shared.truly > 0) {
    text += "\n" + trf("Hand-overs between Ps that wrote the same local (true sharing): {}.",
                       count_text(line.shared.truly));
  }
  return text;
}

std::string row_text(const LineCounts& counts) {
  return trf(
      "Hand-overs of all lines of the array in the last {0}. Between Ps that wrote different "
      "locals "
      "(false sharing): {1}. Between Ps that wrote the same local, as a thief does and its owner "
      "after it (true sharing): {2}.",
      duration_text(counts.counted_ns), count_text(counts.shared.falsely),
      count_text(counts.shared.truly));
}

}  // namespace poolscope::views
