// The events one by one: JSON lines and CSV.

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/model/words.h"
#include "core/session/export.h"
#include "core/trace/event_table.h"

namespace poolscope {
namespace {

/// Feeds each event's line to `out`; line(std::string&, const Event&, Origin) appends it.
template <class Line>
Expected<void> write_lines(Reader& reader, std::ostream& out, Line line) {
  const Origin origin = reader.origin();
  std::string text;
  return reader.each_run(0, std::numeric_limits<std::uint64_t>::max(),
                         [&](std::span<const Event> events) {
                           text.clear();
                           for (const Event& event : events) line(text, event, origin);
                           out << text;
                         });
}

/// Hands each thing that the event says of itself to take(name, value), as the catalogue's table
/// has it. An object or an array that is none is not said; a number is, also 0.
template <class Take>
void each_field(const Event& event, Take take) {
  const EventInfo& info = info_of(event.kind);
  if (event.g.valid()) take("g", fmt::format("{}", event.g.value));
  if (event.p.valid()) take("p", fmt::format("{}", event.p.value));
  if (info.index == IndexMeans::kGiverLower) {
    take("giver", fmt::format("{}", event.giver().value));
  } else if (info.index != IndexMeans::kNothing) {
    take(name_of(info.index), fmt::format("{}", event.index));
  }
  const bool array_is_none = info.array == ArrayMeans::kArray && !event.array.valid();
  if (info.array != ArrayMeans::kNothing && info.array != ArrayMeans::kGiverUpper &&
      !array_is_none) {
    take(name_of(info.array), fmt::format("{}", event.array.value));
  }
  const bool object_is_none = info.object == ObjectMeans::kObject && !event.object.valid();
  if (info.object != ObjectMeans::kNothing && !object_is_none) {
    take(name_of(info.object), fmt::format("{}", event.object.value));
  }
  switch (info.detail) {
    case DetailMeans::kNothing: return;
    case DetailMeans::kRole: return take("role", fmt::format("\"{}\"", word_of(event.role())));
    case DetailMeans::kParkReason:
      return take("park_reason", fmt::format("\"{}\"", word_of(event.park_reason())));
    case DetailMeans::kStep:
      return take("step", fmt::format("\"{}\"", step_info(event.step()).name));
    case DetailMeans::kStopCause:
      return take("stop_cause", fmt::format("\"{}\"", word_of(event.stop_cause())));
    default: return take(name_of(info.detail), fmt::format("{}", event.detail));
  }
}

}  // namespace

Expected<void> export_jsonl(Reader& reader, std::ostream& out) {
  return write_lines(reader, out, [](std::string& text, const Event& event, Origin origin) {
    const auto end = std::back_inserter(text);
    fmt::format_to(end, R"({{"seq":{},"time_ns":{},"kind":"{}")", event.seq - origin.seq,
                   event.time_ns - origin.time_ns, name_of(event.kind));
    each_field(event, [&](std::string_view name, const std::string& value) {
      fmt::format_to(end, R"(,"{}":{})", name, value);
    });
    text += "}\n";
  });
}

Expected<void> export_csv(Reader& reader, std::ostream& out) {
  static constexpr std::array<std::string_view, 7> kColumns = {"g",     "p",      "pool", "place",
                                                               "array", "object", "giver"};
  out << "seq,time_ns,kind,g,p,pool,place,array,object,giver,more\r\n";
  return write_lines(reader, out, [](std::string& text, const Event& event, Origin origin) {
    std::array<std::string, kColumns.size()> cells;
    std::string more;
    each_field(event, [&](std::string_view name, const std::string& value) {
      const auto column = std::ranges::find(kColumns, name);
      if (column != kColumns.end()) {
        cells[static_cast<std::size_t>(column - kColumns.begin())] = value;
        return;
      }
      if (!more.empty()) more += ' ';
      more += fmt::format("{}={}", name, value);
    });
    std::erase(more, '"');
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{}\r\n", event.seq - origin.seq,
                   event.time_ns - origin.time_ns, name_of(event.kind), fmt::join(cells, ","),
                   more);
  });
}

}  // namespace poolscope
