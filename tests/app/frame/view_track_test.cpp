#include "app/frame/view_track.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope::frame {
namespace {

const std::vector<ViewChange> kTrack = {
    {.seq = 0, .time_ns = 0, .what = "tab", .value = "timeline"},
    {.seq = 0, .time_ns = 0, .what = "follow", .value = ""},
    {.seq = 5, .time_ns = 50, .what = "tab", .value = "memory"},
    {.seq = 5, .time_ns = 55, .what = "follow", .value = "G3"},
    {.seq = 9, .time_ns = 90, .what = "tab", .value = "timeline"}};

TEST(ViewTrack, EachPartIsReadBackAsItWasShown) {
  views::ViewState shown;
  shown.followed = GId{3};
  shown.followed_object = ObjectId{12};
  shown.focus = PId{2};
  shown.pool = PoolId{1};
  shown.tab = intents::Tab::kSource;
  shown.layout = theme::LayoutKind::kWorkbench;
  shown.enlarged = true;
  const ViewParts parts = parts_of(shown, 130);
  views::ViewState read;
  for (const auto& [what, value] : parts) show_part(read, what, value);
  EXPECT_EQ(read.followed, shown.followed);
  EXPECT_EQ(read.followed_object, shown.followed_object);
  EXPECT_EQ(read.focus, shown.focus);
  EXPECT_EQ(read.pool, shown.pool);
  EXPECT_EQ(read.tab, shown.tab);
  EXPECT_EQ(read.layout, shown.layout);
  EXPECT_TRUE(read.enlarged);
  EXPECT_EQ(zoom_of(parts.at("zoom"), 50, 300, 100), 130);

  // And let go of again.
  for (const auto& [what, value] : parts_of(views::ViewState{}, 100)) show_part(read, what, value);
  EXPECT_EQ(parts_of(read, 100), parts_of(views::ViewState{}, 100));
}

TEST(ViewTrack, WordsThatMeanNothingChangeNothing) {
  views::ViewState state;
  const ViewParts before = parts_of(state, 100);
  for (const char* what : {"tab", "layout", "zoom", "", "colour", "%n%s"}) {
    show_part(state, what, "no such thing");
  }
  for (const char* who : {"G", "#", "G-1", "G99999999999999", "P1", "G1x", " ", "##id"}) {
    show_part(state, "follow", who);
    EXPECT_FALSE(state.followed.valid()) << who;
    EXPECT_FALSE(state.followed_object.valid()) << who;
  }
  EXPECT_EQ(parts_of(state, 100), before);
  EXPECT_EQ(zoom_of("99999999999999", 50, 300, 100), 100);
  EXPECT_EQ(zoom_of("9999", 50, 300, 100), 300);
  EXPECT_EQ(zoom_of("-5", 50, 300, 100), 50);
}

TEST(ViewTrack, AReaderSaysWhatChangesOnTheWayInBothDirections) {
  ViewTrackReader reader;
  reader.start(kTrack, {0, 0});
  EXPECT_EQ(reader.moved_to(kTrack, {4, 49}), ViewParts{});
  EXPECT_EQ(reader.moved_to(kTrack, {5, 52}), (ViewParts{{"tab", "memory"}}));
  EXPECT_EQ(reader.moved_to(kTrack, {5, 52}), ViewParts{}) << "nothing has changed since";
  EXPECT_EQ(reader.moved_to(kTrack, {100, 900}),
            (ViewParts{{"follow", "G3"}, {"tab", "timeline"}}));
  EXPECT_EQ(reader.moved_to(kTrack, {5, 54}), (ViewParts{{"follow", ""}, {"tab", "memory"}}));
}

TEST(ViewTrack, BeforeTheFirstChangeOfAPartItWasAsThatSays) {
  const std::vector<ViewChange> late = {
      {.seq = 3, .time_ns = 30, .what = "tab", .value = "memory"},
      {.seq = 5, .time_ns = 50, .what = "tab", .value = "source"}};
  ViewTrackReader reader;
  reader.start(late, {0, 0});
  EXPECT_EQ(reader.moved_to(late, {6, 60}), (ViewParts{{"tab", "source"}}));
  EXPECT_EQ(reader.moved_to(late, {0, 0}), (ViewParts{{"tab", "memory"}}));
}

TEST(ViewTrack, AReaderThatStartsNowhereSaysAllThatHolds) {
  ViewTrackReader reader;
  EXPECT_EQ(reader.moved_to(kTrack, {6, 60}), (ViewParts{{"follow", "G3"}, {"tab", "memory"}}));
}

}  // namespace
}  // namespace poolscope::frame
