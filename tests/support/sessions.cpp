#include "tests/support/sessions.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/base/check.h"

namespace poolscope::testing {
void CollectingSink::on_events(std::span<const Event> events) {
  const std::scoped_lock lock(mutex_);
  events_.insert(events_.end(), events.begin(), events.end());
}

std::size_t CollectingSink::size() const {
  const std::scoped_lock lock(mutex_);
  return events_.size();
}

void CollectingSink::wait_for(std::size_t count) const {
  while (size() < count) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

RecordedEvents run_session(SimulationOptions options, std::uint64_t events,
                           std::int64_t stretched_ns) {
  options.stop_after_events = events;
  auto simulation = Simulation::create(options);
  check(simulation.has_value(), "options of a test's session");
  CollectingSink collected;
  (*simulation)->start(collected);
  collected.wait_for(events);
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
  options.config.workload->name = "bursts";
  options.config.seed = seed;
  options.ops_per_second = 0;
  options.gc_every_ns = 2'000'000;
  options.resize_every_ns = 3'000'000;
  return options;
}

}  // namespace poolscope::testing
