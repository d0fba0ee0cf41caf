// The audit finds what is wrong with a stream of events, says it once, and goes on.

#include <algorithm>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/trace/event_table.h"
#include "tests/support/pools/virtual_pool.h"

namespace poolscope::testing {
namespace {

/// A session with every kind of step in it: 2 GCs, a grow, a shrink, steals, waits.
VirtualPool eventful_session() {
  VirtualPool v(2, 4);
  for (int round = 0; round < 3; ++round) {
    for (int g = 0; g < 4; ++g) {
      for (int i = 0; i < 3; ++i) v.put(g, v.make(g), g % 2);
    }
    v.begin_put(0, v.make(0), 0);
    v.advance_to(0, Step::kPutLocked);
    v.begin_put(1, v.make(1), 0);
    v.finish(1);
    v.finish(0);
    v.finish(1);
    for (int i = 0; i < 5; ++i) v.get(2, 1);
    v.resize(round % 2 == 0 ? 4 : 2);
    v.put(3, v.make(3), round % 2 == 0 ? 3 : 1);
    for (int i = 0; i < 2; ++i) v.get(1, 0);
    if (round == 1) v.gc();
  }
  v.check();
  return v;
}

Model reduce_all(const SessionConfig& config, const std::vector<Event>& events) {
  Model model = initial_model(config);
  for (const Event& event : events) reduce(model, event);
  return model;
}

void number_anew(std::vector<Event>& events) {
  for (std::size_t i = 0; i < events.size(); ++i) events[i].set_seq(i + 1);
}

/// Events that only tell the viewer something: leaving one out is no contradiction.
bool is_only_told(const Event& e) {
  using enum EventKind;
  return e.kind == kStand || e.kind == kNewBegin || e.kind == kPinSlow || e.kind == kPrivateFull ||
         e.kind == kPrivateEmpty || e.kind == kSharedEmpty || e.kind == kGoWaitP ||
         e.kind == kGoStart || e.kind == kCheckpointPool || e.kind == kCheckpointShard ||
         e.kind == kCheckpointCells || e.kind == kCheckpointHeap || e.kind == kObjectsFreed ||
         e.kind == kSlowLoaded || e.kind == kLockWait;
}

TEST(Audit, AWholeSessionHasNoDivergence) {
  const VirtualPool v = eventful_session();
  EXPECT_EQ(v.model().divergences, 0U);
  EXPECT_GE(v.model().checkpoints, 5U);
  EXPECT_EQ(v.model().gc_cycles, 1U);
  EXPECT_EQ(v.model().resizes, 3U);
}

TEST(Audit, AMissingNumberIsADivergence) {
  const VirtualPool v = eventful_session();
  for (std::size_t i = 1; i + 1 < v.events().size(); ++i) {
    std::vector<Event> events = v.events();
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(i));
    ASSERT_GE(reduce_all(v.config(), events).divergences, 1U) << "event " << i + 1;
  }
}

TEST(Audit, AnEventLeftOutIsFoundEvenWhenTheNumbersHideIt) {
  const VirtualPool v = eventful_session();
  Model before = initial_model(v.config());
  // Nothing comes after the last event that could tell.
  for (std::size_t i = 0; i + 1 < v.events().size(); ++i) {
    if (i > 0) reduce(before, v.events()[i - 1]);
    if (is_only_told(v.events()[i])) continue;
    // pinSlow and getSlow unpin what pin had not yet returned: nothing to see.
    const bool unpins = v.events()[i].kind == EventKind::kUnpinned;
    if (unpins && !before.gs[v.events()[i].g.value].pinned) continue;
    std::vector<Event> events = v.events();
    // After an unpin nothing but the next operation could tell; the last ones have none.
    const Event left_out = events[i];
    events.erase(events.begin() + static_cast<std::ptrdiff_t>(i));
    number_anew(events);
    if (left_out.kind == EventKind::kGoRun && left_out.seq + 8 > v.events().size()) continue;
    EXPECT_GE(reduce_all(v.config(), events).divergences, 1U)
        << "event " << left_out.seq << " " << name_of(left_out.kind);
  }
}

TEST(Audit, TwoEventsOfOneSlotInTheWrongOrderAreFound) {
  const VirtualPool v = eventful_session();
  std::size_t tried = 0;
  for (std::size_t i = 0; i < v.events().size(); ++i) {
    const Event& pushed = v.events()[i];
    if (pushed.kind != EventKind::kSharedPush) continue;
    const auto popped = std::find_if(
        v.events().begin() + static_cast<std::ptrdiff_t>(i), v.events().end(), [&](const Event& e) {
          return e.kind == EventKind::kSharedPop && e.object == pushed.object;
        });
    if (popped == v.events().end()) continue;
    std::vector<Event> events = v.events();
    std::swap(events[i], events[static_cast<std::size_t>(popped - v.events().begin())]);
    number_anew(events);
    ASSERT_GE(reduce_all(v.config(), events).divergences, 1U) << "push at " << i + 1;
    ++tried;
  }
  EXPECT_GE(tried, 3U);
}

/// The first event of that kind that `wanted` accepts, changed by `change`.
template <class Wanted, class Change>
Model with_changed(const VirtualPool& v, const Wanted& wanted, const Change& change) {
  std::vector<Event> events = v.events();
  const auto it = std::ranges::find_if(events, wanted);
  EXPECT_NE(it, events.end());
  change(*it);
  return reduce_all(v.config(), events);
}

TEST(Audit, ACheckpointWithAnotherPrivateIsToldInOneLine) {
  const Model model = with_changed(
      eventful_session(),
      [](const Event& e) { return e.kind == EventKind::kCheckpointShard && e.object.valid(); },
      [](Event& e) { e.object = ObjectId{999}; });
  ASSERT_EQ(model.divergences, 1U);
  const std::string& what = model.divergence_list[0].what;
  EXPECT_NE(what.find("CheckpointShard"), std::string::npos) << what;
  EXPECT_NE(what.find("private holds #999, the model has #"), std::string::npos) << what;
  EXPECT_EQ(what.find('\n'), std::string::npos);
}

TEST(Audit, ACheckpointWithOtherCellsIsFound) {
  const Model length = with_changed(
      eventful_session(), [](const Event& e) { return e.kind == EventKind::kCheckpointCells; },
      [](Event& e) { ++e.object.value; });
  EXPECT_EQ(length.divergences, 1U);
  const Model order = with_changed(
      eventful_session(), [](const Event& e) { return e.kind == EventKind::kCheckpointCells; },
      [](Event& e) { ++e.array.value; });
  EXPECT_EQ(order.divergences, 1U);
}

TEST(Audit, ACheckpointOfTheHeapComparesAliveAndCreated) {
  const auto heap = [](const Event& e) { return e.kind == EventKind::kCheckpointHeap; };
  EXPECT_EQ(with_changed(eventful_session(), heap, [](Event& e) { ++e.object.value; }).divergences,
            1U);
  EXPECT_EQ(with_changed(eventful_session(), heap, [](Event& e) { ++e.array.value; }).divergences,
            1U);
}

TEST(Audit, ALockTakenTwiceIsFound) {
  const VirtualPool v = eventful_session();
  std::vector<Event> events = v.events();
  const auto it = std::ranges::find(events, EventKind::kLocked, &Event::kind);
  Event again = *it;
  again.g = GId{3};
  events.insert(it + 1, again);
  number_anew(events);
  EXPECT_GE(reduce_all(v.config(), events).divergences, 1U);
}

TEST(Audit, KeepsTheFirstDivergencesAndCountsAll) {
  Model model = initial_model({});
  for (std::uint64_t seq = 1; seq <= 100; ++seq) {
    Event e;
    e.set_seq(seq);
    e.kind = EventKind::kUnlocked;
    e.g = GId{0};
    e.array = ArrayId{7};
    reduce(model, e);
  }
  EXPECT_EQ(model.divergences, 100U);
  ASSERT_EQ(model.divergence_list.size(), kDivergencesKept);
  EXPECT_EQ(model.divergence_list[0].seq, 1U);
}

TEST(Audit, NothingThatAStreamHoldsBreaksTheModel) {
  // Whatever the fields hold, reduce counts it and goes on.
  std::uint64_t dice = 12345;
  Model model = initial_model({});
  for (std::uint64_t seq = 1; seq <= 20'000; ++seq) {
    const auto next = [&dice] {
      dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
      return dice >> 40U;
    };
    Event e;
    e.set_seq(next() % 50 == 0 ? next() : seq);
    e.time_ns = static_cast<std::int64_t>(next());
    e.kind = static_cast<EventKind>(next() % 110);
    e.g = GId{static_cast<std::uint32_t>(next() % 20 == 0 ? 0xffff'ffffU : next() % 8)};
    e.p = PId{static_cast<std::uint16_t>(next() % 20 == 0 ? 0xffffU : next() % 6)};
    e.object = ObjectId{static_cast<std::uint32_t>(next() % 6)};
    e.array = ArrayId{static_cast<std::uint32_t>(next() % 4)};
    e.index = static_cast<std::uint16_t>(next() % 5);
    e.detail = static_cast<std::uint8_t>(next() % 256);
    reduce(model, e);
  }
  EXPECT_GT(model.divergences, 0U);
  EXPECT_LE(model.totals.in_flight, model.gs.size());
}

}  // namespace
}  // namespace poolscope::testing
