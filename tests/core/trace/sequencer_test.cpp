#include "core/trace/sequencer.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/trace/trace_context.h"

namespace poolscope {
namespace {

class KeepingSink final : public EventSink {
 public:
  void on_events(std::span<const Event> events) override {
    kept.insert(kept.end(), events.begin(), events.end());
  }
  std::vector<Event> kept;
};

Event stamped(std::uint64_t seq) {
  Event event;
  event.set_seq(seq);
  event.time_ns = static_cast<std::int64_t>(TickClock::instance().ticks());
  return event;
}

TEST(Sequencer, WaitsForTheEventWhoseTurnItIs) {
  SessionClock clock;
  EventRing first(8);
  EventRing second(8);
  Sequencer sequencer({&first, &second}, clock);
  std::vector<Event> out;
  first.push(stamped(2));
  EXPECT_EQ(sequencer.collect(out), 0U);
  second.push(stamped(1));
  second.push(stamped(4));
  EXPECT_EQ(sequencer.collect(out), 2U);
  first.push(stamped(3));
  EXPECT_EQ(sequencer.collect(out), 2U);
  ASSERT_EQ(out.size(), 4U);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i].seq, i + 1);
}

TEST(Sequencer, PutsAnyDistributionOverRingsIntoOneOrder) {
  constexpr std::uint64_t kEvents = 20'000;
  constexpr std::size_t kRings = 7;
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  SessionClock clock;
  std::vector<std::unique_ptr<EventRing>> rings;
  std::vector<EventRing*> pointers;
  for (std::size_t i = 0; i < kRings; ++i) {
    pointers.push_back(rings.emplace_back(std::make_unique<EventRing>(64)).get());
  }
  Sequencer sequencer(pointers, clock);
  std::vector<Event> out;
  for (std::uint64_t seq = 1; seq <= kEvents; ++seq) {
    EventRing* ring = pointers[random() % kRings];
    while (!ring->has_room(1)) sequencer.collect(out);
    ring->push(stamped(seq));
    if (random() % 50 == 0) sequencer.collect(out);
  }
  while (sequencer.collect(out) != 0) continue;
  ASSERT_EQ(out.size(), kEvents);
  for (std::uint64_t i = 0; i < kEvents; ++i) ASSERT_EQ(out[i].seq, i + 1);
  EXPECT_TRUE(std::ranges::is_sorted(out, {}, &Event::time_ns));
}

TEST(Sequencer, HandsALongBacklogOverInPartsSoThatMemoryStaysAsItWas) {
  constexpr std::uint64_t kEvents = 40'000;
  SessionClock clock;
  EventRing ring(1U << 16U);
  Sequencer sequencer({&ring}, clock);
  for (std::uint64_t seq = 1; seq <= kEvents; ++seq) ring.push(stamped(seq));
  std::uint64_t next = 1;
  std::vector<Event> out;
  while (sequencer.collect(out) != 0) {
    EXPECT_LE(out.size(), kEvents / 4);
    for (const Event& event : out) ASSERT_EQ(event.seq, next++);
    out.clear();
  }
  EXPECT_EQ(next, kEvents + 1) << "nothing stays behind";
}

TEST(Collector, TellsHowManyEventsCameOutWhereANumberIsMissing) {
  SessionClock clock;
  EventRing ring(8);
  KeepingSink sink;
  Collector collector({&ring}, clock, sink);
  for (const std::uint64_t seq : {1U, 2U, 4U}) ring.push(stamped(seq));
  collector.finish();
  EXPECT_EQ(collector.delivered(), 2U);
  EXPECT_EQ(sink.kept.size(), 2U);
}

TEST(TraceContext, StampsTogetherWhatWasNotedAndShowsItThen) {
  Tickets tickets;
  Goroutine g;
  g.id = GId{3};
  constexpr std::size_t kCapacity = 8;
  TraceContext context(g, tickets, kCapacity);
  std::uint64_t last = 0;
  // Five at a time in a ring of eight: the notes wrap around its end.
  for (int round = 0; round < 10; ++round) {
    for (std::uint32_t i = 0; i < 5; ++i) context.note(EventKind::kGetEnd, ObjectId{i + 1});
    EXPECT_TRUE(context.ring.readable().empty());
    EXPECT_EQ(context.ring.room(), kCapacity - 5);
    context.stamp();
    EXPECT_EQ(tickets.last(), last + 5);
    std::uint32_t object = 0;
    std::int64_t time_ns = 0;
    for (auto events = context.ring.readable(); !events.empty(); events = context.ring.readable()) {
      for (const Event& event : events) {
        EXPECT_EQ(event.seq, ++last);
        EXPECT_EQ(event.object, ObjectId{++object});
        if (object > 1) {
          EXPECT_EQ(event.time_ns, time_ns) << "one look at the clock";
        }
        time_ns = event.time_ns;
      }
      context.ring.drop(events.size());
    }
    EXPECT_EQ(object, 5U);
    context.stamp();
    EXPECT_EQ(tickets.last(), last) << "nothing was noted";
  }
}

TEST(SessionClock, CountsFromItsStart) {
  using namespace std::chrono_literals;
  SessionClock clock;
  std::this_thread::sleep_for(5ms);
  EXPECT_GE(clock.now_ns(), 5'000'000);
  clock.start();
  EXPECT_LT(clock.now_ns(), 5'000'000);
  clock.pause();
  std::this_thread::sleep_for(5ms);
  clock.start();
  std::this_thread::sleep_for(1ms);
  EXPECT_EQ(clock.now_ns(), 0) << "paused as it starts";
  clock.resume();
  std::this_thread::sleep_for(1ms);
  EXPECT_GE(clock.now_ns(), 1'000'000);
}

TEST(SessionClock, LeavesOutEachPause) {
  using namespace std::chrono_literals;
  const TickClock& ticks = TickClock::instance();
  SessionClock clock;
  SessionClock::Times times = clock.times();
  const auto session_ns = [&](std::uint64_t stamp) {
    clock.update(times);
    return times.to_session_ns(stamp);
  };
  const std::uint64_t first = ticks.ticks();
  clock.pause();
  std::this_thread::sleep_for(5ms);
  const std::uint64_t in_first_pause = ticks.ticks();
  clock.resume();
  std::this_thread::sleep_for(2ms);
  const std::uint64_t between = ticks.ticks();
  clock.pause();
  std::this_thread::sleep_for(5ms);
  clock.resume();
  const std::uint64_t last = ticks.ticks();
  EXPECT_LE(session_ns(first), session_ns(in_first_pause));
  EXPECT_GE(session_ns(between) - session_ns(in_first_pause), 2'000'000);
  EXPECT_LE(session_ns(between), session_ns(last));
  const std::int64_t passed_ns = ticks.to_ns(last) - ticks.to_ns(first);
  EXPECT_LE(session_ns(last) - session_ns(first), passed_ns - 10'000'000) << "two pauses of 5 ms";
}

TEST(Collector, DeliversWhatManyThreadsStampWithoutAGap) {
  constexpr int kThreads = 4;
  constexpr std::uint64_t kEach = 20'000;
  SessionClock clock;
  Tickets tickets;
  std::vector<std::unique_ptr<Goroutine>> goroutines;
  std::vector<std::unique_ptr<TraceContext>> contexts;
  std::vector<EventRing*> rings;
  for (int i = 0; i < kThreads; ++i) {
    goroutines.push_back(std::make_unique<Goroutine>());
    goroutines.back()->id = GId{static_cast<std::uint32_t>(i)};
    contexts.push_back(std::make_unique<TraceContext>(*goroutines.back(), tickets, 256));
    rings.push_back(&contexts.back()->ring);
  }
  KeepingSink sink;
  Collector collector(rings, clock, sink);
  {
    std::vector<std::jthread> threads;
    threads.reserve(contexts.size());
    for (auto& context : contexts) {
      threads.emplace_back([&t = *context] {
        for (std::uint64_t i = 0; i < kEach; ++i) {
          while (!t.ring.has_room(1)) std::this_thread::yield();
          t.emit_number(EventKind::kGetEnd, static_cast<std::uint32_t>(i));
        }
      });
    }
  }
  collector.finish();
  ASSERT_EQ(sink.kept.size(), kThreads * kEach);
  std::vector<std::uint32_t> next(kThreads, 0);
  for (std::size_t i = 0; i < sink.kept.size(); ++i) {
    const Event& event = sink.kept[i];
    ASSERT_EQ(event.seq, i + 1);
    ASSERT_EQ(event.number(), next[event.g.value]++) << "a goroutine's own order is kept";
  }
}

}  // namespace
}  // namespace poolscope
