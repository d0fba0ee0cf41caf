// The events one by one: JSON lines and CSV.

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/words.h"
#include "core/session/config_json.h"
#include "core/session/export.h"
#include "core/trace/event_table.h"

namespace poolscope {
namespace {

/// One line of an export: an event, or the start of a later segment.
struct Line {
  std::uint64_t seq = 0;
  std::int64_t time_ns = 0;
  std::string_view kind;
};

constexpr std::string_view kSegment = "Segment";

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

/// The same for the configuration with which a segment starts.
template <class Take>
void each_field(const Model& first, Take take) {
  const SessionConfig& config = first.config;
  take("pool_kind", fmt::format("\"{}\"", pool_kind_name(config.pool)));
  take("padding", fmt::format("{}", config.padding));
  take("procs", fmt::format("{}", first.procs));
  take("workers", fmt::format("{}", config.workers));
  if (config.workload) take("workload", fmt::format("\"{}\"", config.workload->name));
  take("seed", fmt::format("{}", config.seed));
}

/// Feeds a line for each event, and for the start of each later segment, to `out`:
/// write(std::string&, const Line&, what) appends it, and hands `what` to each_field.
template <class Write>
Expected<void> write_lines(Reader& reader, std::ostream& out, Write write) {
  const Origin origin = reader.origin();
  std::string text;
  const auto line = [&](std::string_view kind, const auto& what) {
    write(text, Line{what.seq - origin.seq, what.time_ns - origin.time_ns, kind}, what);
  };
  const auto flush = [&] {
    out << text;
    text.clear();
  };
  return reader.each_part(
      [&](const Model& first) {
        line(kSegment, first);
        flush();
      },
      [&](std::span<const Event> events) {
        for (const Event& event : events) line(name_of(event.kind), event);
        flush();
      });
}

}  // namespace

Expected<void> export_jsonl(Reader& reader, std::ostream& out) {
  return write_lines(reader, out, [](std::string& text, const Line& line, const auto& what) {
    const auto end = std::back_inserter(text);
    fmt::format_to(end, R"({{"seq":{},"time_ns":{},"kind":"{}")", line.seq, line.time_ns,
                   line.kind);
    each_field(what, [&](std::string_view name, const std::string& value) {
      fmt::format_to(end, R"(,"{}":{})", name, value);
    });
    text += "}\n";
  });
}

Expected<void> export_csv(Reader& reader, std::ostream& out) {
  static constexpr std::array<std::string_view, 7> kColumns = {"g",     "p",      "pool", "place",
                                                               "array", "object", "giver"};
  out << "seq,time_ns,kind,g,p,pool,place,array,object,giver,more\r\n";
  return write_lines(reader, out, [](std::string& text, const Line& line, const auto& what) {
    std::array<std::string, kColumns.size()> cells;
    std::string more;
    each_field(what, [&](std::string_view name, const std::string& value) {
      const auto column = std::ranges::find(kColumns, name);
      if (column != kColumns.end()) {
        cells[static_cast<std::size_t>(column - kColumns.begin())] = value;
        return;
      }
      if (!more.empty()) more += ' ';
      more += fmt::format("{}={}", name, value);
    });
    std::erase(more, '"');
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{}\r\n", line.seq, line.time_ns,
                   line.kind, fmt::join(cells, ","), more);
  });
}

}  // namespace poolscope
