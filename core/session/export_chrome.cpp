// A session as a trace: what each goroutine did in the pool, which goroutine each P ran and how
// many objects lie there, and what the runtime did to all of them.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/model/reduce.h"
#include "core/model/words.h"
#include "core/session/chrome_trace.h"
#include "core/session/export.h"
#include "core/session/open_spans.h"
#include "core/session/place_counts.h"

namespace poolscope {
namespace {

using Track = ChromeTrace::Track;
using Scope = ChromeTrace::Scope;

// Processes of the trace: each is a group of tracks.
constexpr int kRuntime = 1;
constexpr int kProcessors = 2;
constexpr int kGoroutines = 3;
constexpr Track kStops{kRuntime, 1};
constexpr Track kMarkers{kRuntime, 2};

constexpr std::string_view kPut = "Put";
constexpr std::string_view kGet = "Get";
constexpr std::string_view kLockWait = "waits for the Mutex";
constexpr std::string_view kAllPoolsWait = "waits for allPoolsMu";

// Numbers of tracks count from 1.
Track track_of(GId g) { return {kGoroutines, std::uint64_t{g.value} + 1}; }
Track track_of(PId p) { return {kProcessors, std::uint64_t{p.value} + 1}; }

class Trace {
 public:
  Trace(std::ostream& out, const Reader& reader)
      : trace_(out), origin_(reader.origin()), model_(reader.base()) {
    for (const Name& name : reader.names()) {
      if (name.of == Name::Of::kPool) pool_names_[name.id] = name.text;
      if (name.of == Name::Of::kGoroutine) goroutine_names_[name.id] = name.text;
    }
    trace_.name_process(kRuntime, "runtime");
    trace_.name_process(kProcessors, "Ps");
    trace_.name_process(kGoroutines, "goroutines");
    trace_.name_track(kStops, [] { return "GC and stop-the-world"; });
    write_markers(reader);
    start_counting();
  }

  void add(const Event& event) {
    reduce(model_, event);
    now_ns_ = event.time_ns - origin_.time_ns;
    add_of_goroutine(event);
    add_of_runtime(event);
    counts_.add(event, model_, now_ns_);
  }

  /// Another part of the session starts: nothing of what was goes on.
  void begin_part(const Model& first) {
    end_everything();
    model_ = first;
    now_ns_ = first.time_ns - origin_.time_ns;
    put_.clear();
    trace_.instant(kStops, Scope::kAll, "another part of the session", now_ns_);
    start_counting();
  }

  void finish() {
    end_everything();
    trace_.finish();
  }

 private:
  struct PutPoint {
    GId g;
    std::int64_t time_ns = 0;
  };

  // --- goroutines: their operations, and what they wait for within

  void add_of_goroutine(const Event& event) {
    switch (event.kind) {
      case EventKind::kPutBegin: return begin(event.g, kPut);
      case EventKind::kGetBegin: return begin(event.g, kGet);
      case EventKind::kNewBegin: return begin(event.g, "New");
      case EventKind::kPinSlow: return begin(event.g, "pinSlow");
      case EventKind::kLockWait: return begin(event.g, kLockWait);
      case EventKind::kAllPoolsWait: return begin(event.g, kAllPoolsWait);
      case EventKind::kLocked: return end(event.g, kLockWait);
      case EventKind::kAllPoolsLocked: return end(event.g, kAllPoolsWait);
      case EventKind::kAllPoolsUnlocked: return end(event.g, "pinSlow");
      case EventKind::kNewMade: return end(event.g, "New");
      case EventKind::kPutEnd:
      case EventKind::kGetEnd: return end_operation(event);
      case EventKind::kPrivateStore:
      case EventKind::kSharedPush: return remember_put(event);
      case EventKind::kPrivateTake:
      case EventKind::kSharedPop:
      case EventKind::kTailPop:
      case EventKind::kVictimPrivateTake: return draw_arrow(event);
      case EventKind::kRaceDrop:
        return happened(event.g, fmt::format("#{} dropped at random", event.object.value));
      case EventKind::kArrayMade:
        return happened(event.g, fmt::format("new array of {}", event.number()));
      case EventKind::kGoRun: return run(event);
      case EventKind::kGoPark: return park(event.p);
      case EventKind::kGoExit:
        spans_[event.g].end_all(trace_, track_of(event.g), now_ns_);
        spans_.erase(event.g);
        return park(event.p);
      default: return;
    }
  }

  void name(GId g) {
    trace_.name_track(track_of(g), [&] {
      const auto named = goroutine_names_.find(g.value);
      return named == goroutine_names_.end() ? fmt::format("G{}", g.value)
                                             : fmt::format("G{} {}", g.value, named->second);
    });
  }

  void begin(GId g, std::string_view what) {
    name(g);
    OpenSpans& spans = spans_[g];
    // Of a damaged file an end may be missing.
    if (what == kPut || what == kGet) spans.end_all(trace_, track_of(g), now_ns_);
    spans.begin(what, now_ns_);
  }

  /// Ends the innermost span where it is `what`.
  void end(GId g, std::string_view what) {
    if (spans_[g].innermost() == what) spans_[g].end(trace_, track_of(g), now_ns_);
  }

  void end_operation(const Event& event) {
    const GState* g = model_.gs.find(event.g);
    spans_[event.g].end_all(trace_, track_of(event.g), now_ns_,
                            g == nullptr ? std::string() : args_of(g->last_op));
  }

  [[nodiscard]] std::string args_of(const Operation& op) const {
    const auto named = pool_names_.find(op.pool.value);
    std::string args =
        fmt::format(R"({{"pool":{})",
                    json_text(named == pool_names_.end() ? pool_name(op.pool) : named->second));
    if (op.object.valid()) args += fmt::format(R"(,"object":{})", op.object.value);
    args += fmt::format(R"(,"where":"{}")", word_of(op.where));
    if (op.p.valid()) args += fmt::format(R"(,"p":{})", op.p.value);
    return args + "}";
  }

  void happened(GId g, const std::string& what) {
    name(g);
    trace_.instant(track_of(g), Scope::kThread, what, now_ns_);
  }

  // --- arrows: from the Put that left an object to the Get that takes it

  void remember_put(const Event& event) {
    if (spans_[event.g].outermost() != kPut) return;
    put_[event.object] = {event.g, now_ns_};
    // What was dropped is never taken.
    constexpr std::size_t kFew = 4096;
    if (put_.size() > kFew + 2 * (model_.totals.pooled + model_.totals.stale)) forget_dropped();
  }

  void draw_arrow(const Event& event) {
    const auto put = put_.find(event.object);
    if (put == put_.end()) return;
    if (spans_[event.g].outermost() == kGet) {
      trace_.arrow("from Put to Get", track_of(put->second.g), put->second.time_ns,
                   track_of(event.g), now_ns_);
    }
    put_.erase(put);
  }

  void forget_dropped() {
    std::unordered_map<ObjectId, PutPoint> kept;
    const auto keep = [&](ObjectId object) {
      const auto put = put_.find(object);
      if (put != put_.end()) kept.insert(*put);
    };
    for (const auto& [id, array] : model_.arrays) {
      for (const LocalState& local : array.locals) {
        keep(local.private_object);
        for (const ObjectId object : local.shared.cells()) keep(object);
      }
    }
    put_ = std::move(kept);
  }

  // --- Ps: who runs on each, and what lies in its place

  void run(const Event& event) {
    park(event.p);
    trace_.name_track(track_of(event.p), [&] { return fmt::format("P{}", event.p.value); });
    runs_[event.p].begin(fmt::format("G{}", event.g.value), now_ns_);
  }

  void park(PId p) {
    const auto running = runs_.find(p);
    if (running != runs_.end()) running->second.end(trace_, track_of(p), now_ns_);
  }

  void start_counting() {
    counts_.start(model_, now_ns_);
    count_procs();
  }

  void count_procs() {
    trace_.counter(kRuntime, "GOMAXPROCS", now_ns_, fmt::format(R"({{"Ps":{}}})", model_.procs));
  }

  // --- the runtime

  void add_of_runtime(const Event& event) {
    switch (event.kind) {
      case EventKind::kStopRequested: return stop_requested(event);
      case EventKind::kWorldStopped:
        if (stop_.depth() == 0) return;
        stop_.end(trace_, kStops, now_ns_, waited_for());
        return stop_.begin("the world is stopped", now_ns_);
      case EventKind::kAllPoolsCleared:
        return trace_.instant(kStops, Scope::kProcess, "poolCleanup", now_ns_);
      case EventKind::kProcsChanged:
        count_procs();
        return trace_.instant(kStops, Scope::kAll, fmt::format("GOMAXPROCS({})", event.number()),
                              now_ns_);
      case EventKind::kWorldStarted: return world_started();
      default: return;
    }
  }

  void stop_requested(const Event& event) {
    world_started();
    switch (event.stop_cause()) {
      case StopCause::kGc: stop_.begin("GC", now_ns_); break;
      case StopCause::kResize: stop_.begin("GOMAXPROCS", now_ns_); break;
      case StopCause::kCheck: stop_.begin("check", now_ns_); break;
    }
    stop_.begin("waits for pinned Ps", now_ns_);
  }

  void world_started() {
    const StopState& stop = model_.stop;
    std::string args = fmt::format(R"({{"number":{})", stop.number);
    if (stop.cause == StopCause::kGc) {
      args += fmt::format(R"(,"dropped":{},"in_use":{})", stop.dropped, stop.in_use);
    } else if (stop.cause == StopCause::kResize) {
      args += fmt::format(R"(,"before":{},"wanted":{})", stop.procs_before, stop.wanted_procs);
    }
    stop_.end_all(trace_, kStops, now_ns_, args + "}");
  }

  [[nodiscard]] std::string waited_for() const {
    std::string ps;
    for (const PId p : model_.stop.waited_for) {
      ps += fmt::format("{}\"P{}\"", ps.empty() ? "" : ",", p.value);
    }
    return fmt::format(R"({{"waited_for":[{}]}})", ps);
  }

  void write_markers(const Reader& reader) {
    for (const Marker& marker : reader.markers()) {
      trace_.name_track(kMarkers, [] { return "markers"; });
      trace_.instant(kMarkers, Scope::kAll, marker.title.empty() ? "marker" : marker.title,
                     marker.time_ns - origin_.time_ns,
                     fmt::format(R"({{"note":{}}})", json_text(marker.note)));
    }
  }

  void end_everything() {
    for (auto& [g, spans] : spans_) spans.end_all(trace_, track_of(g), now_ns_);
    for (auto& [p, spans] : runs_) spans.end_all(trace_, track_of(p), now_ns_);
    stop_.end_all(trace_, kStops, now_ns_);
    spans_.clear();
    runs_.clear();
  }

  ChromeTrace trace_;
  PlaceCounts counts_{trace_, kProcessors};
  const Origin origin_;
  Model model_;
  std::int64_t now_ns_ = 0;  // since the origin
  std::map<std::uint64_t, std::string> pool_names_;
  std::map<std::uint64_t, std::string> goroutine_names_;
  std::map<GId, OpenSpans> spans_;
  std::map<PId, OpenSpans> runs_;  // at most one span deep
  OpenSpans stop_;
  std::unordered_map<ObjectId, PutPoint> put_;  // which Put has left the objects that lie in a pool
};

}  // namespace

Expected<void> export_chrome(Reader& reader, std::ostream& out) {
  Trace trace(out, reader);
  const auto done = reader.each_part([&](const Model& first) { trace.begin_part(first); },
                                     [&](std::span<const Event> events) {
                                       for (const Event& event : events) trace.add(event);
                                     });
  if (done) trace.finish();
  return done;
}

}  // namespace poolscope
