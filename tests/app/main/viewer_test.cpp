#include "app/main/viewer.h"

#include <gtest/gtest.h>

#include "app/intents/commands.h"
#include "app/main/window_flags.h"
#include "app/views/words/padding_words.h"

namespace poolscope::app {
namespace {

constexpr layout::SessionTimes kTenSeconds{
    .first_ns = 0, .last_ns = 10'000'000'000, .playhead_ns = 0, .live = false};

TEST(Viewer, ASecondClickOnAGoroutineLetsItGo) {
  Viewer viewer;
  apply(viewer, intents::FollowGoroutine{GId{3}}, kTenSeconds);
  EXPECT_EQ(viewer.state.followed, GId{3});
  apply(viewer, intents::FollowGoroutine{GId{3}}, kTenSeconds);
  EXPECT_FALSE(viewer.state.followed.valid());
}

TEST(Viewer, FollowsAGoroutineOrAnObjectNotBoth) {
  Viewer viewer;
  apply(viewer, intents::FollowGoroutine{GId{3}}, kTenSeconds);
  apply(viewer, intents::FollowObject{ObjectId{19}}, kTenSeconds);
  EXPECT_FALSE(viewer.state.followed.valid());
  EXPECT_EQ(viewer.state.followed_object, ObjectId{19});
}

TEST(Viewer, SaveAsProposesTheLoopWhereThereIsOne) {
  Viewer viewer;
  SessionStatus session;
  apply(viewer, intents::ToggleSaveAs{}, kTenSeconds);
  EXPECT_EQ(viewer.state.save_as.extent(session), views::SaveExtent::kAll);
  session.loop = {.in = Position{10, 1'000'000'000}, .out = Position{20, 2'000'000'000}};
  EXPECT_EQ(viewer.state.save_as.extent(session), views::SaveExtent::kLoop);
  apply(viewer, intents::NextSaveExtent{}, kTenSeconds);
  apply(viewer, intents::NextSaveExtent{}, kTenSeconds);
  EXPECT_EQ(viewer.state.save_as.extent(session), views::SaveExtent::kAll);
  apply(viewer, intents::ToggleSaveAs{}, kTenSeconds);
  apply(viewer, intents::ToggleSaveAs{}, kTenSeconds);
  EXPECT_EQ(viewer.state.save_as.extent(session), views::SaveExtent::kLoop) << "each time";
}

TEST(Viewer, FalseSharingIsExplainedStepByStep) {
  Viewer viewer;
  apply(viewer, intents::StepExplained{1}, kTenSeconds);
  EXPECT_EQ(viewer.state.explained_step, 0U) << "nothing is open";
  apply(viewer, intents::ToggleHelp{}, kTenSeconds);
  apply(viewer, intents::ToggleExplained{}, kTenSeconds);
  EXPECT_EQ(viewer.state.explained_step, 0U);
  EXPECT_EQ(viewer.state.dialog, views::Dialog::kExplained) << "one at a time";
  apply(viewer, intents::StepExplained{-1}, kTenSeconds);
  EXPECT_EQ(viewer.state.explained_step, 0U);
  for (std::size_t i = 0; i < 2 * views::kPaddingSteps; ++i) {
    apply(viewer, intents::StepExplained{1}, kTenSeconds);
  }
  EXPECT_EQ(viewer.state.explained_step, views::kPaddingSteps - 1);
  apply(viewer, intents::ToggleExplained{}, kTenSeconds);
  EXPECT_EQ(viewer.state.dialog, views::Dialog::kNone);
}

TEST(Viewer, WhileItIsExplainedTheKeysOfStepsAndLinesLeadThroughIt) {
  Viewer viewer;
  const intents::Intent on = intents::command_of({.key = intents::Key::kRight})->intent;
  const intents::Intent line = intents::command_of({.key = intents::Key::kPageUp})->intent;
  const intents::Intent gc = intents::command_of("gc")->intent;
  const auto step_of = [&](const intents::Intent& intent) {
    const intents::Intent wanted = with_explained(viewer.state, intent);
    const auto* viewers = std::get_if<intents::ToViewer>(&wanted);
    const auto* step = viewers == nullptr ? nullptr : std::get_if<intents::StepExplained>(viewers);
    return step == nullptr ? 0 : step->by;
  };
  EXPECT_EQ(step_of(on), 0);
  viewer.state.dialog = views::Dialog::kExplained;
  viewer.state.explained_step = 2;
  EXPECT_EQ(step_of(on), 1);
  EXPECT_EQ(step_of(line), -1);
  EXPECT_EQ(step_of(gc), 0) << "a GC is still a GC";
}

TEST(Viewer, ASpanFollowsItsGoroutineAndItsObjectUntilOneOfThemIsFollowedAlone) {
  Viewer viewer;
  apply(viewer, intents::FollowBoth{GId{3}, ObjectId{19}}, kTenSeconds);
  EXPECT_EQ(viewer.state.followed, GId{3});
  EXPECT_EQ(viewer.state.followed_object, ObjectId{19});
  apply(viewer, intents::FollowBoth{GId{3}, ObjectId{19}}, kTenSeconds);
  EXPECT_EQ(viewer.state.followed, GId{3}) << "a second click on the span lets nothing go";
  apply(viewer, intents::FollowGoroutine{GId{4}}, kTenSeconds);
  EXPECT_EQ(viewer.state.followed, GId{4});
  EXPECT_FALSE(viewer.state.followed_object.valid());
}

TEST(Viewer, TheListOfPoolsOpensEmptyAndIsClosedByAChoice) {
  Viewer viewer;
  apply(viewer, intents::TogglePools{}, kTenSeconds);
  EXPECT_EQ(viewer.state.dialog, views::Dialog::kPools);
  apply(viewer, intents::MarkPool{PoolId{4}}, kTenSeconds);
  apply(viewer, intents::SearchPools{"fmt"}, kTenSeconds);
  EXPECT_FALSE(viewer.state.pool_marked.valid()) << "the marked row may be gone";
  apply(viewer, intents::ListPools{intents::PoolsListed::kOldPools}, kTenSeconds);
  apply(viewer, intents::ShowPool{PoolId{2}}, kTenSeconds);
  EXPECT_EQ(viewer.state.dialog, views::Dialog::kNone);
  apply(viewer, intents::TogglePools{}, kTenSeconds);
  EXPECT_EQ(viewer.state.pools_search, "");
  EXPECT_EQ(viewer.state.pools_listed, intents::PoolsListed::kAll);
  apply(viewer, intents::ToggleHelp{}, kTenSeconds);
  EXPECT_EQ(viewer.state.dialog, views::Dialog::kHelp) << "one lies over the stage at a time";
}

TEST(Viewer, TheRowOfAFileStaysMarkedUntilTheTextChangesOrTheListIsClosed) {
  Viewer viewer;
  apply(viewer, intents::ToggleOpen{}, kTenSeconds);
  apply(viewer, intents::MarkFile{2}, kTenSeconds);
  EXPECT_EQ(viewer.state.open_marked, 2U);
  apply(viewer, intents::TypePath{"/home"}, kTenSeconds);
  EXPECT_FALSE(viewer.state.open_marked) << "the marked row may be gone";
  apply(viewer, intents::MarkFile{1}, kTenSeconds);
  apply(viewer, intents::ToggleOpen{}, kTenSeconds);
  apply(viewer, intents::ToggleOpen{}, kTenSeconds);
  EXPECT_FALSE(viewer.state.open_marked);
}

TEST(Viewer, TheTimelineShowsAStretchAndAllOfASessionAgain) {
  Viewer viewer;
  apply(viewer, intents::ShowStretch{2'000'000'000, 3'000'000'000}, kTenSeconds);
  const auto shown = layout::shown_range(timeline_choice(viewer.state), kTenSeconds);
  EXPECT_EQ(shown, (layout::TimeRange{2'000'000'000, 3'000'000'000}));
  apply(viewer, intents::ShowStretch{-5, 20'000'000'000}, kTenSeconds);
  EXPECT_EQ(timeline_choice(viewer.state), layout::TimelineChoice{});
}

TEST(Viewer, ShowsThePoolThatWasChosenUntilAnotherSessionComes) {
  Viewer viewer;
  apply(viewer, intents::ShowPool{PoolId{2}}, kTenSeconds);
  EXPECT_EQ(viewer.state.pool, PoolId{2});
  begin_session(viewer, {});
  EXPECT_EQ(viewer.state.pool, std::nullopt);
}

TEST(Viewer, ALessonShowsItsLinesAndTheNextSessionDoesNot) {
  Viewer viewer;
  SessionStatus lesson;
  lesson.lesson = std::make_shared<const LessonStatus>();
  begin_session(viewer, lesson);
  EXPECT_EQ(viewer.state.tab, intents::Tab::kLesson);
  begin_session(viewer, {});
  EXPECT_EQ(viewer.state.tab, intents::Tab::kTimeline);
  apply(viewer, intents::SelectTab{intents::Tab::kMemory}, kTenSeconds);
  begin_session(viewer, {});
  EXPECT_EQ(viewer.state.tab, intents::Tab::kMemory);
}

TEST(Viewer, TheListOfLessonsIsOpenedAndClosedAndItsSearchBeginsEmpty) {
  Viewer viewer;
  apply(viewer, intents::ToggleLessons{}, kTenSeconds);
  ASSERT_NE(viewer.state.lessons, nullptr);
  EXPECT_EQ(viewer.state.lessons->size(), 41U);
  apply(viewer, intents::SearchLessons{"steal"}, kTenSeconds);
  EXPECT_EQ(viewer.state.lessons_search, "steal");
  apply(viewer, intents::ToggleLessons{}, kTenSeconds);
  EXPECT_EQ(viewer.state.lessons, nullptr);
  apply(viewer, intents::ToggleLessons{}, kTenSeconds);
  EXPECT_EQ(viewer.state.lessons_search, "");
}

TEST(Viewer, WhatAFirstStartOffersIsClosedForGoodByAChoiceOrByATab) {
  for (const intents::ToViewer& closes :
       {intents::ToViewer{intents::CloseFirst{}},
        intents::ToViewer{intents::SelectTab{intents::Tab::kSource}}}) {
    Viewer viewer;
    offer_first_choices(viewer);
    ASSERT_NE(viewer.state.first_lesson, nullptr);
    EXPECT_EQ(viewer.settings, Settings{});
    apply(viewer, closes, kTenSeconds);
    EXPECT_EQ(viewer.state.first_lesson, nullptr);
    EXPECT_EQ(viewer.settings.first_seen, true);
  }
  Viewer viewer;
  apply(viewer, intents::SelectTab{intents::Tab::kSource}, kTenSeconds);
  EXPECT_EQ(viewer.settings, Settings{}) << "where nothing was offered, a tab is only a tab";
}

TEST(Viewer, ABlackPictureAndTheSpotAreNotRemembered) {
  Viewer viewer;
  apply(viewer, intents::ToggleBlack{}, kTenSeconds);
  apply(viewer, intents::PointLaser{true}, kTenSeconds);
  EXPECT_TRUE(viewer.state.black);
  EXPECT_TRUE(viewer.state.laser);
  EXPECT_EQ(viewer.settings, Settings{});
  apply(viewer, intents::ToggleBlack{}, kTenSeconds);
  apply(viewer, intents::PointLaser{false}, kTenSeconds);
  EXPECT_FALSE(viewer.state.black);
  EXPECT_FALSE(viewer.state.laser);
}

TEST(Viewer, TheSourceStaysWhereItWasScrolledToUntilAGoroutineIsFollowedOrSentOn) {
  const auto scrolled = [] {
    Viewer viewer;
    apply(viewer, intents::ScrollSource{false, 40}, kTenSeconds);
    apply(viewer, intents::ScrollSource{true, 70}, kTenSeconds);
    return viewer;
  };
  Viewer viewer = scrolled();
  EXPECT_EQ(viewer.state.source_middle[0], 40U);
  EXPECT_EQ(viewer.state.source_middle[1], 70U);
  note_intent(viewer, intents::RunGc{}, kTenSeconds);
  EXPECT_EQ(viewer.state.source_middle[0], 40U);
  note_intent(viewer, intents::SendGoroutine{GId{1}}, kTenSeconds);
  EXPECT_EQ(viewer.state.source_middle[0], std::nullopt);
  for (const intents::ToViewer& intent :
       {intents::ToViewer{intents::FollowGoroutine{GId{2}}}, intents::ToViewer{intents::LetGo{}}}) {
    viewer = scrolled();
    apply(viewer, intent, kTenSeconds);
    EXPECT_EQ(viewer.state.source_middle[1], std::nullopt);
  }
}

TEST(Viewer, WhatLiesUnderThePointerStaysThereWhileTheTimelineIsZoomed) {
  Viewer viewer;
  const std::int64_t pointer_ns = 4'000'000'000;
  apply(viewer, intents::ZoomTimeline{2, pointer_ns}, kTenSeconds);
  const views::ViewState& state = viewer.state;
  EXPECT_EQ(state.timeline_span_ns, 5'000'000'000);
  EXPECT_EQ(pointer_ns - state.timeline_begin_ns, 2'000'000'000);  // two fifths, as before
}

TEST(Viewer, ZoomingOutFarEnoughShowsTheWholeSessionAgain) {
  Viewer viewer;
  apply(viewer, intents::ZoomTimeline{4, 0}, kTenSeconds);
  apply(viewer, intents::ZoomTimeline{0.1, 0}, kTenSeconds);
  EXPECT_EQ(viewer.state.timeline_span_ns, 0);
}

TEST(Viewer, TheTimelineIsNotMovedOutOfTheSession) {
  Viewer viewer;
  apply(viewer, intents::ZoomTimeline{2, 0}, kTenSeconds);
  apply(viewer, intents::PanTimeline{60'000'000'000}, kTenSeconds);
  EXPECT_EQ(viewer.state.timeline_begin_ns, 5'000'000'000);
  EXPECT_FALSE(viewer.state.timeline_follows);
  apply(viewer, intents::PanTimeline{-60'000'000'000}, kTenSeconds);
  EXPECT_EQ(viewer.state.timeline_begin_ns, 0);
}

TEST(Viewer, ScrubbingHoldsTheTimelineAndOtherMovementsFollow) {
  const layout::SessionTimes live{
      .first_ns = 0, .last_ns = 100'000'000'000, .playhead_ns = 100'000'000'000, .live = true};
  Viewer viewer;
  note_intent(viewer, intents::RunGc{}, live);
  EXPECT_TRUE(viewer.state.timeline_follows);
  for (const intents::ToSession& movement :
       {intents::ToSession{intents::GoToNow{}}, intents::ToSession{intents::TogglePlay{}}}) {
    note_intent(viewer, intents::SeekTime{90'000'000'000}, live);
    EXPECT_FALSE(viewer.state.timeline_follows);
    EXPECT_GT(viewer.state.timeline_begin_ns, 0);
    note_intent(viewer, movement, live);
    EXPECT_TRUE(viewer.state.timeline_follows);
  }
}

TEST(Viewer, ZoomHasEndsAndAWayBack) {
  Viewer viewer;
  for (int i = 0; i < 100; ++i) apply(viewer, intents::ChangeZoom{1}, kTenSeconds);
  EXPECT_EQ(viewer.zoom_percent, kZoomMost_percent);
  for (int i = 0; i < 100; ++i) apply(viewer, intents::ChangeZoom{-1}, kTenSeconds);
  EXPECT_EQ(viewer.zoom_percent, kZoomLeast_percent);
  apply(viewer, intents::ChangeZoom{0}, kTenSeconds);
  EXPECT_EQ(viewer.zoom_percent, kZoomUsual_percent);
}

TEST(Viewer, WhatItChoosesIsToBeRememberedAndNothingElse) {
  Viewer viewer;
  apply(viewer, intents::NextTheme{}, kTenSeconds);
  apply(viewer, intents::FollowGoroutine{GId{1}}, kTenSeconds);
  Settings expected;
  expected.theme = "light";
  EXPECT_EQ(viewer.settings, expected);
}

TEST(Viewer, TheThemesComeRound) {
  Viewer viewer;
  for (int i = 0; i < 3; ++i) apply(viewer, intents::NextTheme{}, kTenSeconds);
  EXPECT_EQ(viewer.theme, theme::ThemeName::kDark);
}

TEST(FirstViewer, AFlagGoesBeforeASettingAndASettingBeforeTheDefault) {
  WindowFlags flags;
  Settings settings;
  EXPECT_EQ(first_viewer(flags, settings).theme, theme::ThemeName::kDark);
  settings.theme = "light";
  EXPECT_EQ(first_viewer(flags, settings).theme, theme::ThemeName::kLight);
  flags.theme = "contrast";
  EXPECT_EQ(first_viewer(flags, settings).theme, theme::ThemeName::kContrast);
  EXPECT_EQ(first_viewer(flags, settings).settings, settings);
}

TEST(FirstViewer, WithThePresenterAClassSeesTheLectureLayout) {
  WindowFlags flags;
  Settings settings;
  settings.layout = "workbench";
  EXPECT_EQ(first_viewer(flags, settings).state.layout, theme::LayoutKind::kWorkbench);
  flags.presenter = true;
  EXPECT_EQ(first_viewer(flags, settings).state.layout, theme::LayoutKind::kLecture);
  flags.layout = "workbench";
  EXPECT_EQ(first_viewer(flags, settings).state.layout, theme::LayoutKind::kWorkbench);
}

TEST(FirstViewer, AStoredValueThatMakesNoSenseIsNotFollowed) {
  Settings settings;
  settings.theme = "pink";
  settings.layout = "upside down";
  settings.zoom_percent = 100'000;
  const Viewer viewer = first_viewer({}, settings);
  EXPECT_EQ(viewer.theme, theme::ThemeName::kDark);
  EXPECT_EQ(viewer.state.layout, theme::LayoutKind::kLecture);
  EXPECT_EQ(viewer.zoom_percent, kZoomMost_percent);
}

}  // namespace
}  // namespace poolscope::app
