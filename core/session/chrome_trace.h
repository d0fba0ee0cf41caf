#pragma once

// Writes a file in the Trace Event Format, in that part of it that ui.perfetto.dev shows best:
// complete spans (X), instants (i), counters (C), arrows (s and f), and names for all of them (M).
// What the records say of a session is in export_chrome.cpp.
//
// Thread safety: one thread.
// Invariants: each track has a name before anything is written to it, and no number is 0, which
// Perfetto takes for the idle process. Times are microseconds with three exact digits behind the
// point. What `args` is given is a JSON object; names may be any text.

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace poolscope {

class ChromeTrace {
 public:
  /// A row of the picture: a thread of a process. Both count from 1.
  struct Track {
    int process = 1;
    std::uint64_t thread = 1;
    auto operator<=>(const Track&) const = default;
  };
  /// How far an instant reaches: over its thread, its process or all of the trace.
  enum class Scope : char { kThread = 't', kProcess = 'p', kAll = 'g' };

  explicit ChromeTrace(std::ostream& out);

  /// Processes stand in the order of their numbers, and so do the threads of one.
  void name_process(int process, std::string_view name);
  /// Once for each track; `name` is asked for the first time only.
  template <class Name>
  void name_track(const Track& track, const Name& name) {
    if (named_.insert(track).second) write_track(track, name());
  }

  void span(const Track& track, std::string_view name, std::int64_t begin_ns, std::int64_t end_ns,
            std::string_view args);
  void instant(const Track& track, Scope scope, std::string_view name, std::int64_t time_ns,
               std::string_view args = {});
  void counter(int process, std::string_view name, std::int64_t time_ns, std::string_view args);
  /// An arrow from a moment within a span of one track to one within a span of another.
  void arrow(std::string_view name, const Track& from, std::int64_t from_ns, const Track& to,
             std::int64_t to_ns);

  /// The end of the file.
  void finish();

 private:
  void write_track(const Track& track, std::string_view name);
  /// The start of a record: {"ph":...,"pid":...,"tid":...,"ts":...,"name":...
  void begin(char phase, const Track& track, std::int64_t time_ns, std::string_view name);
  /// What all that have arguments end with.
  void end(std::string_view args);
  void separate();

  std::ostream& out_;
  std::string text_;
  bool first_ = true;
  std::uint64_t arrows_ = 0;
  std::set<Track> named_;
};

/// `text` as a JSON text, quotes included.
std::string json_text(std::string_view text);

}  // namespace poolscope
