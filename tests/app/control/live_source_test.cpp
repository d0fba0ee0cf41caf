#include "app/control/live_source.h"

#include <chrono>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/control/speeds.h"
#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/verify.h"
#include "tests/app/control/quick_live.h"
#include "tests/app/control/window_time.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
using testing::host_ns;
using testing::live;
using testing::quick_session;
using testing::start;
using testing::until;

/// Until fifty updates in a row have nothing new: no event, and no time that passes. What runs
/// at this pace is never as still. The window's time passes faster than the clock's here, for the
/// picture has come to rest only two seconds after a step.
bool until_still(SessionSource& source) {
  constexpr std::int64_t kMore_ns = 200'000'000;
  std::int64_t ahead_ns = 0;
  int still = 0;
  return testing::turn_until(
      [&] {
        ahead_ns += kMore_ns;
        still = source.update(host_ns() + ahead_ns) ? 0 : still + 1;
      },
      [&] { return still > 50; });
}

TEST(LiveSource, ShowsTheSessionAsItGoesOn) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().totals.created >= 3; }));
  EXPECT_EQ(source->status().mode, ViewMode::kLive);
  EXPECT_TRUE(source->status().playing);
  EXPECT_EQ(source->status().playhead.seq, source->model().seq);
  EXPECT_GE(source->status().playhead.time_ns, source->model().time_ns);
  ASSERT_TRUE(until(*source, [&] { return source->lanes()->end_seq() > 0; }));
  source->close();
  EXPECT_EQ(source->model().divergences, 0U);
  EXPECT_TRUE(source->accounting().holds());
  EXPECT_EQ(source->accounting().created, source->model().totals.created);
}

TEST(LiveSource, KnowsWhereTheArrayThatRunsLies) {
  const auto source = start(live());
  const auto address = [&] {
    const ArrayState* array = source->model().local_of(PoolId{0});
    return array == nullptr ? 0 : source->status().address_of(array->id);
  };
  ASSERT_TRUE(until(*source, [&] { return address() != 0; }));
  constexpr std::uint64_t kPairOfLines = 128;
  EXPECT_EQ(address() % kPairOfLines, 0U) << "as pinSlow makes it";
  EXPECT_EQ(source->status().address_of(ArrayId{0xffff'ff}), 0U);
}

TEST(LiveSource, PauseStopsTheGoroutinesAndChangesNothingThatIsDrawn) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  source->apply(intents::TogglePlay{});
  EXPECT_EQ(source->status().mode, ViewMode::kPaused);
  EXPECT_TRUE(until_still(*source)) << "what changes nothing needs no frame";
  const std::uint64_t seq = source->model().seq;
  source->apply(intents::TogglePlay{});
  EXPECT_TRUE(until(*source, [&] { return source->model().seq > seq + 50; }));
  EXPECT_EQ(source->status().mode, ViewMode::kLive);
}

TEST(LiveSource, AStepWhilePausedLetsOneGoroutineGoOn) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  source->apply(intents::TogglePlay{});
  ASSERT_TRUE(until_still(*source));
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t seq = source->model().seq;
    source->apply(intents::StepForward{});
    ASSERT_TRUE(until(*source, [&] { return source->model().seq > seq; })) << "step " << i;
    EXPECT_EQ(source->status().mode, ViewMode::kPaused);
    ASSERT_TRUE(until_still(*source));
  }
}

TEST(LiveSource, StepByStepStandsFromTheStartAndEachStepIsOneGoroutinesMove) {
  SimulationOptions session = quick_session();
  session.config.pacing = Pacing::kOneAtATime;
  session.starts_paused = true;
  const auto source = start(live(session));
  ASSERT_TRUE(until_still(*source));
  EXPECT_EQ(source->status().mode, ViewMode::kPaused);
  EXPECT_EQ(source->status().speed, kStepByStep);
  EXPECT_EQ(source->model().totals.created, 0U);
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t seq = source->model().seq;
    source->apply(intents::StepForward{});
    ASSERT_TRUE(until(*source, [&] { return source->model().seq > seq; })) << "step " << i;
    ASSERT_TRUE(until_still(*source));
  }
  source->apply(intents::TogglePlay{});
  EXPECT_EQ(source->status().speed, kStory) << "to play on is to tell the story";
  EXPECT_TRUE(until(*source, [&] { return source->model().totals.created > 0; }));
}

TEST(LiveSource, AStepMovesAnotherThatIsHeldOnceTheLastOneIsLetGo) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  const GId stays = source->model().gs.begin()->id;
  const GId goes = std::next(source->model().gs.begin())->id;
  source->apply(intents::HoldGoroutine{stays});
  source->apply(intents::HoldGoroutine{goes});
  source->apply(intents::HoldGoroutine{goes, false});
  EXPECT_EQ(source->status().held, std::vector<GId>{stays});
  GState shown;
  int same = 0;
  ASSERT_TRUE(until(*source, [&] {
    const GState now = *source->model().gs.find(stays);
    same = now == shown ? same + 1 : 0;
    shown = now;
    return same > 50;
  })) << "it stands while the others go on";
  source->apply(intents::StepForward{});
  EXPECT_TRUE(until(*source, [&] { return *source->model().gs.find(stays) != shown; }));
  EXPECT_EQ(source->status().held, std::vector<GId>{stays});
}

TEST(LiveSource, GcAndProcsActWhileRunningAndWhilePaused) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().totals.pooled > 0; }));
  source->apply(intents::RunGc{});
  ASSERT_TRUE(until(*source, [&] { return source->model().gc_cycles == 1; }));
  // Presses add up to a target, also before the model has the change: one press is one P more.
  source->apply(intents::ChangeProcs{1});
  ASSERT_TRUE(until(*source, [&] { return source->model().procs == 4; }));
  source->apply(intents::TogglePlay{});
  ASSERT_TRUE(until(*source, [&] {
    if (source->model().gc_cycles == 1) source->apply(intents::RunGc{});
    return source->model().gc_cycles >= 2;
  }));
  ASSERT_TRUE(
      until(*source, [&] { return source->model().stop.phase == StopState::Phase::kStarted; }));
  EXPECT_TRUE(until(*source, [&] {
    source->apply(intents::SetProcs{2});
    return source->model().procs == 2;
  }));
  EXPECT_EQ(source->status().mode, ViewMode::kPaused);
}

TEST(LiveSource, RewindingShowsThePastExactlyWhileTheSessionGoesOn) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 400; }));
  source->apply(intents::SeekSeq{200});
  EXPECT_EQ(source->status().mode, ViewMode::kPast);
  EXPECT_FALSE(source->status().playing);
  EXPECT_EQ(source->model().seq, 200U);
  const Model at_200 = source->model();
  const std::uint64_t last = source->status().last.seq;
  ASSERT_TRUE(until(*source, [&] { return source->status().last.seq > last + 50; }));
  EXPECT_EQ(source->model(), at_200) << "the playhead stands";
  source->apply(intents::EventForward{});
  EXPECT_EQ(source->model().seq, 201U);
  source->apply(intents::EventBack{});
  EXPECT_EQ(source->model(), at_200);
  source->apply(intents::StepForward{});
  EXPECT_GT(source->model().seq, 200U);
  source->apply(intents::StepBack{});
  EXPECT_LE(source->model().seq, 200U);
  source->apply(intents::GoToStart{});
  EXPECT_EQ(source->model().seq, 0U);
  source->apply(intents::GoToNow{});
  EXPECT_EQ(source->status().mode, ViewMode::kLive);
  EXPECT_GT(source->model().seq, last);
}

TEST(LiveSource, PlayingThePastGoesOnUntilNow) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().time_ns > 200'000'000; }));
  source->apply(intents::TogglePlay{});  // the session stands still; the past can be caught up with
  source->apply(intents::SeekTime{100'000'000});
  EXPECT_EQ(source->status().mode, ViewMode::kPast);
  source->apply(intents::TogglePlay{});
  EXPECT_TRUE(source->status().playing);
  ASSERT_TRUE(until(*source, [&] { return source->status().mode != ViewMode::kPast; }));
  EXPECT_EQ(source->status().mode, ViewMode::kPaused);
}

TEST(LiveSource, ChangesItsSpeedWhileItRuns) {
  const auto source = start(live());
  EXPECT_EQ(
      source->status().speeds,
      (std::vector<std::string>{"Step by step", "Story 3 s", "Story 1.8 s", "Story", "Story 500 ms",
                                "Story 300 ms", "Lecture", "Brisk", "Full rate"}));
  source->apply(intents::SetSpeed{8});
  ASSERT_TRUE(
      until(*source, [&] { return source->model().step_time_ns == 0 && source->status().summed; }));
  EXPECT_GT(source->status().ops_per_second, 60);
  source->apply(intents::ChangeSpeed{-1});
  ASSERT_TRUE(until(*source, [&] { return source->model().step_time_ns == 50'000'000; }));
  EXPECT_FALSE(source->status().summed);
  source->apply(intents::SetSpeed{kLectureSpeed - 1});
  ASSERT_TRUE(until(*source, [&] {
    return source->model().pacing == Pacing::kOneAtATime &&
           source->model().step_time_ns == 300'000'000;
  }));
  source->apply(intents::SetSpeed{kStepByStep});
  EXPECT_EQ(source->status().mode, ViewMode::kPaused);
  source->apply(intents::TogglePlay{});
  EXPECT_EQ(source->status().speed, kStory) << "play leaves step by step";
  EXPECT_EQ(source->status().mode, ViewMode::kLive);
}

TEST(LiveSource, TheVictimOfAModernPoolIsThereAfterAGcAndNotWhenOneLooksBack) {
  const testing::TemporaryFolder folder;
  SimulationOptions session = quick_session();
  session.config.pool = PoolKind::kModern;
  LiveOptions options = live(session);
  options.record = folder.path() / "modern.poolscope";
  const auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().totals.pooled > 0; }));
  const std::uint64_t before = source->model().seq;
  EXPECT_EQ(source->model().victim_of(PoolId{0}), nullptr);
  source->apply(intents::RunGc{});
  ASSERT_TRUE(until(*source, [&] { return source->model().victim_of(PoolId{0}) != nullptr; }));
  source->apply(intents::SeekSeq{before});
  EXPECT_EQ(source->status().mode, ViewMode::kPast);
  EXPECT_EQ(source->model().victim_of(PoolId{0}), nullptr);
  EXPECT_EQ(source->model().seq, before);
  source->close();
  EXPECT_TRUE(source->accounting().holds());
  auto reader = Reader::open(folder.path() / "modern.poolscope");
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE(testing::verifies(**reader));
}

TEST(LiveSource, WhoLooksBackHasASpeedOfTheirOwnAndTheThreadsKeepTheirs) {
  const auto source = start(live());
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  const int live_speed = source->status().speed;
  const std::int64_t step_time_ns = source->model().step_time_ns;
  source->apply(intents::SeekSeq{50});
  ASSERT_EQ(source->status().mode, ViewMode::kPast);
  EXPECT_EQ(source->status().speeds, names_of(replay_speeds()));
  EXPECT_EQ(source->status().speed, as_it_was());
  source->apply(intents::ChangeSpeed{-2});
  EXPECT_EQ(source->status().speed, as_it_was() - 2);
  source->apply(intents::GoToNow{});
  EXPECT_EQ(source->status().speed, live_speed);
  EXPECT_EQ(source->status().speeds, names_of(live_speeds()));
  EXPECT_EQ(source->model().step_time_ns, step_time_ns);
  source->apply(intents::SeekSeq{50});
  EXPECT_EQ(source->status().speed, as_it_was() - 2) << "as it was left";
}

TEST(LiveSource, BadOptionsAreAnError) {
  LiveOptions options = live();
  options.session.config.procs = 0;
  EXPECT_FALSE(LiveSource::start(options));
  options = live();
  options.record = "/proc/nowhere/x.poolscope";
  EXPECT_FALSE(LiveSource::start(options));
}

}  // namespace
}  // namespace poolscope
