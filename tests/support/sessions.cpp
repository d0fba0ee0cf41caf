#include "tests/support/sessions.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <span>
#include <thread>

#include "core/base/check.h"
#include "core/trace/event_sink.h"

namespace poolscope::testing {
namespace {

class Collected final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    events_.insert(events_.end(), events.begin(), events.end());
  }
  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return events_.size();
  }
  [[nodiscard]] std::vector<Event> take() { return std::move(events_); }

 private:
  mutable std::mutex mutex_;
  std::vector<Event> events_;
};

}  // namespace

RecordedEvents run_session(SimulationOptions options, std::uint64_t events,
                           std::int64_t stretched_ns) {
  options.stop_after_events = events;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "options of a test's session");
  Collected collected;
  (*simulation)->start(collected);
  while (collected.size() < events) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  (*simulation)->stop();
  RecordedEvents recorded{(*simulation)->config(), collected.take()};
  if (stretched_ns != 0 && !recorded.events.empty()) {
    const double factor =
        static_cast<double>(stretched_ns) /
        static_cast<double>(std::max<std::int64_t>(recorded.events.back().time_ns, 1));
    for (Event& event : recorded.events) {
      event.time_ns = static_cast<std::int64_t>(static_cast<double>(event.time_ns) * factor);
    }
  }
  return recorded;
}

SimulationOptions busy_session(PoolKind pool, std::uint64_t seed) {
  SimulationOptions options;
  options.config.pool = pool;
  options.config.procs = 4;
  options.config.workers = 6;
  options.config.workload = "bursts";
  options.config.seed = seed;
  options.ops_per_second = 0;
  options.gc_every_ns = 2'000'000;
  options.resize_every_ns = 3'000'000;
  return options;
}

}  // namespace poolscope::testing
