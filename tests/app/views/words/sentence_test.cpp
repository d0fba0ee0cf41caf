// What is said of a moment, in both languages.

#include "app/views/words/sentence.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "app/locale/translate.h"
#include "app/views/words/activity.h"
#include "app/views/words/words.h"
#include "tests/support/model_samples.h"

namespace poolscope::views {
namespace {

using namespace poolscope::testing;

TEST(Sentence, TellsAStealWithItsThiefItsObjectAndItsSource) {
  EXPECT_EQ(sentence_of(model_with_steal(), told_with_steal().spotlight),
            "G4 on P2: private empty, own shared empty, steals #19 from P3.");
}

TEST(Sentence, TellsWhatTheFollowedGoroutineDoesWhateverIsRarer) {
  const Model model = contended_model();
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{3}}),
            "G3 on P3: private empty, waits for local[1]'s lock, held by G1.");
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{1}}),
            "G1 on P1 puts #18: private full, has the lock and appends to shared.");
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{4}}), "G4 has no P right now.");
}

TEST(Sentence, SaysThatNothingHasHappenedYet) {
  EXPECT_EQ(sentence_of(empty_model(), Spotlight{}), "No Put or Get has finished yet.");
}

TEST(Sentence, TellsAPutThatCameTooLate) {
  Model model = calm_model(4);
  Operation op;
  op.kind = Operation::Kind::kPut;
  op.object = ObjectId{7};
  op.p = PId{1};
  op.private_missed = true;
  op.where = Where::kOrphan;
  model.gs[1].last_op = op;
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{1}}),
            "G1 on P1 puts #7: private full, it goes into an array that was dropped meanwhile.")
      << "as long as it is not lost";
  model.lost.push_back({ObjectId{7}, PoolId{0}, LostCause::kOrphan, 0, {}});
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{1}}),
            "G1 on P1 puts #7: private full, it goes into an array that was dropped meanwhile: "
            "lost.");
}

/// A modern Get of G0 on P0 that has found nothing in local.
Operation get_in_the_victim() {
  Operation op;
  op.kind = Operation::Kind::kGet;
  op.p = PId{0};
  op.private_missed = true;
  op.own_shared_missed = true;
  op.slow = true;
  op.slow_size = 4;
  op.probes = 4;
  op.victim_array = ArrayId{1};
  op.victim_size = 4;
  op.victim_probes = 2;
  return op;
}

TEST(Sentence, TellsWhereInTheVictimAGetFoundItsObject) {
  Operation op = get_in_the_victim();
  op.object = ObjectId{9};
  op.found_at = 2;
  op.where = Where::kVictimSteal;
  EXPECT_EQ(operation_text(calm_model(4), GId{0}, op),
            "G0 on P0: private empty, own shared empty, takes #9 from the victim of P2.");
  op.where = Where::kVictimPrivate;
  EXPECT_EQ(operation_text(calm_model(4), GId{0}, op),
            "G0 on P0: private empty, own shared empty, takes #9 from private of its victim.");
  op.where = Where::kNew;
  EXPECT_EQ(operation_text(calm_model(4), GId{0}, op),
            "G0 on P0: private empty, own shared empty, nothing to steal, nothing in the victim, "
            "New makes #9.");
}

TEST(Sentence, TellsWhoseTailAThiefTries) {
  Model model = calm_model(4);
  GState& g = model.gs[0];
  g.op = get_in_the_victim();
  g.step = Step::kPopTailLoaded;
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{0}}),
            "G0 on P0: private empty, own shared empty, is about to take the oldest of the victim "
            "of P2.");
  g.op.victim_array = ArrayId::none();
  g.op.probes = 1;
  EXPECT_EQ(sentence_of(model, Spotlight{}, {.g = GId{0}}),
            "G0 on P0: private empty, own shared empty, is about to take the oldest of P2, if "
            "nobody else is faster.");
}

TEST(Sentence, TellsWhatAGcLeavesInTheVictim) {
  Model model = calm_model(4);
  model.config.pool = PoolKind::kModern;
  model.last_gc.phase = StopState::Phase::kStarted;
  model.last_gc.number = 3;
  model.last_gc.dropped = 1;
  model.last_gc.in_use = 5;
  model.pools[0].victim = std::exchange(model.pools[0].local, ArrayId::none());
  model.pools[0].victim_size = std::exchange(model.pools[0].local_size, 0U);
  const std::string banner = banner_of(model, 0);
  EXPECT_NE(
      banner.find("GC 3: local is the victim now, 1 object of the old one dropped, 5 outside"),
      std::string::npos)
      << banner;
  Spotlight spot;
  spot.rarity = Spotlight::Rarity::kGc;
  spot.stop = model.last_gc;
  EXPECT_EQ(sentence_of(model, spot),
            "17 objects wait in the victim: Gets still find them, the next GC drops them.");
  model.config.pool = PoolKind::kClassic;
  EXPECT_NE(banner_of(model, 0).find("1 pooled object dropped"), std::string::npos);
}

TEST(Sentence, TellsThatNewWasCalledAfterNothingWasFound) {
  Operation op;
  op.kind = Operation::Kind::kGet;
  op.p = PId{0};
  op.private_missed = true;
  op.own_shared_missed = true;
  op.slow = true;
  op.where = Where::kNew;
  op.object = ObjectId{43};
  EXPECT_EQ(operation_text(calm_model(4), GId{0}, op),
            "G0 on P0: private empty, own shared empty, nothing to steal, New makes #43.");
}

TEST(Banner, SaysWhatAGcHasClearedAndWhatItWaitedFor) {
  EXPECT_EQ(banner_of(model_after_gc(), 0),
            "GC 3: 17 pooled objects dropped, 6 outside the pools untouched; waited 18 µs for P3, "
            "world stopped 42 µs.");
}

TEST(Banner, SaysWhomAGcWaitsForAndHowLongAlready) {
  const Model model = model_waiting_for_gc();
  EXPECT_EQ(waited_for_text(model), "P3 (pinned in Put)");
  EXPECT_EQ(banner_of(model, model.stop.requested_ns + 250'000'000),
            "GC 3 waits for P3 (pinned in Put): 250 ms so far.");
}

TEST(Banner, SaysThatAGrowHasChangedNothingUntilSomebodyPinsBeyondTheArray) {
  EXPECT_EQ(banner_of(model_after_grow(), 0),
            "GOMAXPROCS 4 to 8: the pool doesn't notice: still 4 slots.");
  EXPECT_EQ(banner_of(model_after_pin_slow(), 0),
            "GOMAXPROCS 4 to 8: P5 ran pinSlow: new array of 8, 17 objects dropped with the old "
            "one.");
}

TEST(Banner, CountsWhatAShrinkHasStranded) {
  EXPECT_EQ(
      banner_of(model_after_shrink(), 0),
      "GOMAXPROCS 8 to 4: the pool doesn't notice: still 8 slots, 6 objects beyond the last P "
      "can still be stolen, 3 stranded in private until the next GC.");
}

TEST(Banner, SaysThatGomaxprocsStaysWhereTheWishWasTakenBackWhileTheStopWasWaitedFor) {
  Model model = calm_model(4);
  model.last_resize = model_after_shrink().last_resize;
  model.last_resize.procs_before = 4;
  EXPECT_EQ(banner_of(model, 0), "GOMAXPROCS stays 4: local[] has 4 slots.");
}

TEST(Banner, SaysNothingOfStrandedObjectsWhereThereAreNone) {
  // An array of 4 was made for 4 Ps; 5 and back to 4 leave nothing beyond the last P.
  Model model = calm_model(4);
  model.last_resize = model_after_shrink().last_resize;
  model.last_resize.procs_before = 5;
  Spotlight spot;
  spot.rarity = Spotlight::Rarity::kResize;
  spot.stop = model.last_resize;
  EXPECT_EQ(banner_of(model, 0), "GOMAXPROCS 5 to 4: local[] has 4 slots.");
  EXPECT_EQ(sentence_of(model, spot), "Each P has its own slot in the array.");
}

TEST(Sentence, NamesAPlaceThatNoPOwnsAsAPlace) {
  Model model = calm_model(8);
  model.procs = 4;
  Operation op;
  op.kind = Operation::Kind::kGet;
  op.p = PId{2};
  op.private_missed = true;
  op.own_shared_missed = true;
  op.slow = true;
  op.slow_size = 8;
  op.slow_pid = 2;
  op.object = ObjectId{7};
  op.where = Where::kSteal;
  op.found_at = 5;
  EXPECT_EQ(operation_text(model, GId{0}, op),
            "G0 on P2: private empty, own shared empty, steals #7 from local[5].");
  op.found_at = 2;
  EXPECT_EQ(operation_text(model, GId{0}, op),
            "G0 on P2: private empty, own shared empty, finds #7 in its own shared after all.");
  op.p = PId{6};
  op.found_at = 3;
  EXPECT_EQ(operation_text(model, GId{0}, op),
            "G0, which began on P6: private empty, own shared empty, steals #7 from P3.");
}

TEST(Banner, IsEmptyBeforeTheFirstGcOrResize) { EXPECT_EQ(banner_of(calm_model(4), 0), ""); }

TEST(Activity, NamesTheSourceOfAStealOnlyOnceItHasHappened) {
  Model model = model_with_steal();
  EXPECT_EQ(activity_of(model, GId{4}).text, "steals #19 from P3");
  EXPECT_EQ(activity_of(model, GId{4}).kind, Activity::Kind::kSteal);
  model.gs[4].op.where = Where::kNone;
  EXPECT_EQ(activity_of(model, GId{4}).text, "getSlow: locks local[3]");
  EXPECT_NE(activity_of(model, GId{4}).kind, Activity::Kind::kSteal);
}

TEST(Activity, SaysTheSameInFewerWordsWhereThereIsNoRoom) {
  Activity activity;
  activity.text = "getSlow: locks local[3]";
  EXPECT_EQ(activity.short_text(), "locks local[3]");
  activity.text = "getSlow：锁住 local[3]";
  EXPECT_EQ(activity.short_text(), "锁住 local[3]");
  activity.text = "calls New";
  EXPECT_EQ(activity.short_text(), "calls New");
  activity = {Activity::Kind::kLockWait, "waits for local[3]'s lock", "lock of local[3]"};
  EXPECT_EQ(activity.short_text(), "lock of local[3]");
}

TEST(Banner, IsOfAResizeOrOfAGc) {
  EXPECT_TRUE(banner_is_of_resize(model_after_grow(), PoolId{0}));
  EXPECT_FALSE(banner_is_of_resize(model_after_gc(), PoolId{0}));
  EXPECT_FALSE(banner_is_of_resize(calm_model(4), PoolId{0}));
}

TEST(Activity, SaysWhenThereIsNobody) {
  EXPECT_EQ(activity_of(calm_model(4), GId::none()).text, "no goroutine");
}

TEST(Words, TellIdentitiesCountsAndDurationsApart) {
  EXPECT_EQ(name_of(ObjectId{19}), "#19");
  EXPECT_EQ(name_of(PoolId{1}), "B");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1240), "1,240");
  EXPECT_EQ(count_text(12'345'678), "12,345,678");
  EXPECT_EQ(duration_text(42), "42 ns");
  EXPECT_EQ(duration_text(18'000), "18 µs");
  EXPECT_EQ(duration_text(1'240'000), "1.2 ms");
  EXPECT_EQ(duration_text(3'200'000'000), "3.2 s");
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(512), "512 B");
  EXPECT_EQ(bytes_text(1536), "1.5 KiB");
  EXPECT_EQ(bytes_text(std::uint64_t{1} << 63U), "8 EiB");
  EXPECT_EQ(clock_text(12'480'000'000), "12.480 s");
}

class Chinese : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto set = locale::set_language(locale::Language::kChinese, POOLSCOPE_CATALOGUES);
    if (!set && !std::filesystem::exists(POOLSCOPE_CATALOGUES)) {
      GTEST_SKIP() << "gettext or Boost.Locale was not there when this was built";
    }
    ASSERT_TRUE(set) << set.error().message;
  }
  void TearDown() override {
    EXPECT_TRUE(locale::set_language(locale::Language::kEnglish, POOLSCOPE_CATALOGUES));
  }
};

TEST_F(Chinese, SentencesKeepGosIdentifiers) {
  EXPECT_EQ(sentence_of(model_with_steal(), told_with_steal().spotlight),
            "G4 在 P2 上：private 为空，自己的 shared 为空，从 P3 窃取 #19。");
  EXPECT_EQ(sentence_of(empty_model(), Spotlight{}), "还没有完成任何 Put 或 Get。");
}

TEST_F(Chinese, BannersAreTranslatedToo) {
  EXPECT_EQ(banner_of(model_after_grow(), 0), "GOMAXPROCS 从 4 到 8：池不会察觉：仍是 4 个槽位。");
}

TEST_F(Chinese, LanguageSwitchesBackAtRunTime) {
  ASSERT_TRUE(locale::set_language(locale::Language::kEnglish, POOLSCOPE_CATALOGUES));
  EXPECT_EQ(sentence_of(empty_model(), Spotlight{}), "No Put or Get has finished yet.");
  ASSERT_TRUE(locale::set_language(locale::Language::kChinese, POOLSCOPE_CATALOGUES));
  EXPECT_EQ(sentence_of(empty_model(), Spotlight{}), "还没有完成任何 Put 或 Get。");
}

}  // namespace
}  // namespace poolscope::views
