#include "app/control/player.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/durations.h"

namespace poolscope {
namespace {

/// A past of steps at given times. Its models have nothing in them but where they are.
class StepsAt final : public EventStore {
 public:
  explicit StepsAt(const std::vector<std::int64_t>& times_ns) {
    for (const std::int64_t time_ns : times_ns) {
      Event& event = events_.emplace_back();
      event.kind = EventKind::kStand;
      event.set_seq(events_.size());
      event.time_ns = time_ns;
    }
  }
  [[nodiscard]] std::uint64_t first_seq() const override { return 0; }
  [[nodiscard]] std::int64_t first_time_ns() const override { return 0; }
  [[nodiscard]] std::uint64_t last_seq() const override { return events_.size(); }
  [[nodiscard]] std::int64_t last_time_ns() const override { return events_.back().time_ns; }
  [[nodiscard]] Model first_model() const override { return {}; }
  Expected<void> seek(Model& model, std::uint64_t seq) override {
    model.seq = std::min(seq, last_seq());
    model.time_ns = model.seq == 0 ? 0 : events_[model.seq - 1].time_ns;
    return {};
  }
  Expected<std::uint64_t> seq_at_time(std::int64_t time_ns) override {
    std::uint64_t seq = 0;
    for (const Event& event : events_) {
      if (event.time_ns <= time_ns) seq = event.seq;
    }
    return seq;
  }
  Expected<void> each_run(std::uint64_t from, std::uint64_t to, const Run& take) override {
    if (from <= to) take(std::span(events_).subspan(from - 1, to - from + 1));
    return {};
  }

 private:
  std::vector<Event> events_;
};

using testing::kSecond_ns;
TEST(Player, PlayedByStepStepsOfTheSameTimeAreStepsOfTheirOwn) {
  StepsAt store({1000, 1000, 1000, 2000});
  Model start;
  start.step_time_ns = 1;
  Player player(start, {});
  player.set_speed(by_step());
  player.play(true);
  const std::int64_t half_ns =
      static_cast<std::int64_t>(static_cast<double>(kSecond_ns) / player.speed().steps_per_second) /
      2;
  for (std::uint64_t step = 1; step <= 4; ++step) {
    // A nanosecond more than a step takes is a start on the next.
    ASSERT_TRUE(player.advance(store, half_ns));
    EXPECT_EQ(player.playhead().seq, step - 1) << "half of step " << step;
    ASSERT_TRUE(player.advance(store, half_ns + 1));
    EXPECT_EQ(player.playhead().seq, step);
  }
}

TEST(Player, AWaitOfOverASecondIsSkippedWhereThatIsWanted) {
  StepsAt store({kSecond_ns, 10 * kSecond_ns, 10 * kSecond_ns + kSecond_ns / 2});
  for (const bool skips : {false, true}) {
    Player player({}, {});
    player.skip_waits(skips);
    ASSERT_TRUE(player.seek_seq(store, 1));
    player.play(true);
    ASSERT_TRUE(player.advance(store, kSecond_ns / 2));
    EXPECT_EQ(player.playhead(), (Position{1, kSecond_ns * 3 / 2})) << "a short wait is shown";
    ASSERT_TRUE(player.advance(store, kSecond_ns / 2 + 1));
    EXPECT_EQ(player.playhead().seq, skips ? 2U : 1U);
    EXPECT_EQ(player.playhead().time_ns, skips ? 10 * kSecond_ns : 2 * kSecond_ns + 1);
    EXPECT_TRUE(player.playing());
  }
}

}  // namespace
}  // namespace poolscope
