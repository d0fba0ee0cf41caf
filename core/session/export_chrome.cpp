// Trace Event JSON: durations as B/E pairs, in the order of time on each track.

#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/session/export.h"

namespace poolscope {
namespace {

// Processes of the trace: each is a group of tracks.
constexpr int kGoroutines = 1;
constexpr int kProcessors = 2;
constexpr int kWorld = 3;

class ChromeTrace {
 public:
  ChromeTrace(std::ostream& out, Origin origin) : out_(out), origin_(origin) {
    out_ << R"({"displayTimeUnit":"ns","traceEvents":[)";
    name_process(kGoroutines, "goroutines");
    name_process(kProcessors, "Ps");
    name_process(kWorld, "stop-the-world");
    name_thread(kWorld, 0, "the world");
  }

  void add(const Event& event) {
    last_ns_ = event.time_ns;
    switch (event.kind) {
      case EventKind::kPutBegin: begin(event, "Put"); break;
      case EventKind::kGetBegin: begin(event, "Get"); break;
      case EventKind::kNewBegin: begin(event, "New"); break;
      case EventKind::kLockWait: begin(event, "wait for l.Mutex"); break;
      case EventKind::kAllPoolsWait: begin(event, "wait for allPoolsMu"); break;
      case EventKind::kPinSlow: begin(event, "pinSlow"); break;
      case EventKind::kLocked:
      case EventKind::kAllPoolsLocked:
        if (innermost(event.g).starts_with("wait")) end(event.g);
        break;
      case EventKind::kAllPoolsUnlocked:
      case EventKind::kNewMade: end(event.g); break;
      case EventKind::kPutEnd:
      case EventKind::kGetEnd: end_all(event.g); break;
      case EventKind::kGoRun: run(event); break;
      case EventKind::kGoPark: park(event.p); break;
      case EventKind::kGoExit:
        end_all(event.g);
        park(event.p);
        break;
      case EventKind::kStopRequested: stop_requested(event); break;
      case EventKind::kWorldStopped: stop_phase("stopped"); break;
      case EventKind::kWorldStarted: world_started(); break;
      default: break;
    }
    flush_when_long();
  }

  /// Another part of the session starts: nothing of what was goes on.
  void begin_part(const Model& first) {
    end_everything();
    last_ns_ = first.time_ns;
  }

  void finish() {
    end_everything();
    out_ << text_ << "\n]}\n";
  }

 private:
  void end_everything() {
    for (auto& [g, spans] : open_) {
      while (!spans.empty()) end(g);
    }
    for (const auto& [p, g] : runs_) record('E', kProcessors, p, {});
    runs_.clear();
    world_started();
  }

  void name_process(int process, std::string_view name) {
    separate();
    fmt::format_to(std::back_inserter(text_),
                   R"({{"ph":"M","pid":{},"name":"process_name","args":{{"name":"{}"}}}})", process,
                   name);
  }

  /// The name of a track; of a goroutine or a P once it is seen first.
  void name_thread(int process, unsigned track, std::string_view name) {
    if (!named_.insert({process, track}).second) return;
    separate();
    fmt::format_to(
        std::back_inserter(text_),
        R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_name","args":{{"name":"{2}"}}}},)"
        R"({{"ph":"M","pid":{0},"tid":{1},"name":"thread_sort_index","args":{{"sort_index":{1}}}}})",
        process, track, name);
  }

  /// One record of the trace at the time of the event at hand; `name` for B only.
  void record(char phase, int process, unsigned track, std::string_view name) {
    separate();
    const auto at = std::back_inserter(text_);
    fmt::format_to(at, R"({{"ph":"{}","pid":{},"tid":{},"ts":{:.3f})", phase, process, track,
                   static_cast<double>(last_ns_ - origin_.time_ns) / 1e3);
    if (!name.empty()) fmt::format_to(at, R"(,"name":"{}")", name);
    text_ += '}';
  }

  void separate() {
    text_ += first_ ? "\n" : ",\n";
    first_ = false;
  }

  void begin(const Event& event, std::string_view name) {
    open_[event.g].push_back(name);
    name_thread(kGoroutines, event.g.value, fmt::format("G{}", event.g.value));
    record('B', kGoroutines, event.g.value, name);
  }

  // A recording may begin in the middle of an operation: what was not begun is not ended.
  void end(GId g) {
    std::vector<std::string_view>& spans = open_[g];
    if (spans.empty()) return;
    spans.pop_back();
    record('E', kGoroutines, g.value, {});
  }

  void end_all(GId g) {
    while (!open_[g].empty()) end(g);
  }

  [[nodiscard]] std::string_view innermost(GId g) {
    const std::vector<std::string_view>& spans = open_[g];
    return spans.empty() ? std::string_view{} : spans.back();
  }

  void run(const Event& event) {
    park(event.p);
    runs_[event.p.value] = event.g;
    name_thread(kProcessors, event.p.value, fmt::format("P{}", event.p.value));
    record('B', kProcessors, event.p.value, fmt::format("G{}", event.g.value));
  }

  void park(PId p) {
    if (runs_.erase(p.value) > 0) record('E', kProcessors, p.value, {});
  }

  void stop_requested(const Event& event) {
    if (stop_depth_ > 0) world_started();
    switch (event.stop_cause()) {
      case StopCause::kGc: record('B', kWorld, 0, "GC"); break;
      case StopCause::kResize:
        record('B', kWorld, 0, fmt::format("GOMAXPROCS({})", event.number()));
        break;
      case StopCause::kCheck: record('B', kWorld, 0, "check"); break;
    }
    stop_depth_ = 1;
    stop_phase("waits for pinned Ps");
  }

  void stop_phase(std::string_view name) {
    if (stop_depth_ == 0) return;
    if (stop_depth_ == 2) record('E', kWorld, 0, {});
    record('B', kWorld, 0, name);
    stop_depth_ = 2;
  }

  void world_started() {
    for (; stop_depth_ > 0; --stop_depth_) record('E', kWorld, 0, {});
  }

  void flush_when_long() {
    constexpr std::size_t kLong = 1U << 16U;
    if (text_.size() < kLong) return;
    out_ << text_;
    text_.clear();
  }

  std::ostream& out_;
  const Origin origin_;
  std::string text_;
  bool first_ = true;
  std::int64_t last_ns_ = 0;
  std::set<std::pair<int, unsigned>> named_;           // tracks: process and thread
  std::map<GId, std::vector<std::string_view>> open_;  // by goroutine
  std::map<std::uint16_t, GId> runs_;                  // by P
  int stop_depth_ = 0;  // 0: no stop; 1: the stop itself; 2: one of its phases within
};

}  // namespace

Expected<void> export_chrome(Reader& reader, std::ostream& out) {
  ChromeTrace trace(out, reader.origin());
  const auto done = reader.each_part([&](const Model& first) { trace.begin_part(first); },
                                     [&](std::span<const Event> events) {
                                       for (const Event& event : events) trace.add(event);
                                     });
  if (done) trace.finish();
  return done;
}

}  // namespace poolscope
