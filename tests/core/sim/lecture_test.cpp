// What a lecture shows, at four times its speed: however busy the machine is, it goes on until each
// fact has been seen. tests/soak asks how soon that is.

#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include <gtest/gtest.h>

#include "core/sim/simulation.h"
#include "tests/core/sim/lecture_facts.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kLectureStep_ns = 100'000'000;
constexpr std::int64_t kLongEnough_ns = kLectureStep_ns * 3 / 4;

/// Watches, and knows when a goroutine has just come to stand pinned.
class Audience final : public EventSink {
 public:
  explicit Audience(const SessionConfig& config) : watcher_(initial_model(config)) {}

  void on_events(std::span<const Event> events) override {
    const std::scoped_lock lock(mutex_);
    for (const Event& event : events) {
      watcher_.take(event);
      if (event.kind == EventKind::kStand) pinned_ = step_info(event.step()).pinned;
    }
  }
  [[nodiscard]] Seen seen() const {
    const std::scoped_lock lock(mutex_);
    return watcher_.seen();
  }
  [[nodiscard]] std::uint64_t divergences() const {
    const std::scoped_lock lock(mutex_);
    return watcher_.model().divergences;
  }
  /// Whether the last that came to stand is pinned; asked once of each.
  bool take_pinned() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(pinned_, false);
  }

 private:
  mutable std::mutex mutex_;
  Watcher watcher_;
  bool pinned_ = false;
};

TEST(Lecture, ShowsEveryWayOfAPutAndAGetAndEveryWaitLongEnoughToBeSeen) {
  SimulationOptions options;
  options.config.step_time_ns = kLectureStep_ns;
  auto simulation = Simulation::create(options);
  ASSERT_TRUE(simulation.has_value());
  Audience audience((*simulation)->config());
  (*simulation)->start(audience);
  // A test that waits in vain is ended by its time limit.
  for (;;) {
    const Seen seen = audience.seen();
    if (seen.every_way() && seen.every_wait(kLongEnough_ns)) break;
    // A GC has to wait for one that has just come to stand pinned. Only now and then: after each
    // the pool is empty, and other facts need what is in it.
    const bool others_seen = seen.every_way() && seen.steal_ns >= kLongEnough_ns;
    if (others_seen && audience.take_pinned()) static_cast<void>((*simulation)->request_gc());
    std::this_thread::sleep_for(1ms);
  }
  (*simulation)->stop();
  EXPECT_EQ(audience.divergences(), 0U);
  EXPECT_TRUE((*simulation)->accounting().holds());
}

}  // namespace
}  // namespace poolscope::testing
