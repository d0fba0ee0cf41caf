// The events one by one: JSON lines and CSV.

#include <iterator>
#include <limits>
#include <span>
#include <string>

#include <fmt/format.h>

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

template <class Tag, class Rep, Rep kNone>
std::string cell(Id<Tag, Rep, kNone> id) {
  return id.valid() ? std::to_string(id.value) : std::string();
}

}  // namespace

Expected<void> export_jsonl(Reader& reader, std::ostream& out) {
  return write_lines(reader, out, [](std::string& text, const Event& event, Origin origin) {
    const auto end = std::back_inserter(text);
    fmt::format_to(end, R"({{"seq":{},"time_ns":{},"kind":"{}")", event.seq - origin.seq,
                   event.time_ns - origin.time_ns, name_of(event.kind));
    if (event.g.valid()) fmt::format_to(end, R"(,"g":{})", event.g.value);
    if (event.p.valid()) fmt::format_to(end, R"(,"p":{})", event.p.value);
    if (event.array.valid()) fmt::format_to(end, R"(,"array":{})", event.array.value);
    if (event.object.valid()) fmt::format_to(end, R"(,"object":{})", event.object.value);
    fmt::format_to(end, ",\"index\":{},\"detail\":{}}}\n", event.index, event.detail);
  });
}

Expected<void> export_csv(Reader& reader, std::ostream& out) {
  out << "seq,time_ns,kind,g,p,index,array,object,detail\r\n";
  return write_lines(reader, out, [](std::string& text, const Event& event, Origin origin) {
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{}\r\n",
                   event.seq - origin.seq, event.time_ns - origin.time_ns, name_of(event.kind),
                   cell(event.g), cell(event.p), event.index, cell(event.array), cell(event.object),
                   event.detail);
  });
}

}  // namespace poolscope
