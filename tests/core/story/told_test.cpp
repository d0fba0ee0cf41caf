// What is told of a moment: the sentence's choice, moves, thefts and writes.

#include "core/story/told.h"

#include <gtest/gtest.h>

#include "tests/core/story/linear_play.h"

namespace poolscope::testing {
namespace {

using Rarity = Spotlight::Rarity;

constexpr std::int64_t kSecond = 1'000'000'000;

Told told_of(const VirtualPool& v) { return LinearPlay(v.config(), v.events()).told(); }
Spotlight spotlight_of(const VirtualPool& v) { return told_of(v).spotlight; }

/// So much time passes with the next event, which tells nothing.
void wait(VirtualPool& v, std::int64_t ns) {
  const std::int64_t tick_ns = std::exchange(v.tick_ns, ns);
  v.make(1);
  v.tick_ns = tick_ns;
}

TEST(TheSentence, IsAboutTheFirstFactAtOnceAndHoldsItForTwoSeconds) {
  VirtualPool v(2, 2);
  v.tick_ns = 1'000'000;
  wait(v, 7 * kSecond + kSecond / 5);
  const ObjectId first = v.make(0);
  v.put(0, first, 0);
  EXPECT_EQ(spotlight_of(v).op.object, first);
  const std::int64_t since_ns = spotlight_of(v).time_ns;
  const ObjectId second = v.make(0);
  v.put(0, second, 0);
  EXPECT_EQ(spotlight_of(v).op.object, first) << "its two seconds have just begun";
  wait(v, kSentenceHold_ns);
  const ObjectId third = v.make(0);
  v.put(0, third, 0);
  EXPECT_EQ(spotlight_of(v).op.object, third);
  EXPECT_GE(spotlight_of(v).time_ns - since_ns, kSentenceHold_ns);
}

TEST(TheSentence, IsAtOnceAboutAGcAndForFourSeconds) {
  VirtualPool v(2, 2);
  v.tick_ns = 1'000'000;
  v.put(0, v.make(0), 0);
  v.gc();
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kGc);
  EXPECT_EQ(spotlight_of(v).stop.dropped, 1U);
  v.put(0, v.make(0), 0);
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kGc) << "a Put is not as rare";
  wait(v, kRareHold_ns);
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kGc) << "what has happened meanwhile is over";
  v.put(0, v.make(0), 0);
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kShared);
}

TEST(TheSentence, IsAboutTheNewerOfTwoRareThings) {
  VirtualPool v(2, 2);
  v.tick_ns = 1'000'000;
  v.put(0, v.make(0), 0);
  v.resize(4);
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kResize);
  v.put(1, v.make(1), 3);  // pinSlow drops the array of 2
  ASSERT_EQ(spotlight_of(v).rarity, Rarity::kLost);
  EXPECT_EQ(spotlight_of(v).loss.cause, LostCause::kRealloc);
  EXPECT_EQ(spotlight_of(v).loss.object, ObjectId{1});
  EXPECT_EQ(spotlight_of(v).g, GId{1});
}

TEST(TheSentence, PassesOverHitsInPrivateWhereSomethingRarerMayCome) {
  VirtualPool v(2, 2);
  v.tick_ns = 1000;
  v.put(0, v.make(0), 0);
  const std::int64_t first_ns = spotlight_of(v).time_ns;
  v.tick_ns = kSecond / 100;
  // From here on facts follow each other within two seconds.
  while (v.model().time_ns < first_ns + kSentenceHold_ns) {
    v.get(0, 0);
    v.put(0, v.hand(0).back(), 0);
  }
  v.tick_ns = 1000;
  v.get(0, 0);
  EXPECT_EQ(spotlight_of(v).time_ns, first_ns) << "a hit as soon as the sentence is free";
  v.get(1, 1);  // New
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kNew);
}

TEST(TheSentence, IsAboutTheLastOperationWhenNothingHasHappenedForLong) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);
  wait(v, 60 * kSecond);
  EXPECT_EQ(spotlight_of(v).rarity, Rarity::kShared);
  EXPECT_EQ(spotlight_of(v).op.object, ObjectId{2});
}

TEST(TheSentence, StandsForTwoSecondsUnlessSomethingRareComes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const VirtualPool v = random_session(seed, 1500);
    LinearPlay play(v.config());
    Spotlight shown;
    for (const Event& event : v.events()) {
      play.add(event);
      const Spotlight now = play.told().spotlight;
      // Not the last operation of a quiet time, which has no event of its own.
      if (now.seq != event.seq || now.rarity >= Rarity::kResize) continue;
      if (now.op.where == Where::kOrphanSteal) continue;  // takes back a loss at once
      if (shown.seq != 0) {
        EXPECT_GE(now.time_ns - shown.time_ns, kSentenceHold_ns) << "seed " << seed;
      }
      shown = now;
    }
  }
}

TEST(TheSentence, IsToldTwentyTimesAMinuteWhereMuchHappens) {
  VirtualPool v(4, 4);
  v.tick_ns = 5'000'000;
  LinearPlay play(v.config());
  std::vector<std::uint64_t> told;
  std::size_t done = 0;
  while (v.model().time_ns < 120 * kSecond) {
    const int g = static_cast<int>(done % 4);
    if (v.hand(g).empty()) {
      v.get(g, g);
    } else {
      v.put(g, v.hand(g).back(), (g + 1) % 4);
    }
    for (; done < v.events().size(); ++done) {
      play.add(v.events()[done]);
      const Spotlight now = play.told().spotlight;
      if (now.seq != 0 && (told.empty() || told.back() != now.seq)) told.push_back(now.seq);
    }
  }
  EXPECT_GE(told.size(), 40U);
}

TEST(TheSentence, TakesBackALossThatIsRescued) {
  VirtualPool v(2, 3);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);  // #2 in shared
  v.begin_get(1, 1);
  v.advance_to(1, Step::kSlowLoaded);
  v.resize(4);
  v.put(2, v.make(2), 3);
  ASSERT_EQ(spotlight_of(v).loss.count, 2U);
  v.finish(1);
  EXPECT_EQ(v.hand(1).back(), ObjectId{2}) << "rescued from the dropped array";
  EXPECT_NE(spotlight_of(v).loss.object, ObjectId{2});
  EXPECT_LE(spotlight_of(v).loss.count, 1U);
}

TEST(TheSentence, IsAboutARescueAtOnceAndNoLongerAboutTheLoss) {
  VirtualPool v(2, 3);
  v.put(0, v.make(0), 0);
  v.put(0, v.make(0), 0);  // #2 in shared
  v.begin_get(1, 1);
  v.advance_to(1, Step::kSlowLoaded);
  v.resize(4);
  v.put(2, v.make(2), 3);
  ASSERT_EQ(spotlight_of(v).rarity, Rarity::kLost);
  v.finish(1);
  EXPECT_EQ(spotlight_of(v).op.where, Where::kOrphanSteal);
  EXPECT_EQ(spotlight_of(v).g, GId{1});
}

// --- the sentence where goroutines take turns
// --------------------------------------------------------

/// What is told after each event, as if one goroutine had moved at a time.
std::vector<Told> told_in_turns(const VirtualPool& v) {
  SessionConfig config = v.config();
  config.pacing = Pacing::kOneAtATime;
  LinearPlay play(config);
  std::vector<Told> all;
  for (const Event& event : v.events()) {
    play.add(event);
    all.push_back(play.told());
  }
  return all;
}

TEST(TheSentenceOfAStory, IsAboutEachMoveAtOnce) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const VirtualPool v = random_session(seed, 600);
    const std::vector<Told> told = told_in_turns(v);
    int moves = 0;
    for (const Event& event : v.events()) {
      const bool in_operation =
          event.kind == EventKind::kPrivateStore || event.kind == EventKind::kPrivateTake ||
          event.kind == EventKind::kSharedPush || event.kind == EventKind::kSharedPop ||
          event.kind == EventKind::kNewMade;
      if (!in_operation || !event.object.valid()) continue;
      const Spotlight& spot = told[event.seq - 1].spotlight;
      ++moves;
      if (spot.rarity == Rarity::kLost) continue;  // the move is the loss
      EXPECT_EQ(spot.seq, event.seq) << "seed " << seed;
      EXPECT_EQ(spot.g, event.g) << "seed " << seed;
      EXPECT_EQ(spot.op.object, event.object) << "seed " << seed;
    }
    EXPECT_GT(moves, 10);
  }
}

TEST(TheSentenceOfAStory, IsAboutAGcOrAResizeForFourSecondsOfRest) {
  for (const Rarity rarity : {Rarity::kGc, Rarity::kResize}) {
    VirtualPool v(2, 2);
    v.tick_ns = 1'000'000;
    v.put(0, v.make(0), 0);
    if (rarity == Rarity::kGc) v.gc();
    if (rarity == Rarity::kResize) v.resize(3);
    const std::size_t stopped = v.events().size();
    wait(v, kRareHold_ns - 1);
    const std::size_t rested = v.events().size();
    v.begin_put(0, v.make(0), 0);
    const std::vector<Told> told = told_in_turns(v);
    EXPECT_EQ(told[stopped - 1].spotlight.rarity, rarity);
    EXPECT_EQ(told[rested - 1].spotlight, told[stopped - 1].spotlight);
    EXPECT_EQ(told.back().spotlight.g, GId{0}) << "then each step is said again";
  }
}

TEST(TheSentenceOfAStory, IsAboutAGcUntilAGoroutineThatIsSentMovesAnObject) {
  VirtualPool v(2, 2);
  v.tick_ns = 1'000'000;
  const ObjectId object = v.make(0);
  v.put(0, object, 0);
  v.gc();
  v.begin_put(0, v.make(0), 0);
  const std::size_t begun = v.events().size();
  v.finish(0);
  const std::vector<Told> told = told_in_turns(v);
  EXPECT_EQ(told[begun - 1].spotlight.rarity, Rarity::kGc);
  EXPECT_EQ(told.back().spotlight.rarity, Rarity::kPrivate);
}

TEST(TheLatest, IsWhatTheLastEventBelongsTo) {
  VirtualPool v(2, 2);
  v.put(0, v.make(0), 0);
  EXPECT_EQ(told_of(v).latest.g, GId{0});
  v.begin_get(1, 1);
  EXPECT_EQ(told_of(v).latest.g, GId{1});
  EXPECT_EQ(told_of(v).latest.op.kind, Operation::Kind::kGet);
  v.gc();
  EXPECT_EQ(told_of(v).latest.rarity, Rarity::kGc);
  EXPECT_FALSE(told_of(v).latest.g.valid());
}

// --- moves, thefts
// ---------------------------------------------------------------------------------

TEST(Moves, KeepTheNewestOldestFirst) {
  VirtualPool v(1, 1);
  for (std::uint32_t i = 0; i < 200; ++i) v.make(0);
  Told told = told_of(v);
  ASSERT_EQ(told.moves.size(), kMovesTold);
  EXPECT_EQ(told.moves.back().object, ObjectId{200});
  EXPECT_EQ(told.moves.front().object, ObjectId{200 - kMovesTold + 1});
  v.put(0, v.hand(0).back(), 0);
  told = told_of(v);
  EXPECT_EQ(told.moves.back().from.kind, Place::Kind::kFlight);
  EXPECT_EQ(told.moves.back().from.g, GId{0});
  EXPECT_EQ(told.moves.back().to, (Place{Place::Kind::kPrivate, ArrayId{1}, 0, 0, {}}));
}

TEST(Moves, AGcTakesEachObjectFromWhereItLay) {
  VirtualPool v(1, 1);
  for (int i = 0; i < 3; ++i) v.put(0, v.make(0), 0);
  v.gc();
  const Told told = told_of(v);
  ASSERT_GE(told.moves.size(), 3U);
  const auto lost = std::span(told.moves).last(3);
  EXPECT_EQ(lost[0].from, (Place{Place::Kind::kPrivate, ArrayId{1}, 0, 0, {}}));
  EXPECT_EQ(lost[1].from, (Place{Place::Kind::kShared, ArrayId{1}, 0, 0, {}}));
  EXPECT_EQ(lost[2].from, (Place{Place::Kind::kShared, ArrayId{1}, 0, 1, {}}));
  for (const Move& move : lost) EXPECT_EQ(move.to.kind, Place::Kind::kLost);
}

TEST(Thefts, NameTheThiefAndTheShardAndAreForgotten) {
  VirtualPool v(4, 2);
  v.put(0, v.make(0), 3);
  v.put(0, v.make(0), 3);
  v.get(1, 2);
  const Told told = told_of(v);
  const Robbery* robbery = told.robbery_from(PId{3});
  ASSERT_NE(robbery, nullptr);
  EXPECT_EQ(robbery->thief, GId{1});
  EXPECT_EQ(robbery->thief_p, PId{2});
  EXPECT_EQ(told.robbery_from(PId{2}), nullptr);
  wait(v, kToldFor_ns);
  EXPECT_EQ(told_of(v).robbery_from(PId{3}), nullptr);
}

}  // namespace
}  // namespace poolscope::testing
