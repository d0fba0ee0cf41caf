// The table of event kinds: that it is complete, the compiler has checked.

#include "core/trace/event_table.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

TEST(EventTable, NamesAKindAndSaysQuestionMarkForANumberThatIsNone) {
  EXPECT_EQ(name_of(EventKind::kVictimPrivateTake), "VictimPrivateTake");
  EXPECT_EQ(name_of(EventKind::kNone), "?");
  EXPECT_EQ(name_of(static_cast<EventKind>(250)), "?");
  EXPECT_EQ(info_of(static_cast<EventKind>(250)).moves, Moves::kNever);
}

TEST(EventTable, AKindThatMovesAnObjectNamesIt) {
  for (const EventInfo& info : event_table::kRows) {
    if (info.moves == Moves::kNever) continue;
    EXPECT_EQ(info.object, ObjectMeans::kObject) << info.name;
    EXPECT_NE(info.family, EventFamily::kStop) << info.name;
  }
}

TEST(EventTable, APlaceIsOneOfAnArray) {
  for (const EventInfo& info : event_table::kRows) {
    // The cells and dequeues of a checkpoint belong to the array of the event before them.
    if (info.index != IndexMeans::kPlace || info.family == EventFamily::kCheckpoint) continue;
    EXPECT_EQ(info.array, ArrayMeans::kArray) << info.name;
  }
}

TEST(EventTable, EachMeaningHasAWordOfItsOwn) {
  std::set<std::string> words;
  for (std::size_t i = 1; i <= static_cast<std::size_t>(ObjectMeans::kStepTime_us); ++i) {
    EXPECT_TRUE(words.emplace(name_of(static_cast<ObjectMeans>(i))).second);
  }
  for (std::size_t i = 1; i <= static_cast<std::size_t>(ArrayMeans::kGiverUpper); ++i) {
    EXPECT_TRUE(words.emplace(name_of(static_cast<ArrayMeans>(i))).second);
  }
  EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace poolscope
