#include "app/cli/session_text.h"

#include <fmt/format.h>

namespace poolscope::cli {
namespace {

/// The state before the first event that `from` names or that does not lie before it.
Expected<std::uint64_t> seq_before(Reader& reader, const WantedMoment& from) {
  const auto at = seq_at(reader, from);
  if (!at || from.kind == WantedMoment::Kind::kEnd || *at == reader.origin().seq) return at;
  if (from.kind == WantedMoment::Kind::kEvent) return *at - 1;
  return reader.seq_at_time(reader.origin().time_ns + from.time_ns - 1);
}

}  // namespace

std::string seconds(std::int64_t time_ns) {
  // Cut, not rounded: the end of a session that is printed is a moment that it has.
  constexpr std::int64_t kMillisecond_ns = 1'000'000;
  return fmt::format("{:.3f} s", static_cast<double>(time_ns / kMillisecond_ns) / 1e3);
}

Expected<void> check_moment(const std::filesystem::path& file, std::int64_t duration_ns,
                            std::uint64_t events, const WantedMoment& moment) {
  if (moment.kind == WantedMoment::Kind::kTime && moment.time_ns > duration_ns) {
    return bad_input(fmt::format("{}: ends at {}: write a time up to that, or end", file.string(),
                                 seconds(duration_ns)));
  }
  if (moment.kind == WantedMoment::Kind::kEvent && moment.number > events) {
    if (events == 0) return bad_input(fmt::format("{}: has no events: write end", file.string()));
    return bad_input(fmt::format("{}: has no event #{}: write #1 to #{}, or end", file.string(),
                                 moment.number, events));
  }
  return {};
}

Expected<std::uint64_t> seq_at(Reader& reader, const WantedMoment& moment) {
  const std::uint64_t most = reader.last_seq() - reader.origin().seq;
  if (auto checked = check_moment(reader.path(), reader.duration_ns(), most, moment); !checked) {
    return tl::make_unexpected(checked.error());
  }
  switch (moment.kind) {
    case WantedMoment::Kind::kEnd: return reader.last_seq();
    case WantedMoment::Kind::kTime:
      return reader.seq_at_time(reader.origin().time_ns + moment.time_ns);
    case WantedMoment::Kind::kEvent: break;
  }
  return reader.origin().seq + moment.number;
}

Expected<Stretch> stretch_of(Reader& reader, const std::optional<WantedMoment>& from,
                             const std::optional<WantedMoment>& to, std::string_view to_flag) {
  using Kind = WantedMoment::Kind;
  const auto turned = [&] {
    return bad_input(fmt::format("{}: --from lies after {}: write them the other way round",
                                 reader.path().string(), to_flag));
  };
  const bool times = from && to && from->kind == Kind::kTime && to->kind == Kind::kTime;
  // There may be no event between the two.
  if (times && from->time_ns > to->time_ns) return turned();
  Stretch stretch{reader.origin().seq, reader.last_seq()};
  if (from) {
    const auto before = seq_before(reader, *from);
    if (!before) return tl::make_unexpected(before.error());
    stretch.first = *before;
  }
  if (to) {
    const auto last = seq_at(reader, *to);
    if (!last) return tl::make_unexpected(last.error());
    stretch.last = *last;
  }
  if (stretch.first <= stretch.last) return stretch;
  return turned();
}

}  // namespace poolscope::cli
