// Why an object was dropped, in sentences: which cause, by what, when, and where it had lain.

#include "app/views/words/life_text.h"

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

using LifeKind = LifeEntry::Kind;

constexpr Position kOrigin{.seq = 10, .time_ns = 1'000'000'000};

LifeEntry put_entry(LifeKind kind, std::int64_t time_ns) {
  return {.kind = kind, .time_ns = time_ns, .g = GId{4}, .p = PId{2}, .place = 2, .owner = PId{2}};
}

LifeEntry entry_of(LifeKind kind, std::int64_t time_ns, std::uint64_t number = 0) {
  return {.kind = kind, .time_ns = time_ns, .g = GId{5}, .number = number};
}

TEST(DropTexts, NameTheGcItsTimeAndWhereTheObjectLay) {
  const auto texts = drop_texts({put_entry(LifeKind::kPutPrivate, 2'000'000'000),
                                 entry_of(LifeKind::kDroppedByGc, 5'500'000'000, 3)},
                                kOrigin);
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0], "GC 3 dropped it at 4.500 s, with all that lay in its array.");
  EXPECT_EQ(texts[1],
            "It lay in private of P2: G4 had put it there 3.5 s before, and no Get took it.");
}

TEST(DropTexts, OfAVictimNameBothGcs) {
  const auto texts = drop_texts({put_entry(LifeKind::kPushed, 2'000'000'000),
                                 entry_of(LifeKind::kBecameVictim, 3'000'000'000, 1),
                                 entry_of(LifeKind::kDroppedByGc, 4'000'000'000, 2)},
                                kOrigin);
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_EQ(texts[1], "GC 1 had made its array the victim at 2.000 s.");
  EXPECT_TRUE(texts[2].starts_with("It lay in shared of P2:")) << texts[2];
}

TEST(DropTexts, OfAGrowNameWhoMadeTheOtherArray) {
  const auto texts = drop_texts({put_entry(LifeKind::kPushed, 2'000'000'000),
                                 entry_of(LifeKind::kDroppedByGrow, 3'000'000'000, 8)},
                                kOrigin);
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_TRUE(
      texts[0].starts_with("G5 in pinSlow made another array at 2.000 s, because "
                           "GOMAXPROCS was 8"))
      << texts[0];
}

TEST(DropTexts, OfAPutThatCameTooLateAndOfTheDiceSayNothingOfWhereItLay) {
  for (const LifeKind kind : {LifeKind::kPushedTooLate, LifeKind::kDiceDropped}) {
    const auto texts = drop_texts(
        {entry_of(LifeKind::kMadeByNew, 1'500'000'000), entry_of(kind, 2'000'000'000)}, kOrigin);
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_NE(texts[0].find("at 1.000 s"), std::string::npos) << texts[0];
  }
}

TEST(DropTexts, AreNoneOfWhatIsThereStill) {
  EXPECT_TRUE(drop_texts({}, kOrigin).empty());
  EXPECT_TRUE(drop_texts({put_entry(LifeKind::kPushed, 2'000'000'000)}, kOrigin).empty());
  EXPECT_TRUE(drop_texts({entry_of(LifeKind::kDroppedByGc, 2'000'000'000, 1),
                          entry_of(LifeKind::kRescued, 3'000'000'000)},
                         kOrigin)
                  .empty())
      << "it was rescued";
}

}  // namespace
}  // namespace poolscope::views
