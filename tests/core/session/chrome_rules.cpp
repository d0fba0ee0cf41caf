#include "tests/core/session/chrome_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace poolscope::testing {
namespace {

using nlohmann::json;
using Track = std::pair<int, std::uint64_t>;

/// Exact, as the file has it: three digits behind the point.
std::int64_t ns_of(const json& micros) {
  return static_cast<std::int64_t>(std::llround(micros.get<double>() * 1000));
}

Track track_of(const json& record) {
  return {record.at("pid").get<int>(), record.at("tid").get<std::uint64_t>()};
}

struct Span {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
  const json* record = nullptr;
};

class Rules {
 public:
  explicit Rules(const json& trace) : records_(trace.at("traceEvents")) {}

  std::vector<std::string> breaches() && {
    check_names();
    check_times();
    check_nesting();
    check_instants();
    check_counters();
    check_arrows();
    check_runtime();
    return std::move(breaches_);
  }

 private:
  void breach(const std::string& rule, const json& record) {
    constexpr int kMostOfARule = 5;
    if (++counts_[rule] <= kMostOfARule) breaches_.push_back(rule + ": " + record.dump());
  }

  void check_names() {
    std::map<std::string, int> of_tracks;
    for (const json& record : records_) {
      if (record.at("pid") == 0) breach("a process has the number 0", record);
      if (record.contains("tid") && record["tid"] == 0) breach("a track has the number 0", record);
      if (record.at("ph") == "M") {
        if (record.at("name") == "process_name") processes_[record["pid"]] = record["args"]["name"];
        if (record.at("name") != "thread_name") continue;
        if (!tracks_.emplace(track_of(record), record["args"]["name"]).second) {
          breach("a track is named twice", record);
        }
        continue;
      }
      if (!processes_.contains(record["pid"])) breach("a process without a name", record);
      // A counter belongs to a process.
      if (record.at("ph") != "C" && !tracks_.contains(track_of(record))) {
        breach("a track without a name", record);
      }
      if (record.value("name", "").empty()) breach("a record without a name", record);
    }
  }

  void check_times() {
    for (const json& record : records_) {
      const std::string phase = record.at("ph");
      if (std::string("MXiCsf").find(phase) == std::string::npos) breach("an odd phase", record);
      if (phase == "M") continue;
      if (!record.at("ts").is_number() || record["ts"] < 0) breach("no time", record);
      if (phase == "X" && (!record.at("dur").is_number() || record["dur"] < 0)) {
        breach("no length", record);
      }
    }
  }

  void check_nesting() {
    for (const json& record : records_) {
      if (record.at("ph") != "X") continue;
      const std::int64_t begin_ns = ns_of(record["ts"]);
      spans_[track_of(record)].push_back({begin_ns, begin_ns + ns_of(record["dur"]), &record});
    }
    for (auto& [track, spans] : spans_) {
      // As Perfetto does it: by their beginnings; of equal ones the first in the file is the outer.
      std::ranges::stable_sort(spans, {}, &Span::begin_ns);
      std::vector<Span> open;
      for (const Span& span : spans) {
        while (!open.empty() && open.back().end_ns <= span.begin_ns) open.pop_back();
        if (!open.empty() && span.end_ns > open.back().end_ns) {
          breach("a span ends after the one that it lies in", *span.record);
        }
        open.push_back(span);
      }
    }
  }

  void check_instants() {
    for (const json& record : records_) {
      if (record.at("ph") != "i") continue;
      const std::string scope = record.value("s", "");
      if (scope != "t" && scope != "p" && scope != "g")
        breach("an instant without a scope", record);
    }
  }

  void check_counters() {
    std::map<std::string, std::int64_t> last_ns;
    for (const json& record : records_) {
      if (record.at("ph") != "C") continue;
      const std::string name = record.at("name");
      const bool of_p = processes_[record["pid"]] == "Ps" && name.starts_with('P') &&
                        name.find_first_not_of("0123456789", 1) == std::string::npos;
      if (!of_p && name != "GOMAXPROCS") breach("a counter of no P", record);
      for (const auto& [key, value] : record.at("args").items()) {
        if (!value.is_number_unsigned()) breach("a counter that is no number", record);
      }
      const std::int64_t time_ns = ns_of(record["ts"]);
      if (last_ns.contains(name) && time_ns < last_ns[name]) breach("a counter goes back", record);
      last_ns[name] = time_ns;
    }
  }

  /// The outermost span of that name on a track around a moment; where two touch there, the one
  /// about `object`.
  [[nodiscard]] const json* around(const json& record, const std::string& name,
                                   const json& object) const {
    const auto spans = spans_.find(track_of(record));
    if (spans == spans_.end()) return nullptr;
    const std::int64_t time_ns = ns_of(record["ts"]);
    const json* found = nullptr;
    auto at = std::ranges::upper_bound(spans->second, time_ns, {}, &Span::begin_ns);
    while (at != spans->second.begin()) {
      --at;
      if (at->record->at("name") != name) continue;
      if (at->end_ns < time_ns) break;
      const bool same =
          object.is_null() ||
          (at->record->contains("args") && (*at->record)["args"].value("object", json()) == object);
      if (found == nullptr || same) found = at->record;
    }
    return found;
  }

  static json object_of(const json* span) {
    if (span == nullptr || !span->contains("args")) return nullptr;
    return (*span)["args"].value("object", json());
  }

  void check_arrows() {
    std::map<std::uint64_t, const json*> begun;
    std::set<std::uint64_t> ended;
    for (const json& record : records_) {
      if (record.at("ph") == "s" && !begun.emplace(record.at("id"), &record).second) {
        breach("an arrow starts twice", record);
      }
    }
    for (const json& record : records_) {
      if (record.at("ph") != "f") continue;
      const auto start = begun.find(record.at("id"));
      if (start == begun.end() || !ended.insert(start->first).second) {
        breach("an arrow ends that has not started", record);
        continue;
      }
      const json& from = *start->second;
      if (record.value("bp", "") != "e") breach("an arrow that ends at the next span", record);
      if (from["name"] != record["name"] || from["cat"] != record["cat"]) {
        breach("an arrow with two names", record);
      }
      if (ns_of(from["ts"]) > ns_of(record["ts"])) breach("an arrow goes back", record);
      const json* get = around(record, "Get", nullptr);
      // A Get that the recording has cut off says nothing of its object.
      const json object = object_of(get);
      const json* put = around(from, "Put", object);
      if (get == nullptr) breach("an arrow ends in no Get", record);
      if (put == nullptr) breach("an arrow starts in no Put", from);
      if (put == nullptr || get == nullptr || object.is_null()) continue;
      if (object_of(put) != object && !object_of(put).is_null()) {
        breach("an arrow between two objects", record);
      }
    }
    for (const auto& [id, record] : begun) {
      if (!ended.contains(id)) breach("an arrow that does not end", *record);
    }
  }

  void check_runtime() {
    for (const auto& [track, name] : tracks_) {
      if (name != "GC and stop-the-world") continue;
      if (processes_[track.first] != "runtime") breach("not of the runtime", json(name));
      std::int64_t free_ns = 0;
      for (const Span& span : spans_[track]) {
        const std::string what = span.record->at("name");
        const bool whole = what == "GC" || what == "GOMAXPROCS" || what == "check";
        if (!whole && what != "waits for pinned Ps" && what != "the world is stopped") {
          breach("no stop of the world", *span.record);
        }
        if (!whole) continue;
        if (span.begin_ns < free_ns) breach("two stops at once", *span.record);
        free_ns = span.end_ns;
      }
      return;
    }
    breach("no track of the runtime", json(nullptr));
  }

  const json& records_;
  std::map<int, std::string> processes_;
  std::map<Track, std::string> tracks_;
  std::map<Track, std::vector<Span>> spans_;
  std::map<std::string, int> counts_;
  std::vector<std::string> breaches_;
};

}  // namespace

std::vector<std::string> breaches_of(const json& trace) { return Rules(trace).breaches(); }

std::vector<json> records_of(const json& trace, const std::string& phase, const std::string& name) {
  std::vector<json> found;
  for (const json& record : trace.at("traceEvents")) {
    if (record.at("ph") == phase && (name.empty() || record.at("name") == name)) {
      found.push_back(record);
    }
  }
  return found;
}

std::pair<int, std::uint64_t> numbers_of(const json& trace, const std::string& name) {
  for (const json& record : records_of(trace, "M")) {
    if (record.at("args").value("name", "") != name) continue;
    return {record.at("pid"), record.value("tid", std::uint64_t{0})};
  }
  return {0, 0};
}

}  // namespace poolscope::testing
