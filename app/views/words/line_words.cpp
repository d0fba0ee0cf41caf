#include "app/views/words/line_words.h"

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

constexpr std::int64_t kSecond_ns = 1'000'000'000;

}  // namespace

std::uint64_t changes_a_second(const LineState& line, std::int64_t playhead_time_ns) {
  const std::int64_t now = playhead_time_ns / kSecond_ns;
  if (line.second == now) return line.changes_last_second;
  if (line.second + 1 == now) return line.changes_this_second;
  return 0;
}

bool lit(const LineState& line, std::int64_t playhead_time_ns) {
  return line.writer_before.valid() && playhead_time_ns / kSecond_ns - line.second <= kLitSeconds;
}

std::string turn_text(const LineState& line, std::uint32_t number, std::int64_t playhead_time_ns) {
  const PId low = std::min(line.last_writer, line.writer_before);
  const PId high = std::max(line.last_writer, line.writer_before);
  const std::uint64_t rate = changes_a_second(line, playhead_time_ns);
  if (rate > 1) {
    return trf("line {}: {} and {} write in turn, {} changes a second", number, name_of(low),
               name_of(high), count_text(rate));
  }
  return trf("line {}: {} and {} write in turn, changes so far: {}", number, name_of(low),
             name_of(high), count_text(line.changes));
}

std::string line_text(const LineState& line, std::uint32_t number) {
  if (!line.last_writer.valid()) return trf("line {}: not written yet", number);
  return trf("line {}: last written by {}. Writes: {}; changes of the writer: {}.", number,
             name_of(line.last_writer), count_text(line.writes), count_text(line.changes));
}

}  // namespace poolscope::views
