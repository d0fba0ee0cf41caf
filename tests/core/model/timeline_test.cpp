#include "core/model/timeline.h"

#include <thread>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

/// Everybody Puts and Gets, with GCs, resizes and stops in the middle of operations.
VirtualPool long_session(int rounds) {
  VirtualPool v(3, 5);
  for (int round = 0; round < rounds; ++round) {
    const int g = round % 5;
    v.put(g, v.make(g));
    v.begin_put((g + 1) % 5, v.make((g + 1) % 5));
    v.get((g + 2) % 5);
    v.begin_get((g + 3) % 5);
    if (round % 11 == 10) v.gc();
    if (round % 17 == 16) v.resize(2 + static_cast<std::uint32_t>(round) % 4);
    v.finish((g + 3) % 5);
    v.finish((g + 1) % 5);
  }
  return v;
}

TimelineLimits small_chunks() {
  TimelineLimits limits;
  limits.chunk_events = 64;
  limits.keyframe_spacing = 16;
  return limits;
}

/// In batches of uneven lengths, as a collector brings them.
void append_all(Timeline& timeline, std::span<const Event> events) {
  for (std::size_t i = 0, batch = 1; i < events.size(); i += batch, batch = 1 + (batch * 7) % 300) {
    batch = std::min(batch, events.size() - i);
    timeline.append(events.subspan(i, batch));
  }
}

TEST(Timeline, SeekingToEveryEventEqualsLinearReduction) {
  const VirtualPool v = long_session(120);
  Timeline timeline(initial_model(v.config()), small_chunks());
  append_all(timeline, v.events());
  const TimelinePast past = timeline.past();
  ASSERT_EQ(past.first(), 0U);
  ASSERT_EQ(past.last(), v.events().size());
  Model linear = initial_model(v.config());
  ASSERT_EQ(past.model_at(0), linear);
  for (const Event& event : v.events()) {
    reduce(linear, event);
    ASSERT_EQ(past.model_at(event.seq), linear) << "event " << event.seq;
  }
  EXPECT_EQ(*timeline.head(), linear);
}

TEST(Timeline, SeekingFromAnyStateToAnyOtherEqualsLinearReduction) {
  const VirtualPool v = long_session(40);
  Timeline timeline(initial_model(v.config()), small_chunks());
  append_all(timeline, v.events());
  const TimelinePast past = timeline.past();
  Model model = past.model_at(past.last());
  std::uint64_t dice = 7;
  for (int i = 0; i < 300; ++i) {
    dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint64_t seq = (dice >> 33U) % (past.last() + 1);
    past.seek(model, seq);
    ASSERT_EQ(model, past.model_at(seq));
  }
}

TEST(Timeline, ThinsItsKeyframesUnderTheirBudgetAndStillSeeksEverywhere) {
  const VirtualPool v = long_session(120);
  TimelineLimits limits = small_chunks();
  limits.keyframe_bytes = 12 * approximate_bytes(v.model());
  Timeline thin(initial_model(v.config()), limits);
  Timeline thick(initial_model(v.config()), small_chunks());
  append_all(thin, v.events());
  append_all(thick, v.events());
  EXPECT_LT(thin.bytes(), thick.bytes());
  for (std::uint64_t seq = 0; seq <= v.events().size(); ++seq) {
    ASSERT_EQ(thin.model_at(seq), thick.model_at(seq)) << "event " << seq;
  }
}

TEST(Timeline, ForgetsTheOldestUnderItsBudgetAndKeepsTheRestExact) {
  const VirtualPool v = long_session(200);
  TimelineLimits limits = small_chunks();
  limits.keyframe_bytes = 8 * approximate_bytes(v.model());
  limits.bytes = limits.keyframe_bytes + 10 * limits.chunk_events * sizeof(Event);
  Timeline timeline(initial_model(v.config()), limits);
  append_all(timeline, v.events());
  const TimelinePast past = timeline.past();
  EXPECT_GT(past.first(), 0U);
  EXPECT_LE(timeline.bytes(), limits.bytes);
  ASSERT_EQ(past.last(), v.events().size());
  Model linear = initial_model(v.config());
  for (const Event& event : v.events()) {
    reduce(linear, event);
    if (event.seq >= past.first()) {
      ASSERT_EQ(past.model_at(event.seq), linear) << event.seq;
    }
  }
  EXPECT_EQ(past.model_at(0).seq, past.first()) << "what is gone is clamped to what there is";
}

TEST(Timeline, AnOlderPastStaysWhatItWasWhileTheTimelineGoesOn) {
  const VirtualPool v = long_session(200);
  TimelineLimits limits = small_chunks();
  limits.bytes = limits.keyframe_bytes = 1;
  Timeline timeline(initial_model(v.config()), limits);
  const std::span<const Event> events = v.events();
  timeline.append(events.first(500));
  const TimelinePast before = timeline.past();
  const Model then = before.model_at(480);
  append_all(timeline, events.subspan(500));
  EXPECT_GT(timeline.past().first(), before.last());
  EXPECT_EQ(before.last(), 500U);
  EXPECT_EQ(before.model_at(480), then);
}

TEST(Timeline, FindsTheModelAfterTheLastEventAtOrBeforeATime) {
  const VirtualPool v = long_session(40);
  Timeline timeline(initial_model(v.config()), small_chunks());
  append_all(timeline, v.events());
  const TimelinePast past = timeline.past();
  for (const Event& event : v.events()) {
    ASSERT_EQ(past.seq_at_time(event.time_ns), event.seq);
    ASSERT_EQ(past.seq_at_time(event.time_ns - 1), event.seq - 1);
    ASSERT_EQ(past.time_at(event.seq), event.time_ns);
  }
  EXPECT_EQ(past.seq_at_time(-1), 0U);
  EXPECT_EQ(timeline.model_at_time(INT64_MAX), v.model());
}

TEST(Timeline, HandsOutEventsInOrderAcrossChunks) {
  const VirtualPool v = long_session(40);
  Timeline timeline(initial_model(v.config()), small_chunks());
  append_all(timeline, v.events());
  std::vector<Event> got;
  timeline.past().each_run(50, 200, [&got](std::span<const Event> run) {
    got.insert(got.end(), run.begin(), run.end());
  });
  EXPECT_EQ(got, std::vector<Event>(v.events().begin() + 49, v.events().begin() + 200));
}

TEST(Timeline, ReadersSeekWhileEventsArrive) {
  const VirtualPool v = long_session(300);
  Timeline timeline(initial_model(v.config()), small_chunks());
  std::jthread collector([&] { append_all(timeline, v.events()); });
  std::uint64_t seen = 0;
  while (seen < v.events().size()) {
    const TimelinePast past = timeline.past();
    ASSERT_GE(past.last(), seen) << "the past never shrinks at its end";
    seen = past.last();
    const Model model = past.model_at(seen / 2);
    ASSERT_EQ(model.seq, seen / 2);
    ASSERT_EQ(model.divergences, 0U);
    ASSERT_GE(timeline.head()->seq, seen);
  }
}

}  // namespace
}  // namespace poolscope::testing
