// Statistics against a plain recount, which knows the events alone and no model.

#include "core/story/statistics.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/story/linear_play.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

/// What a reader of the events would count with a pencil.
class Pencil {
 public:
  void see(const Event& e) {
    Doing& doing = of_[e.g];
    switch (e.kind) {
      case EventKind::kGetBegin:
      case EventKind::kPutBegin: doing = {.pool = e.pool()}; return;
      case EventKind::kRaceDrop: doing.to = PutTo::kDice; return;
      case EventKind::kPinned:
        if (!doing.p.valid()) doing.p = PId{e.index};
        return;
      case EventKind::kPrivateStore: doing.to = PutTo::kPrivate; return store(e);
      case EventKind::kSharedPush:
        doing.to = classic && dropped_.contains(e.array) ? PutTo::kDroppedArray : PutTo::kShared;
        return store(e);
      case EventKind::kSlowLoaded: doing.slow = true; return;
      case EventKind::kVictimLoaded: doing.victim = true; return;
      case EventKind::kPrivateTake: doing.from = GetFrom::kPrivate; return take(e);
      case EventKind::kVictimPrivateTake: doing.from = GetFrom::kVictimPrivate; return take(e);
      case EventKind::kSharedPop:
      case EventKind::kTailPop:
        doing.from = doing.victim ? GetFrom::kVictimShared
                     : doing.slow ? GetFrom::kSteal
                                  : GetFrom::kOwnShared;
        doing.found_at = e.index;
        return take(e);
      case EventKind::kNewMade:
        doing.from = GetFrom::kNew;
        ++counted.made_by_new;
        return;
      case EventKind::kObjectMade: ++counted.made_by_user; return;
      case EventKind::kGetEnd: return end_get(doing);
      case EventKind::kPutEnd:
        return count(doing, [&](Counts& c) { ++c.to[static_cast<std::size_t>(doing.to)]; });
      case EventKind::kLockWait:
      case EventKind::kAllPoolsWait: doing.waits_since_ns = e.time_ns; return;
      case EventKind::kLocked:
      case EventKind::kAllPoolsLocked: return end_wait(e, doing);
      case EventKind::kLocalStored: {
        const std::uint64_t old = in_[local_[e.pool()]];
        counted.all.dropped_by_grow += old;
        dropped_.insert(local_[e.pool()]);
        local_[e.pool()] = e.array;
        return;
      }
      case EventKind::kLocalToVictim: local_[e.pool()] = {}; return;
      case EventKind::kPoolCleaned:
      case EventKind::kVictimDropped:
        counted.all.dropped_by_gc += in_[e.array];
        counted.by_pool[e.index].dropped_by_gc += in_[e.array];
        dropped_.insert(e.array);
        if (e.kind == EventKind::kPoolCleaned) local_[e.pool()] = {};
        return;
      case EventKind::kStopRequested: asked_ns_ = e.time_ns; return;
      case EventKind::kWorldStopped: stood_ns_ = e.time_ns; return;
      case EventKind::kWorldStarted: return end_stop(e);
      default: return;
    }
  }

  Tally counted;
  bool classic = true;

 private:
  struct Doing {
    PoolId pool;
    PId p;
    GetFrom from = GetFrom::kNil;
    PutTo to = PutTo::kPrivate;
    bool slow = false;
    bool victim = false;
    std::uint16_t found_at = 0;
    std::int64_t waits_since_ns = -1;
  };

  void store(const Event& e) { ++in_[e.array]; }
  void take(const Event& e) { --in_[e.array]; }
  template <class Change>
  void count(const Doing& doing, Change change) {
    change(counted.all);
    if (doing.p.valid()) change(counted.by_p[doing.p.value]);
    change(counted.by_pool[doing.pool.value]);
  }
  void end_get(const Doing& doing) {
    count(doing, [&](Counts& c) { ++c.from[static_cast<std::size_t>(doing.from)]; });
    if (doing.from != GetFrom::kSteal || doing.found_at == doing.p.value) return;
    ++counted.by_p[doing.found_at].stolen;
  }
  void end_wait(const Event& e, Doing& doing) {
    if (doing.waits_since_ns < 0) return;
    const std::int64_t ns = e.time_ns - std::exchange(doing.waits_since_ns, -1);
    const auto add = [&](Counts& c) {
      ++c.lock_waits;
      c.lock_wait_ns += ns;
    };
    add(counted.all);
    if (e.kind == EventKind::kLocked) add(counted.by_p[e.index]);
  }
  void end_stop(const Event& e) {
    if (e.stop_cause() == StopCause::kCheck) return;
    StopSums& sums = e.stop_cause() == StopCause::kGc ? counted.gc : counted.resize;
    ++sums.count;
    sums.wait_ns += stood_ns_ - asked_ns_;
    sums.stopped_ns += e.time_ns - stood_ns_;
  }

  std::map<GId, Doing> of_;
  std::map<ArrayId, std::uint64_t> in_;  // objects
  std::map<PoolId, ArrayId> local_;
  std::set<ArrayId> dropped_;
  std::int64_t asked_ns_ = 0;
  std::int64_t stood_ns_ = 0;
};

void expect_equal(const Counts& counted, const Counts& recounted) {
  EXPECT_EQ(counted.from, recounted.from);
  EXPECT_EQ(counted.to, recounted.to);
  EXPECT_EQ(counted.lock_waits, recounted.lock_waits);
  EXPECT_EQ(counted.lock_wait_ns, recounted.lock_wait_ns);
}

void expect_equal(const StopSums& counted, const StopSums& recounted) {
  EXPECT_EQ(counted.count, recounted.count);
  EXPECT_EQ(counted.wait_ns, recounted.wait_ns);
  EXPECT_EQ(counted.stopped_ns, recounted.stopped_ns);
}

void expect_equal(const Tally& counted, const Tally& recounted) {
  expect_equal(counted.all, recounted.all);
  EXPECT_EQ(counted.all.dropped_by_gc, recounted.all.dropped_by_gc);
  EXPECT_EQ(counted.all.dropped_by_grow, recounted.all.dropped_by_grow);
  EXPECT_EQ(counted.made_by_new, recounted.made_by_new);
  EXPECT_EQ(counted.made_by_user, recounted.made_by_user);
  expect_equal(counted.gc, recounted.gc);
  expect_equal(counted.resize, recounted.resize);
  for (const auto& [number, counts] : recounted.by_p.rows()) {
    SCOPED_TRACE(::testing::Message() << "P" << number);
    const Counts* found = counted.by_p.find(number);
    if (counts == Counts{}) continue;
    ASSERT_NE(found, nullptr);
    expect_equal(*found, counts);
    EXPECT_EQ(found->stolen, counts.stolen);
  }
  for (const auto& [number, counts] : recounted.by_pool.rows()) {
    SCOPED_TRACE(::testing::Message() << "pool " << number);
    const Counts* found = counted.by_pool.find(number);
    if (counts == Counts{}) continue;
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->from, counts.from);
    EXPECT_EQ(found->to, counts.to);
    EXPECT_EQ(found->dropped_by_gc, counts.dropped_by_gc);
  }
}

Statistics statistics_of(const SessionConfig& config, std::span<const Event> events) {
  Statistics statistics;
  Model model = initial_model(config);
  for (const Event& event : events) {
    reduce(model, event);
    statistics.add(event, model);
  }
  return statistics;
}

Tally expect_recount(const SessionConfig& config, std::span<const Event> events) {
  Pencil pencil;
  pencil.classic = config.pool == PoolKind::kClassic;
  for (const Event& event : events) pencil.see(event);
  expect_equal(statistics_of(config, events).sum(), pencil.counted);
  return pencil.counted;
}

TEST(Statistics, AreWhatAPencilCountsInRandomSessions) {
  Tally all;
  for (std::uint64_t seed = 1; seed <= 40 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const VirtualPool v = random_session(seed, 800);
    all += expect_recount(v.config(), v.events());
  }
  // None of this was equal because it never happened.
  for (const PutTo to : {PutTo::kPrivate, PutTo::kShared, PutTo::kDroppedArray, PutTo::kDice}) {
    EXPECT_GT(all.all.of(to), 0U) << word_of(to);
  }
  for (const GetFrom from :
       {GetFrom::kPrivate, GetFrom::kOwnShared, GetFrom::kSteal, GetFrom::kNew}) {
    EXPECT_GT(all.all.of(from), 0U) << word_of(from);
  }
  EXPECT_GT(all.all.dropped_by_gc, 0U);
  EXPECT_GT(all.all.dropped_by_grow, 0U);
  EXPECT_GT(all.all.lock_waits, 0U);
  EXPECT_GT(all.resize.count, 0U);
}

TEST(Statistics, AreWhatAPencilCountsInSessionsOfRealGoroutines) {
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    for (const bool race : {false, true}) {
      SCOPED_TRACE(::testing::Message() << word_of(pool) << " race " << race);
      SimulationOptions options = busy_session(pool, 5);
      options.config.race = race;
      options.config.pools = 3;
      const RecordedEvents session = run_session(options, 60'000);
      expect_recount(session.config, session.events);
    }
  }
}

TEST(Statistics, OfStretchesAddUpToTheWholeHoweverLongTheSession) {
  // A hundred minutes: far more stretches of a millisecond than are kept.
  const RecordedEvents session =
      run_session(busy_session(PoolKind::kModern, 7), 60'000, 6'000'000'000'000);
  const Statistics statistics = statistics_of(session.config, session.events);
  EXPECT_LE(statistics.stretches().size(), Statistics::kStretchesKept);
  EXPECT_GE(statistics.stretches().size(), Statistics::kStretchesKept / 2);
  const std::size_t middle = statistics.stretches().size() / 3;
  Tally sum = statistics.sum({0, middle});
  sum += statistics.sum({middle, statistics.stretches().size()});
  EXPECT_EQ(sum, statistics.sum());
  Pencil pencil;
  pencil.classic = false;
  for (const Event& event : session.events) pencil.see(event);
  expect_equal(statistics.sum(), pencil.counted);
}

TEST(Statistics, OfAStretchAreThoseOfItsEvents) {
  const RecordedEvents session =
      run_session(busy_session(PoolKind::kClassic, 8), 40'000, 4'000'000'000);
  const Statistics statistics = statistics_of(session.config, session.events);
  const std::int64_t seen_from_ns = session.events[session.events.size() / 4].time_ns;
  const std::int64_t seen_to_ns = session.events[session.events.size() / 2].time_ns;
  const auto range = statistics.range(seen_from_ns, seen_to_ns);
  ASSERT_GT(range.last, range.first);
  const std::int64_t from_ns =
      statistics.begin_ns() + static_cast<std::int64_t>(range.first) * statistics.stretch_ns();
  const std::int64_t to_ns =
      statistics.begin_ns() + static_cast<std::int64_t>(range.last) * statistics.stretch_ns();
  EXPECT_LE(from_ns, seen_from_ns);
  EXPECT_GT(to_ns, seen_to_ns);
  std::uint64_t gets = 0;
  std::uint64_t made = 0;
  for (const Event& event : session.events) {
    if (event.time_ns < from_ns || event.time_ns >= to_ns) continue;
    if (event.kind == EventKind::kGetEnd) ++gets;
    if (event.kind == EventKind::kNewMade) ++made;
  }
  EXPECT_GT(gets, 100U);
  EXPECT_EQ(statistics.sum(range).all.gets(), gets);
  EXPECT_EQ(statistics.sum(range).made_by_new, made);
}

TEST(Statistics, KeepTheLevelOfThePoolsThroughAQuietTime) {
  Statistics statistics;
  Model model = initial_model({});
  model.totals.pooled = 7;
  Event event;
  event.kind = EventKind::kResumed;
  statistics.add(event, model);
  event.time_ns = 10'000'000;
  model.totals.pooled = 2;
  statistics.add(event, model);
  ASSERT_EQ(statistics.stretches().size(), 11U);
  EXPECT_EQ(statistics.stretches()[5].pooled, 7U);
  EXPECT_EQ(statistics.stretches()[5].most_pooled, 7U);
  EXPECT_EQ(statistics.stretches()[10].pooled, 2U);
}

TEST(Statistics, StayWithinTheirMemoryWithThousandsOfPools) {
  Statistics statistics;
  Model model = initial_model({});
  model.gs[0].id = GId{0};
  Event event;
  event.kind = EventKind::kGetEnd;
  event.g = GId{0};
  constexpr int kGets = 200'000;
  for (int i = 0; i < kGets; ++i) {
    event.time_ns = i * std::int64_t{100'000};
    Operation& op = model.gs[0].last_op;
    op.where = Where::kNew;
    op.pool = PoolId{static_cast<std::uint16_t>(i % 5'000)};
    op.p = PId{0};
    statistics.add(event, model);
  }
  std::size_t rows = 0;
  for (const Tally& tally : statistics.stretches()) rows += tally.by_pool.rows().size();
  EXPECT_LE(rows, Statistics::kRowsKept + 5'000);
  EXPECT_EQ(statistics.sum().all.of(GetFrom::kNew), std::uint64_t{kGets});
  EXPECT_EQ(statistics.sum().by_pool.rows().size(), 5'000U);
}

TEST(Statistics, OfNothingAreEmpty) {
  const Statistics statistics;
  EXPECT_TRUE(statistics.empty());
  EXPECT_EQ(statistics.sum(), Tally{});
  EXPECT_EQ(statistics.range(0, 100), Statistics::Range{});
}

}  // namespace
}  // namespace poolscope::testing
