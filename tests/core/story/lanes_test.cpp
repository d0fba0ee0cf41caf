#include "core/story/lanes.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

using Kind = Span::Kind;

// A session told by hand: keeps the part of the model that lanes read, as reduce would, and hands
// each event to the lanes.
class Story {
 public:
  Story(std::uint16_t procs, std::uint16_t goroutines) {
    model_.procs = procs;
    model_.ps.resize(procs);
    for (std::uint32_t g = 0; g < goroutines; ++g) model_.gs[g].id = GId{g};
  }

  Story& at(std::int64_t time_ns) {
    time_ns_ = time_ns;
    return *this;
  }
  Story& run(std::uint16_t g, std::uint16_t p) {
    GState& gs = model_.gs[g];
    gs.status = GState::Status::kRunning;
    gs.p = PId{p};
    model_.ps[p].g = GId{g};
    return tell(EventKind::kGoRun, g);
  }
  Story& park(std::uint16_t g, ParkReason reason) {
    GState& gs = model_.gs[g];
    gs.status = GState::Status::kParked;
    gs.park_reason = reason;
    model_.ps[gs.p.value].g = GId::none();
    model_.ps[gs.p.value].remembered_by = GId{g};
    return tell(EventKind::kGoPark, g);
  }
  Story& begin(std::uint16_t g, Operation::Kind kind, std::uint32_t object = 0) {
    model_.gs[g].op.kind = kind;
    model_.gs[g].op.object = ObjectId{object};
    const bool put = kind == Operation::Kind::kPut;
    return tell(put ? EventKind::kPutBegin : EventKind::kGetBegin, g, object);
  }
  Story& end(std::uint16_t g, Where where, std::uint32_t object = 0) {
    GState& gs = model_.gs[g];
    const bool put = gs.op.kind == Operation::Kind::kPut;
    gs.last_op = gs.op;
    gs.last_op.where = where;
    gs.op = {};
    return tell(put ? EventKind::kPutEnd : EventKind::kGetEnd, g, object);
  }
  Story& wait_for_lock(std::uint16_t g) {
    park(g, ParkReason::kLock);
    model_.gs[g].waits_for_lock = true;
    return tell(EventKind::kLockWait, g);
  }
  Story& lock(std::uint16_t g) {
    model_.gs[g].waits_for_lock = false;
    return tell(EventKind::kLocked, g);
  }
  Story& stop(StopCause cause, std::uint32_t wanted_procs, std::int64_t stopped_ns,
              std::int64_t started_ns, std::uint64_t dropped) {
    model_.stop.cause = cause;
    const auto detail = static_cast<std::uint8_t>(cause);
    tell_world(EventKind::kStopRequested, detail, wanted_procs);
    at(stopped_ns).tell_world(EventKind::kWorldStopped, 0, 0);
    if (cause == StopCause::kResize) model_.procs = wanted_procs;
    model_.stop.dropped = dropped;
    return at(started_ns).tell_world(EventKind::kWorldStarted, detail, 0);
  }
  /// A Get of `g`, which runs, and then user code, both `ns` long.
  Story& get(std::uint16_t g, Where where, std::int64_t ns) {
    begin(g, Operation::Kind::kGet);
    at(time_ns_ + ns).end(g, where, 1);
    return at(time_ns_ + ns);
  }

  [[nodiscard]] const std::vector<Span>& lane(std::size_t p) const { return lanes_.lanes().at(p); }
  [[nodiscard]] const Lanes& lanes() const { return lanes_; }
  [[nodiscard]] std::uint64_t seq() const { return seq_; }

 private:
  Story& tell(EventKind kind, std::uint16_t g, std::uint32_t object = 0) {
    Event event;
    event.set_seq(++seq_);
    event.time_ns = time_ns_;
    event.kind = kind;
    event.g = GId{g};
    event.p = model_.gs[g].p;
    event.object = ObjectId{object};
    lanes_.add(event, model_);
    return *this;
  }
  Story& tell_world(EventKind kind, std::uint8_t detail, std::uint32_t number) {
    Event event;
    event.set_seq(++seq_);
    event.time_ns = time_ns_;
    event.kind = kind;
    event.detail = detail;
    event.object = ObjectId{number};
    lanes_.add(event, model_);
    return *this;
  }

  Model model_;
  Lanes lanes_;
  std::int64_t time_ns_ = 0;
  std::uint64_t seq_ = 0;
};

std::vector<Kind> kinds_of(const std::vector<Span>& lane) {
  std::vector<Kind> kinds;
  for (const Span& span : lane) kinds.push_back(span.kind);
  return kinds;
}

void expect_ordered(const std::vector<Span>& lane) {
  for (std::size_t i = 1; i < lane.size(); ++i) {
    ASSERT_LE(lane[i - 1].end_ns, lane[i].begin_ns) << "span " << i;
    ASSERT_LE(lane[i - 1].end_seq, lane[i].begin_seq) << "span " << i;
  }
}

TEST(Lanes, AGetGetsItsKindWhenItEnds) {
  Story story(1, 1);
  story.at(10).run(0, 0).at(20).begin(0, Operation::Kind::kGet);
  ASSERT_EQ(story.lane(0).size(), 2U);
  EXPECT_EQ(story.lane(0)[0].kind, Kind::kUser);
  EXPECT_EQ(story.lane(0)[1].kind, Kind::kGet);
  EXPECT_TRUE(story.lane(0)[1].open());
  story.at(50).end(0, Where::kPrivate, 7);
  const Span& get = story.lane(0)[1];
  EXPECT_EQ(get.kind, Kind::kHit);
  EXPECT_EQ(get.begin_ns, 20);
  EXPECT_EQ(get.end_ns, 50);
  EXPECT_EQ(get.begin_seq, 2U);
  EXPECT_EQ(get.end_seq, 3U);
  EXPECT_EQ(get.busy_ns, 30);
  EXPECT_EQ(get.object, ObjectId{7});
  EXPECT_EQ(get.g, GId{0});
  EXPECT_EQ(story.lane(0)[2].kind, Kind::kUser);
}

TEST(Lanes, EachOutcomeHasItsKind) {
  Story story(1, 1);
  story.run(0, 0);
  for (const Where where : {Where::kPrivate, Where::kShared, Where::kSteal, Where::kOrphanSteal,
                            Where::kNew, Where::kNil}) {
    story.get(0, where, 10);
  }
  story.begin(0, Operation::Kind::kPut, 5).at(500).end(0, Where::kShared);
  std::vector<Kind> operations = kinds_of(story.lane(0));
  std::erase(operations, Kind::kUser);
  EXPECT_EQ(operations, (std::vector<Kind>{Kind::kHit, Kind::kHit, Kind::kSteal, Kind::kSteal,
                                           Kind::kNew, Kind::kNil, Kind::kPut}));
}

TEST(Lanes, ALockWaitIsSeenOnThePThatTheGoroutineRemembers) {
  Story story(1, 1);
  story.run(0, 0).begin(0, Operation::Kind::kGet);
  story.at(10).wait_for_lock(0).at(40).lock(0).run(0, 0).at(60).end(0, Where::kShared, 3);
  ASSERT_EQ(kinds_of(story.lane(0)),
            (std::vector<Kind>{Kind::kHit, Kind::kLockWait, Kind::kHit, Kind::kUser}));
  EXPECT_EQ(story.lane(0)[1].begin_ns, 10);
  EXPECT_EQ(story.lane(0)[1].end_ns, 40);
  EXPECT_EQ(story.lane(0)[2].object, ObjectId{3});
}

TEST(Lanes, ALaneTurnsToTheGoroutineThatTakesItsP) {
  Story story(1, 2);
  story.run(0, 0).begin(0, Operation::Kind::kPut, 9);
  story.at(10).park(0, ParkReason::kStep);
  story.at(20).run(1, 0);
  ASSERT_EQ(story.lane(0).size(), 2U);
  EXPECT_EQ(story.lane(0)[0].g, GId{0});
  EXPECT_EQ(story.lane(0)[0].end_ns, 20) << "it stood at its step until the P was taken";
  EXPECT_EQ(story.lane(0)[1].g, GId{1});
  story.at(30).park(1, ParkReason::kSleep);
  EXPECT_FALSE(story.lane(0).back().open()) << "a sleeper leaves its P idle";
}

TEST(Lanes, AnOperationThatMigratesGoesOnInTheOtherLane) {
  Story story(2, 1);
  story.run(0, 0).begin(0, Operation::Kind::kGet);
  story.at(10).park(0, ParkReason::kStep).at(30).run(0, 1).at(50).end(0, Where::kSteal, 2);
  ASSERT_EQ(kinds_of(story.lane(0)), (std::vector<Kind>{Kind::kSteal}));
  EXPECT_EQ(story.lane(0)[0].end_ns, 30);
  ASSERT_EQ(kinds_of(story.lane(1)), (std::vector<Kind>{Kind::kSteal, Kind::kUser}));
  EXPECT_EQ(story.lane(1)[0].begin_ns, 30);
  EXPECT_EQ(story.lane(1)[0].end_ns, 50);
}

TEST(Lanes, AStopTheWorldLeavesAMark) {
  Story story(4, 1);
  story.at(100).stop(StopCause::kGc, 0, 130, 150, 14);
  story.at(200).stop(StopCause::kResize, 8, 210, 220, 0);
  story.at(300).stop(StopCause::kCheck, 0, 310, 320, 0);
  ASSERT_EQ(story.lanes().marks().size(), 2U);
  const Mark& gc = story.lanes().marks()[0];
  EXPECT_EQ(gc.kind, Mark::Kind::kGc);
  EXPECT_EQ(gc.time_ns, 100);
  EXPECT_EQ(gc.stopped_ns, 130);
  EXPECT_EQ(gc.started_ns, 150);
  EXPECT_EQ(gc.dropped, 14U);
  const Mark& resize = story.lanes().marks()[1];
  EXPECT_EQ(resize.kind, Mark::Kind::kResize);
  EXPECT_EQ(resize.procs_before, 4U);
  EXPECT_EQ(resize.procs, 8U);
  EXPECT_EQ(resize.started_ns, 220);
}

TEST(Lanes, AFullLaneSumsItsOlderPartAndKeepsTheNewest) {
  Story story(1, 1);
  story.run(0, 0);
  constexpr std::size_t kGets = 60'000;
  for (std::size_t i = 0; i < kGets; ++i) {
    story.get(0, i % 1000 == 0 ? Where::kSteal : Where::kPrivate, 10);
  }
  const std::vector<Span>& lane = story.lane(0);
  EXPECT_LE(lane.size(), Lanes::kSpansKept);
  expect_ordered(lane);
  EXPECT_EQ(lane.front().begin_ns, 0);

  std::uint64_t parts = 0;
  std::int64_t busy_ns = 0;
  std::size_t with_steal = 0;
  for (const Span& span : lane) {
    parts += span.parts;
    busy_ns += span.busy_ns;
    with_steal += span.has(Kind::kSteal) ? 1U : 0U;
  }
  EXPECT_EQ(parts, 2 * kGets) << "each Get and the user code after it, the last one open";
  EXPECT_EQ(busy_ns, static_cast<std::int64_t>(kGets) * 10);
  EXPECT_GE(with_steal, 50U) << "a rare steal can still be seen in a sum";

  EXPECT_TRUE(lane.front().summed());
  EXPECT_EQ(lane.front().kind, Kind::kHit);
  for (std::size_t i = lane.size() - 1'000; i < lane.size(); ++i) {
    ASSERT_FALSE(lane[i].summed()) << "the newest part is exact, span " << i;
  }
}

TEST(Lanes, SumsAreEvenOverTheSession) {
  Story story(1, 1);
  story.run(0, 0);
  constexpr std::int64_t kGets = 200'000;
  for (std::int64_t i = 0; i < kGets; ++i) story.get(0, Where::kPrivate, 10);
  const std::int64_t session_ns = kGets * 20;
  std::int64_t longest_ns = 0;
  for (const Span& span : story.lane(0)) {
    if (!span.open()) longest_ns = std::max(longest_ns, span.end_ns - span.begin_ns);
  }
  EXPECT_LT(longest_ns, session_ns / 2'000) << "fine enough for any screen";
}

TEST(Lanes, ManyLanesShareTheMemory) {
  EXPECT_EQ(Lanes::limit_of(1), Lanes::kSpansKept);
  EXPECT_LE(Lanes::limit_of(256) * 256, Lanes::kSpansKeptInAll);
  constexpr std::uint16_t kProcs = 256;
  Story story(kProcs, kProcs);
  for (std::uint16_t p = 0; p < kProcs; ++p) story.run(p, p);
  for (int round = 0; round < 1'000; ++round) {
    for (std::uint16_t p = 0; p < kProcs; ++p) story.get(p, Where::kNew, 1);
  }
  std::size_t spans = 0;
  for (const std::vector<Span>& lane : story.lanes().lanes()) {
    spans += lane.size();
    expect_ordered(lane);
  }
  EXPECT_LE(spans, Lanes::kSpansKeptInAll);
  EXPECT_GE(spans, Lanes::kSpansKeptInAll / 4) << "room that is there is used";
}

TEST(Lanes, MarksAreJoinedByKindWhenThereAreTooMany) {
  Story story(2, 1);
  constexpr std::uint32_t kPairs = 5'000;
  for (std::uint32_t i = 0; i < kPairs; ++i) {
    const std::int64_t t = std::int64_t{i} * 100;
    story.at(t).stop(StopCause::kGc, 0, t + 10, t + 20, 3);
    story.at(t + 50).stop(StopCause::kResize, 2 + i % 2, t + 60, t + 70, 0);
  }
  EXPECT_LE(story.lanes().marks().size(), Lanes::kMarksKept);
  std::uint64_t counted = 0;
  std::uint64_t dropped = 0;
  for (const Mark& mark : story.lanes().marks()) {
    counted += mark.count;
    dropped += mark.dropped;
  }
  EXPECT_EQ(counted, 2 * kPairs);
  EXPECT_EQ(dropped, 3 * kPairs);
  EXPECT_TRUE(std::ranges::is_sorted(story.lanes().marks(), {}, &Mark::time_ns));
}

TEST(Lanes, EqualEventsGiveEqualLanes) {
  const auto tell = [] {
    Story story(2, 2);
    story.run(0, 0).run(1, 1);
    for (int i = 0; i < 30'000; ++i)
      story.get(static_cast<std::uint16_t>(i % 2), Where::kShared, 3);
    return story;
  };
  EXPECT_EQ(tell().lanes().lanes(), tell().lanes().lanes());
}

TEST(MergedSpan, TakesTheKindThatLastedLongestAndNeverUserCodeBesideAnOperation) {
  const auto span = [](Kind kind, std::int64_t begin_ns, std::int64_t end_ns) {
    Span result;
    result.kind = kind;
    result.begin_ns = begin_ns;
    result.end_ns = end_ns;
    result.kind_ns = end_ns - begin_ns;
    result.busy_ns = kind == Kind::kUser ? 0 : result.kind_ns;
    return result;
  };
  const Span user = span(Kind::kUser, 0, 90);
  const Span hit = span(Kind::kHit, 90, 100);
  const Span made = span(Kind::kNew, 100, 130);
  EXPECT_EQ(merged(user, hit).kind, Kind::kHit);
  EXPECT_EQ(merged(merged(user, hit), made).kind, Kind::kNew);
  EXPECT_EQ(merged(hit, made).busy_ns, 40);
  EXPECT_EQ(merged(hit, made).parts, 2U);
  EXPECT_EQ(merged(hit, user).kind, Kind::kHit);
}

TEST(TimeIndex, FindsEventsByTimeAndTimesByEvent) {
  TimeIndex index;
  EXPECT_EQ(index.seq_at(5), 0U);
  EXPECT_EQ(index.time_at(5), 0);
  for (std::uint64_t seq = 1; seq <= 4; ++seq) {
    index.add(seq, static_cast<std::int64_t>(seq * 100));
  }
  EXPECT_EQ(index.seq_at(99), 0U);
  EXPECT_EQ(index.seq_at(100), 1U);
  EXPECT_EQ(index.seq_at(199), 1U);
  EXPECT_EQ(index.seq_at(300), 3U);
  EXPECT_EQ(index.seq_at(9'999), 4U);
  EXPECT_EQ(index.time_at(3), 300);
  EXPECT_EQ(index.time_at(77), 400);
}

TEST(TimeIndex, StaysCloseWhenSamplesAreThinned) {
  TimeIndex index;
  constexpr std::uint64_t kEvents = 1'000'000;
  for (std::uint64_t seq = 1; seq <= kEvents; ++seq) {
    index.add(seq, static_cast<std::int64_t>(seq) * 1'000);
  }
  for (const std::uint64_t seq : {std::uint64_t{1}, kEvents / 3, kEvents - 7, kEvents}) {
    EXPECT_NEAR(static_cast<double>(index.time_at(seq)), static_cast<double>(seq) * 1'000, 1'000);
    EXPECT_NEAR(static_cast<double>(index.seq_at(static_cast<std::int64_t>(seq) * 1'000)),
                static_cast<double>(seq), 1.0);
  }
}

}  // namespace
}  // namespace poolscope
