#include "app/views/words/line_words.h"

#include <algorithm>

#include "app/locale/translate.h"
#include "app/views/words/words.h"

namespace poolscope::views {
namespace {

using locale::tr;
using locale::trf;

}  // namespace

bool lit(const LineState& line, std::int64_t playhead_time_ns) {
  return line.writer_before.valid() && playhead_time_ns - line.last_write_ns < kLit_ns;
}

std::string turn_text(const LineState& line, std::uint32_t number) {
  const PId low = std::min(line.last_writer, line.writer_before);
  const PId high = std::max(line.last_writer, line.writer_before);
  const std::uint64_t rate = line.changes_a_second;
  if (rate > 1) {
    return trf("line {}: {} and {} alternate writes, {} hand-overs/s", number, name_of(low),
               name_of(high), count_text(rate));
  }
  return trf("line {}: {} and {} alternate writes, hand-overs in the last {}: {}", number,
             name_of(low), name_of(high), duration_text(line.counted_ns), count_text(line.changes));
}

std::string line_text(const LineState& line, std::uint32_t number) {
  const std::string time = duration_text(line.counted_ns);
  if (!line.last_writer.valid()) return trf("line {}: not written in the last {}", number, time);
  return trf("line {}: last written by {}. In the last {}: {} writes, {} hand-overs.", number,
             name_of(line.last_writer), time, count_text(line.writes), count_text(line.changes));
}

}  // namespace poolscope::views
