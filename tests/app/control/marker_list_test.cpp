#include "app/control/marker_list.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

constexpr Position kFirst{10, 1'000};
constexpr Position kSecond{10, 2'000};  // between two events
constexpr Position kThird{30, 5'000};

MarkerList three() {
  MarkerList list;
  for (const Position place : {kThird, kFirst, kSecond}) list.change(intents::AddMarker{}, place);
  return list;
}

TEST(MarkerList, IsInTheOrderOfTheSession) {
  const MarkerList list = three();
  ASSERT_EQ(list.all()->size(), 3U);
  EXPECT_EQ(place_of((*list.all())[0].marker), kFirst);
  EXPECT_EQ(place_of((*list.all())[1].marker), kSecond);
  EXPECT_EQ(place_of((*list.all())[2].marker), kThird);
}

TEST(MarkerList, KnowsWhatLiesBeforeAPlaceThereAndBehindIt) {
  const MarkerList list = three();
  EXPECT_EQ(list.after({0, 0}), 0U);
  EXPECT_EQ(list.after(kFirst), 1U);
  EXPECT_EQ(list.after({20, 3'000}), 2U);
  EXPECT_EQ(list.after(kThird), std::nullopt);
  EXPECT_EQ(list.before({0, 0}), std::nullopt);
  EXPECT_EQ(list.before(kFirst), std::nullopt);
  EXPECT_EQ(list.before({20, 3'000}), 1U);
  EXPECT_EQ(list.at(kSecond), 1U);
  EXPECT_EQ(list.at({10, 1'500}), std::nullopt);
}

TEST(MarkerList, GoesBackChangeByChange) {
  MarkerList list({{.seq = 1, .time_ns = 1, .title = "of the file"}});
  EXPECT_FALSE(list.can_undo());
  const auto at_first = list.all();
  const std::uint32_t id = at_first->front().id;
  for (const char* typed : {"a", "ab", "abc"}) {
    list.change(intents::EditMarker{id, typed, std::nullopt}, {});
  }
  list.change(intents::EditMarker{id, std::nullopt, "why"}, {});
  list.change(intents::RemoveMarker{id}, {});
  list.change(intents::RemoveMarker{id}, {});
  EXPECT_TRUE(list.all()->empty());
  list.change(intents::UndoMarkers{}, {});
  ASSERT_EQ(list.all()->size(), 1U);
  EXPECT_EQ(list.all()->front().note, "why");
  list.change(intents::UndoMarkers{}, {});
  EXPECT_EQ(list.all()->front().note, "");
  EXPECT_EQ(list.all()->front().title, "abc");
  list.change(intents::UndoMarkers{}, {});
  EXPECT_EQ(*list.all(), *at_first) << "a title is one change, not one for each letter";
  EXPECT_FALSE(list.can_undo());
  list.change(intents::UndoMarkers{}, {});
  EXPECT_EQ(*list.all(), *at_first);
}

TEST(MarkerList, IsEditedAndShortenedByIdsThatStay) {
  MarkerList list = three();
  const auto before = list.all();
  const std::uint32_t second = (*before)[1].id;
  list.change(intents::EditMarker{second, "a title", std::nullopt}, {});
  list.change(intents::EditMarker{second, std::nullopt, "a note"}, {});
  EXPECT_EQ((*list.all())[1].marker.title, "a title");
  EXPECT_EQ((*list.all())[1].note, "a note");
  EXPECT_EQ((*before)[1].title, "") << "what was given out has changed";
  list.change(intents::RemoveMarker{(*before)[0].id}, {});
  ASSERT_EQ(list.all()->size(), 2U);
  EXPECT_EQ((*list.all())[0].id, second);
  list.change(intents::RemoveMarker{700}, {});
  list.change(intents::EditMarker{700, "x", "y"}, {});
  EXPECT_EQ(list.all()->size(), 2U);
  list.change(intents::AddMarker{}, kFirst);
  EXPECT_NE((*list.all())[0].id, (*before)[0].id) << "an id is used again";
}

TEST(MarkerList, ANewMarkerKeepsWhatIsShown) {
  MarkerList list;
  const auto added = list.change(
      intents::AddMarker{
          .followed = GId{3}, .layout = "lecture", .tab = "memory", .speed = "Story"},
      kThird);
  ASSERT_TRUE(added);
  EXPECT_EQ(added->followed, GId{3});
  EXPECT_EQ(added->tab, "memory");
  EXPECT_EQ(added->speed, "Story");
  EXPECT_EQ(list.stored(), std::vector{*added});
}

TEST(MarkerList, ShowsHostileTextsShortAndOnOneLineAndStoresThemAsTheyAre) {
  const std::string title = std::string(kMarkerTitleBytes - 1, 'x') + "偷取\n%n";
  const MarkerList list({Marker{.title = title, .note = "two\nlines\t\x1b[31m"}});
  EXPECT_EQ(list.all()->front().title, std::string(kMarkerTitleBytes - 1, 'x'));
  EXPECT_EQ(list.all()->front().note, "two lines  [31m");
  EXPECT_EQ(list.stored().front().title, title);
}

TEST(MarkerTour, GoesFromOneToTheNext) {
  MarkerTour tour(three().stored());
  EXPECT_EQ(tour.meant(intents::ShowMarker{2}, kFirst), 2U);
  EXPECT_EQ(tour.meant(intents::ShowMarker{3}, kFirst), std::nullopt);
  EXPECT_EQ(tour.meant(intents::MarkerBack{}, kThird), 1U);
  EXPECT_EQ(tour.meant(intents::MarkerBack{}, kFirst), std::nullopt);
  EXPECT_EQ(tour.meant(intents::MarkerForward{}, kSecond), 2U);
  EXPECT_EQ(tour.meant(intents::MarkerForward{}, {20, 3'000}), 2U);
}

TEST(MarkerTour, SeesOneThatStandsWhereNothingCanBeSought) {
  MarkerTour tour(three().stored());
  // The session ends at 4 us, before the third.
  const Position end{29, 4'000};
  EXPECT_EQ(tour.meant(intents::MarkerForward{}, end), 2U);
  tour.arrive(2, end);
  EXPECT_EQ(tour.seen_at(end), 2U);
  EXPECT_EQ(tour.meant(intents::MarkerForward{}, end), std::nullopt);
  EXPECT_EQ(tour.meant(intents::MarkerBack{}, end), 1U);
  EXPECT_EQ(tour.seen_at({28, 3'900}), std::nullopt);
}

}  // namespace
}  // namespace poolscope
