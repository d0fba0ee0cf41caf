#include "core/story/object_life.h"

#include <map>

#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "tests/core/story/linear_play.h"
#include "tests/support/sessions.h"

namespace poolscope::testing {
namespace {

using LifeKind = LifeEntry::Kind;

/// The lives of all objects of a session.
std::vector<ObjectLife> lives_of(const SessionConfig& config, std::span<const Event> events) {
  Model model = initial_model(config);
  for (const Event& event : events) reduce(model, event);
  std::vector<ObjectLife> lives;
  for (std::uint32_t i = 1; i <= model.totals.created; ++i) lives.emplace_back(ObjectId{i});
  model = initial_model(config);
  for (const Event& event : events) {
    reduce(model, event);
    for (ObjectLife& life : lives) life.add(event, model);
  }
  return lives;
}

std::vector<LifeKind> kinds_of_life(const ObjectLife& life) {
  std::vector<LifeKind> kinds;
  for (const LifeEntry& entry : life.entries()) kinds.push_back(entry.kind);
  return kinds;
}

TEST(ObjectLife, TellsAPutAGetAndAGc) {
  VirtualPool v(2, 2);
  const ObjectId object = v.make(0);
  v.put(0, object, 0);
  ASSERT_EQ(v.get(0, 0), object);
  v.put(0, object, 1);
  v.gc();
  const std::vector<ObjectLife> lives = lives_of(v.config(), v.events());
  ASSERT_EQ(lives.size(), 1U);
  EXPECT_EQ(kinds_of_life(lives[0]),
            (std::vector{LifeKind::kMadeByUser, LifeKind::kPutPrivate, LifeKind::kGotPrivate,
                         LifeKind::kPutPrivate, LifeKind::kDroppedByGc}));
  EXPECT_EQ(lives[0].gets(), 1U);
  EXPECT_EQ(lives[0].entries()[3].owner, PId{1});
  EXPECT_EQ(lives[0].entries()[4].number, 1U) << "the first GC";
}

TEST(ObjectLife, TellsAStealAndAGrow) {
  VirtualPool v(2, 2);
  const ObjectId first = v.make(0);
  const ObjectId second = v.make(0);
  v.put(0, first, 0);
  v.put(0, second, 0);
  ASSERT_EQ(v.get(1, 1), second);
  v.resize(4);
  static_cast<void>(v.get(1, 3));
  const std::vector<ObjectLife> lives = lives_of(v.config(), v.events());
  EXPECT_EQ(kinds_of_life(lives[1]),
            (std::vector{LifeKind::kMadeByUser, LifeKind::kPushed, LifeKind::kStole}));
  EXPECT_EQ(lives[1].entries()[2].g, GId{1});
  EXPECT_EQ(lives[1].entries()[2].place, 0);
  EXPECT_EQ(kinds_of_life(lives[0]).back(), LifeKind::kDroppedByGrow);
  EXPECT_EQ(lives[0].entries().back().number, 4U) << "GOMAXPROCS";
}

/// What a life says last agrees with where the model has the object, in sessions of chance.
void expect_lives_end_where_the_model_has_them(const SessionConfig& config,
                                               std::span<const Event> events,
                                               std::map<LifeKind, int>& seen) {
  Model model = initial_model(config);
  for (const Event& event : events) reduce(model, event);
  std::map<ObjectId, int> pooled;  // 1: in a current array, 2: in a dropped one
  for (const auto& [id, array] : model.arrays) {
    const int where = array.status == ArrayState::Status::kDropped ? 2 : 1;
    for (const LocalState& local : array.locals) {
      if (local.private_object.valid()) pooled[local.private_object] = where;
      for (const ObjectId object : local.shared.cells()) pooled[object] = where;
    }
  }
  for (const ObjectLife& life : lives_of(config, events)) {
    SCOPED_TRACE(life.object().value);
    const std::vector<LifeEntry> entries = life.entries();
    ASSERT_FALSE(entries.empty());
    for (const LifeEntry& entry : entries) ++seen[entry.kind];
    const bool made = entries.front().kind == LifeKind::kMadeByNew ||
                      entries.front().kind == LifeKind::kMadeByUser;
    EXPECT_TRUE(made);
    using enum LifeEntry::Kind;
    const LifeKind last = entries.back().kind;
    const bool in_pool = last == kPutPrivate || last == kPushed || last == kBecameVictim;
    const bool dropped = last == kDroppedByGc || last == kDroppedByGrow || last == kPushedTooLate;
    const auto place = pooled.find(life.object());
    EXPECT_EQ(in_pool, place != pooled.end() && place->second == 1);
    if (place != pooled.end() && place->second == 2) {
      EXPECT_TRUE(dropped);
    }
  }
}

TEST(ObjectLife, EndsWhereTheModelHasTheObject) {
  std::map<LifeKind, int> seen;
  for (std::uint64_t seed = 1; seed <= 30 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const VirtualPool v = random_session(seed, 800);
    expect_lives_end_where_the_model_has_them(v.config(), v.events(), seen);
  }
  const RecordedEvents modern = run_session(busy_session(PoolKind::kModern, 3), 20'000);
  expect_lives_end_where_the_model_has_them(modern.config, modern.events, seen);
  using enum LifeEntry::Kind;
  for (const LifeKind kind :
       {kMadeByNew, kMadeByUser, kPutPrivate, kPushed, kPushedTooLate, kDiceDropped, kGotPrivate,
        kGotShared, kStole, kDroppedByGc, kDroppedByGrow}) {
    EXPECT_GT(seen[kind], 0) << static_cast<int>(kind);
  }
}

TEST(ObjectLife, KeepsTheBeginningAndTheEndOfALongOne) {
  VirtualPool v(1, 1);
  const ObjectId object = v.make(0);
  for (int i = 0; i < 400; ++i) {
    v.put(0, object, 0);
    ASSERT_EQ(v.get(0, 0), object);
  }
  const ObjectLife life = lives_of(v.config(), v.events())[0];
  EXPECT_EQ(life.entries().size(), ObjectLife::kFirstKept + ObjectLife::kLastKept);
  EXPECT_EQ(life.left_out(), 801 - life.entries().size());
  EXPECT_EQ(life.entries().front().kind, LifeKind::kMadeByUser);
  EXPECT_EQ(life.gets(), 400U);
}

}  // namespace
}  // namespace poolscope::testing
