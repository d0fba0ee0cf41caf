// When the moves of an object are drawn: one after the other, each long enough to be seen.

#include "core/story/legs.h"

#include <map>

#include <gtest/gtest.h>

#include "tests/core/story/linear_play.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

constexpr std::int64_t kMs = 1'000'000;
constexpr LegTimes kTimes{.usual_ns = 600 * kMs, .least_ns = 250 * kMs, .lost_ns = 500 * kMs};

Move move_of(std::uint32_t object, std::int64_t time_ns, Place::Kind to = Place::Kind::kHand) {
  Move move;
  move.object = ObjectId{object};
  move.to.kind = to;
  move.time_ns = time_ns;
  return move;
}

using Times = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// From when to when each is drawn, ms.
Times times_of(const std::vector<Move>& moves) {
  Times times;
  for (const Leg& leg : legs_of(moves, kTimes)) {
    times.emplace_back(leg.begin_ns / kMs, leg.end_ns / kMs);
  }
  return times;
}

TEST(Legs, AMoveAloneTakesItsUsualTime) {
  EXPECT_EQ(times_of({move_of(1, 1000 * kMs)}), (Times{{1000, 1600}}));
}

TEST(Legs, APopAndTheReturnOfItsGetAtOneMomentFollowEachOther) {
  EXPECT_EQ(times_of({move_of(1, 1000 * kMs), move_of(1, 1000 * kMs)}),
            (Times{{1000, 1250}, {1250, 1850}}));
}

TEST(Legs, AreAsLongAsThereIsTimeForThem) {
  EXPECT_EQ(times_of({move_of(1, 0), move_of(1, 400 * kMs), move_of(1, 5000 * kMs)}),
            (Times{{0, 464}, {464, 1064}, {5000, 5600}}));
}

TEST(Legs, OfSeveralObjectsDoNotWaitForEachOther) {
  EXPECT_EQ(times_of({move_of(1, 0), move_of(2, 0), move_of(1, 0)}),
            (Times{{0, 250}, {0, 600}, {250, 850}}));
}

TEST(Legs, ALostObjectArrivesBeforeItDissolves) {
  EXPECT_EQ(times_of({move_of(1, 0), move_of(1, 100 * kMs, Place::Kind::kLost)}),
            (Times{{0, 331}, {331, 831}}));
}

// The next move is not known before it comes: until then the leg is where it would be without it.
TEST(Legs, AMoveThatComesWhileALegIsUnderWayMakesItHurryFromWhereItIs) {
  for (const std::int64_t next_ms : {0, 50, 150, 300, 450, 599}) {
    const Leg alone = legs_of(std::vector{move_of(1, 0)}, kTimes).front();
    const auto legs = legs_of(std::vector{move_of(1, 0), move_of(1, next_ms * kMs)}, kTimes);
    EXPECT_DOUBLE_EQ(legs[0].part(next_ms * kMs), alone.part(next_ms * kMs)) << next_ms;
    EXPECT_GE(legs[0].end_ns, 250 * kMs);
    EXPECT_LE(legs[0].end_ns, alone.end_ns);
    double before = 0;
    for (std::int64_t t = 0; t <= legs[0].end_ns; t += kMs) {
      const double part = legs[0].part(t);
      EXPECT_GE(part, before);
      EXPECT_LE(part - before, 1.5 / 250 + 1e-9) << "at " << t / kMs << " ms";
      before = part;
    }
    EXPECT_DOUBLE_EQ(legs[0].part(legs[0].end_ns), 1);
  }
}

TEST(Legs, StartAnewWhereTheyWouldBeALongWayBehind) {
  std::vector<Move> moves;
  moves.reserve(40);
  for (std::int64_t i = 0; i < 40; ++i) moves.push_back(move_of(1, i * 10 * kMs));
  std::int64_t end_ns = 0;
  for (const Leg& leg : legs_of(moves, kTimes)) {
    EXPECT_GE(leg.begin_ns, end_ns);
    EXPECT_LE(leg.begin_ns - leg.move.time_ns, kMostLate_ns);
    end_ns = leg.end_ns;
  }
}

/// Every object that changed place is on the way in the frames of at least 250 ms, whichever pool.
TEST(Legs, EveryMoveOfALectureIsOnTheWayInFiveFramesFiftyMillisecondsApart) {
  constexpr std::int64_t kFrame_ns = 50 * kMs;
  for (const PoolKind pool : {PoolKind::kClassic, PoolKind::kModern}) {
    const RecordedEvents session = run_session(busy_session(pool, 7), 4'000);
    // The same events at the pace of a lecture: each goroutine waits 400 ms where it is pinned and
    // where it is not.
    std::map<GId, std::int64_t> until_ns;
    LinearPlay play(session.config);
    using Seen = std::pair<std::uint64_t, ObjectId>;  // the move's event, and what moved
    std::map<Seen, int> frames;
    std::int64_t now_ns = 0;
    std::int64_t frame_ns = 0;
    std::vector<Move> moves;
    for (Event event : session.events) {
      if (event.g.valid() && event.kind < EventKind::kStopRequested) {
        std::int64_t& own_ns = until_ns[event.g];
        now_ns = std::max(now_ns, own_ns);
        const bool waits = event.kind == EventKind::kPinned || event.kind == EventKind::kUnpinned ||
                           event.kind == EventKind::kGetEnd;
        if (waits) own_ns = now_ns + 400 * kMs;
      }
      for (; frame_ns < now_ns; frame_ns += kFrame_ns) {
        for (const Leg& leg : legs_of(play.told().moves, kTimes)) {
          if (leg.at(frame_ns)) ++frames[{leg.move.seq, leg.move.object}];
        }
      }
      event.time_ns = now_ns;
      play.add(event);
      const Told told = play.told();
      for (const Move& move : told.moves) {
        if (move.seq == event.seq) moves.push_back(move);
      }
    }
    ASSERT_GT(moves.size(), 100U);
    for (const Move& move : moves) {
      if (move.time_ns > now_ns - 3'000 * kMs) continue;  // not all of it was drawn yet
      EXPECT_GE((frames[{move.seq, move.object}]), 5)
          << "#" << move.object.value << " at event " << move.seq;
    }
  }
}

}  // namespace
}  // namespace poolscope::testing
