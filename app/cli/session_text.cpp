#include "app/cli/session_text.h"

#include <fmt/format.h>

namespace poolscope::cli {

std::string seconds(std::int64_t time_ns) {
  return fmt::format("{:.3f} s", static_cast<double>(time_ns) / 1e9);
}

Expected<std::uint64_t> seq_at(Reader& reader, const Moment& moment) {
  switch (moment.kind) {
    case Moment::Kind::kEnd: return reader.last_seq();
    case Moment::Kind::kTime: return reader.seq_at_time(reader.origin().time_ns + moment.time_ns);
    case Moment::Kind::kEvent: break;
  }
  const std::uint64_t most = reader.last_seq() - reader.origin().seq;
  if (moment.number > most) {
    return bad_input(fmt::format("{}: has no event #{}: write #1 to #{}, or end",
                                 reader.path().string(), moment.number, most));
  }
  return reader.origin().seq + moment.number;
}

}  // namespace poolscope::cli
