// poolscope_session_bench: what being watched costs, and how long the world stands still.
//
//   poolscope_session_bench [tracing|stops]
//
// Tracing: ns that an event adds to a pair of Put and Get on one thread, with the collector
// running: by TracingProbe, and by PacingProbe with a step time of 0, as sessions at full rate run.
// Stops: from the request of a stop-the-world to the stop, and the stop itself, p50, p99 and max,
// with 1, 2, 8 and 64 goroutines at full rate on 4 Ps.

#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "core/sim/simulation.h"
#include "tests/bench/contestant.h"
#include "tests/bench/contestants.h"
#include "tests/bench/quartiles.h"
#include "tests/bench/watched.h"

namespace poolscope::bench {
namespace {

using namespace std::chrono_literals;

// --- tracing -------------------------------------------------------------------------------------

constexpr std::int64_t kPairs = 1'000'000;

/// Rounds of pairs on one thread: what each takes more than its silent one, in ns an event.
struct Watching {
  std::vector<double> pair_ns;
  std::vector<double> event_ns;
  double events = 0;  // of a pair

  template <class Pool>
  void measure_one(double silent_ns) {
    typename Pool::Shared shared(1);
    pair_ns.push_back(measure_in<Pool>(shared, Workload::kPair, 1, kPairs) / double{kPairs});
    events = static_cast<double>(shared.finish()) / double{kPairs};
    event_ns.push_back((pair_ns.back() - silent_ns) / events);
  }

  void tell(std::string_view probe) const {
    fmt::print("tracing: {:12} {:7.2f} ns a pair, {:4.1f} events a pair: {:5.2f} ns an event\n",
               probe, quartiles_of(pair_ns).median, events, quartiles_of(event_ns).median);
  }
};

void bench_tracing() {
  constexpr int kRounds = 9;
  std::vector<double> silent_ns;
  Watching traced;
  Watching paced;
  for (int round = 0; round < kRounds; ++round) {
    silent_ns.push_back(measure<Classic<128>>(Workload::kPair, 1, kPairs) / double{kPairs});
    traced.measure_one<TracedClassic>(silent_ns.back());
    paced.measure_one<PacedClassic>(silent_ns.back());
  }
  fmt::print("tracing: {:12} {:7.2f} ns a pair\n", "NullProbe", quartiles_of(silent_ns).median);
  traced.tell("TracingProbe");
  paced.tell("PacingProbe");
}

// --- stops ---------------------------------------------------------------------------------------

class StopTimes final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override {
    for (const Event& e : events) {
      if (e.kind == EventKind::kStopRequested) requested_ns_ = e.time_ns;
      if (e.kind == EventKind::kWorldStopped) {
        stopped_ns_ = e.time_ns;
        until_stop.push_back(static_cast<double>(e.time_ns - requested_ns_) / 1e3);
      }
      if (e.kind == EventKind::kWorldStarted) {
        stop.push_back(static_cast<double>(e.time_ns - stopped_ns_) / 1e3);
      }
    }
  }
  std::vector<double> until_stop;  // µs
  std::vector<double> stop;        // µs

 private:
  std::int64_t requested_ns_ = 0;
  std::int64_t stopped_ns_ = 0;
};

std::string percentiles(std::vector<double>& values) {
  std::ranges::sort(values);
  if (values.empty()) return "none";
  return fmt::format("p50 {:.0f}, p99 {:.0f}, max {:.0f} us", values[values.size() / 2],
                     values[values.size() * 99 / 100], values.back());
}

void bench_stops(std::uint32_t workers) {
  SimulationOptions options;
  options.config.workload->name = "pairs";
  options.config.workers = workers;
  options.ops_per_second = 0;
  options.gc_every_ns = 10'000'000;
  auto simulation = Simulation::create(options);
  if (!simulation) return;
  StopTimes times;
  (*simulation)->start(times);
  std::this_thread::sleep_for(4s);
  (*simulation)->stop();
  fmt::print("stops, {:2} goroutines, {} stops: until it stands {}; the stop {}\n", workers,
             times.stop.size(), percentiles(times.until_stop), percentiles(times.stop));
}

}  // namespace
}  // namespace poolscope::bench

int main(int argc, char** argv) {
  constexpr std::string_view kUsage = "poolscope_session_bench [tracing|stops]";
  const std::string_view only = argc > 1 ? argv[1] : "";
  if (only == "--help") {
    fmt::print("{}: what an event costs, how long a stop-the-world takes; both without a word\n",
               kUsage);
    return 0;
  }
  if (argc > 2 || (!only.empty() && only != "tracing" && only != "stops")) {
    fmt::print(stderr, "poolscope_session_bench: what is {}? {}\n", argv[argc - 1], kUsage);
    return 2;
  }
  if (only != "stops") poolscope::bench::bench_tracing();
  if (only == "tracing") return 0;
  for (const std::uint32_t workers : {1U, 2U, 8U, 64U}) poolscope::bench::bench_stops(workers);
  return 0;
}
