#include "app/control/replay_source.h"

#include <algorithm>
#include <chrono>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "app/control/replay_place.h"
#include "app/control/steps.h"
#include "core/model/reduce.h"
#include "core/session/recorder.h"
#include "tests/app/control/window_time.h"
#include "tests/support/durations.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

using testing::kSecond_ns;
/// Recordings of real sessions, made once for all tests.
class Replay : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing::TemporaryFolder;
    record("paced", 3'000'000, 1'500);
    record("fast", 0, 5'000);
  }
  static void TearDownTestSuite() { delete folder_; }

  /// A real session, its times stretched to 0.4 s, no two events at the same.
  static void record(const std::string& name, std::int64_t step_time_ns, std::uint64_t events) {
    constexpr std::int64_t kLength_ns = 400'000'000;
    SimulationOptions options = testing::busy_session(PoolKind::kClassic, 1);
    options.config.step_time_ns = step_time_ns;
    if (step_time_ns != 0) {
      options.gc_every_ns = 70'000'000;
      options.resize_every_ns = 110'000'000;
    }
    testing::RecordedEvents session = testing::run_session(options, events, kLength_ns);
    std::int64_t last_ns = 0;
    for (Event& event : session.events) {
      event.time_ns = last_ns = std::max(event.time_ns, last_ns + 1);
    }
    auto recorder = Recorder::create(path(name), false, initial_model(session.config), {});
    ASSERT_TRUE(recorder) << recorder.error().message;
    (*recorder)->append(session.events);
    ASSERT_TRUE((*recorder)->close());
  }
  static std::filesystem::path path(const std::string& name) {
    return folder_->path() / (name + ".poolscope");
  }
  static std::unique_ptr<ReplaySource> open(const std::string& name) {
    auto source = ReplaySource::open(path(name));
    EXPECT_TRUE(source) << source.error().message;
    return std::move(*source);
  }
  /// All events and states of a recording, by linear reduction.
  static std::vector<Event> events_of(const std::string& name) {
    std::vector<Event> all;
    auto reader = Reader::open(path(name));
    EXPECT_TRUE((*reader)->each_run(1, (*reader)->last_seq(), [&](std::span<const Event> events) {
      all.insert(all.end(), events.begin(), events.end());
    }));
    return all;
  }

  static testing::TemporaryFolder* folder_;
};
testing::TemporaryFolder* Replay::folder_ = nullptr;

TEST_F(Replay, OpensPlayingFromTheBegin) {
  const auto source = open("paced");
  EXPECT_EQ(source->status().mode, ViewMode::kReplay);
  EXPECT_TRUE(source->status().playing);
  EXPECT_EQ(source->status().speeds[static_cast<std::size_t>(source->status().speed)], "x1");
  EXPECT_EQ(source->model().seq, 0U);
  EXPECT_EQ(source->status().first.seq, 0U);
  EXPECT_GT(source->status().last.seq, 100U);
  EXPECT_FALSE(source->status().can.can_change_pool);
  EXPECT_TRUE(source->status().can.can_seek);
}

TEST_F(Replay, WhatRanAtFullRateOpensByStep) {
  const auto source = open("fast");
  EXPECT_EQ(source->status().speeds[static_cast<std::size_t>(source->status().speed)], "2 steps/s");
}

TEST_F(Replay, PlaysByTimeAtTheChosenSpeed) {
  const auto source = open("paced");
  source->update(kSecond_ns);
  source->update(kSecond_ns + 100'000'000);
  EXPECT_EQ(source->status().playhead.time_ns, 100'000'000);
  const Model& m = source->model();
  EXPECT_LE(m.time_ns, 100'000'000);
  source->apply(intents::ChangeSpeed{-1});  // 1/2
  source->update(kSecond_ns + 200'000'000);
  EXPECT_EQ(source->status().playhead.time_ns, 150'000'000);
  for (int i = 0; i < 30; ++i) source->apply(intents::ChangeSpeed{1});
  EXPECT_EQ(source->status().speeds[static_cast<std::size_t>(source->status().speed)], "x64");
  source->update(2 * kSecond_ns);
  EXPECT_EQ(source->status().playhead.seq, source->status().last.seq);
  EXPECT_FALSE(source->status().playing) << "it stands at the end";
  EXPECT_EQ(source->model().divergences, 0U);
  source->apply(intents::TogglePlay{});
  EXPECT_EQ(source->status().playhead.seq, 0U) << "play at the end begins anew";
  EXPECT_TRUE(source->status().playing);
}

TEST_F(Replay, AVerySlowSpeedLosesNoFractionOfANanosecond) {
  const auto source = open("paced");
  source->apply(intents::SetSpeed{8});
  ASSERT_EQ(source->status().speeds[8], "1/1,000,000");
  source->apply(intents::SeekTime{1000});
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  for (int i = 0; i < 600; ++i) source->update(host_ns += 16'666'667);
  EXPECT_EQ(source->status().playhead.time_ns, 1000 + 10'000);
}

TEST_F(Replay, PlaysByStepAndEachStepTakesTheSameTime) {
  const auto source = open("paced");
  source->apply(intents::SetSpeed{by_step()});
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  FileStore store(std::move(*Reader::open(path("paced"))));
  std::uint64_t expected = 0;
  for (int i = 0; i < 20; ++i) {
    expected = next_step(store, expected, true).value();
    source->update(host_ns += kSecond_ns / 4);
    EXPECT_LT(source->status().playhead.seq, expected) << "half a step";
    source->update(host_ns += kSecond_ns / 4 + 1);
    // Events that come at the same time as the step are there too, the next step is not.
    EXPECT_GE(source->status().playhead.seq, expected) << "step " << i;
    const std::uint64_t next = next_step(store, expected, true).value();
    EXPECT_TRUE(source->status().playhead.seq < next || next == expected) << "step " << i;
  }
}

TEST_F(Replay, SeeksToEveryEventAsLinearReductionHasIt) {
  for (const std::string name : {"paced", "fast"}) {
    const auto source = open(name);
    const std::vector<Event> events = events_of(name);
    Model linear = source->model();
    std::vector<Model> some;
    const std::size_t every = std::max<std::size_t>(events.size() / 200, 1);
    for (const Event& event : events) {
      reduce(linear, event);
      if (event.seq % every == 0) some.push_back(linear);
    }
    for (const Model& wanted : some) {
      source->apply(intents::SeekSeq{wanted.seq});
      ASSERT_EQ(source->model(), wanted) << name << " forward";
    }
    for (auto wanted = some.rbegin(); wanted != some.rend(); ++wanted) {
      source->apply(intents::SeekSeq{wanted->seq});
      ASSERT_EQ(source->model(), *wanted) << name << " backward";
    }
    source->apply(intents::GoToNow{});
    ASSERT_EQ(source->model(), linear);
    source->apply(intents::GoToStart{});
    ASSERT_EQ(source->model().seq, 0U);
  }
}

TEST_F(Replay, StepsForwardAndBackOverTheSameEvents) {
  for (const std::string name : {"paced", "fast"}) {
    const auto source = open(name);
    std::vector<std::uint64_t> forward{0};
    for (int i = 0; i < 60; ++i) {
      source->apply(intents::StepForward{});
      ASSERT_GT(source->status().playhead.seq, forward.back());
      forward.push_back(source->status().playhead.seq);
    }
    EXPECT_FALSE(source->status().playing) << "who steps wants to look";
    for (std::size_t i = forward.size() - 1; i-- > 0;) {
      source->apply(intents::StepBack{});
      ASSERT_EQ(source->status().playhead.seq, forward[i]) << name;
    }
  }
}

TEST_F(Replay, StepsATenthOfTheSession) {
  const auto source = open("paced");
  source->apply(intents::StepForward{0.1});
  const std::int64_t tenth_ns = source->status().last.time_ns / 10;
  EXPECT_NEAR(static_cast<double>(source->status().playhead.time_ns), static_cast<double>(tenth_ns),
              2);
  source->apply(intents::StepBack{0.1});
  EXPECT_EQ(source->status().playhead.time_ns, 0);
}

TEST_F(Replay, ScrubsWithoutStoppingAndShowsTheTimeAskedFor) {
  const auto source = open("paced");
  source->apply(intents::SeekTime{123'456'789});
  EXPECT_TRUE(source->status().playing);
  EXPECT_EQ(source->status().playhead.time_ns, 123'456'789);
  EXPECT_LE(source->model().time_ns, 123'456'789);
  source->apply(intents::SeekTime{-5});
  EXPECT_EQ(source->status().playhead.time_ns, 0);
}

TEST_F(Replay, StandsStillWithoutDrawingAgain) {
  const auto source = open("paced");
  source->apply(intents::TogglePlay{});
  EXPECT_TRUE(
      testing::turn_until([&] { source->update(kSecond_ns); },
                          [&] { return source->lanes()->end_seq() == source->status().last.seq; }));
  EXPECT_EQ(source->lanes()->end_seq(), source->status().last.seq) << "lanes of the whole file";
  // What was on its way arrives yet.
  source->update(4 * kSecond_ns);
  EXPECT_FALSE(source->update(5 * kSecond_ns));
  EXPECT_FALSE(source->update(6 * kSecond_ns));
}

TEST_F(Replay, AProblemIsReportedOnceSoThatItHidesNoLaterOne) {
  const std::filesystem::path cut = path("cut");
  std::filesystem::copy_file(path("paced"), cut);
  SQLite::Database(cut.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE meta SET value = '0' WHERE key = 'closed_cleanly'");
  const auto source = open("cut");
  const std::optional<std::string> problem = source->take_problem();
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->find("not closed cleanly"), std::string::npos) << *problem;
  source->update(kSecond_ns);
  source->apply(intents::TogglePlay{});
  EXPECT_FALSE(source->take_problem());
}

TEST_F(Replay, WhatOnlyALiveSessionCanDoChangesNothing) {
  const auto source = open("paced");
  source->apply(intents::TogglePlay{});
  const Model before = source->model();
  for (const intents::ToSession& wanted :
       {intents::ToSession{intents::RunGc{}}, intents::ToSession{intents::SetProcs{7}},
        intents::ToSession{intents::ChangeProcs{1}}, intents::ToSession{intents::ToggleRecord{}}}) {
    source->apply(wanted);
    source->update(kSecond_ns);
  }
  EXPECT_EQ(source->model(), before);
  EXPECT_FALSE(source->status().recording);
}

TEST_F(Replay, AMissingFileIsAnError) {
  EXPECT_FALSE(ReplaySource::open(folder_->path() / "none.poolscope"));
}

TEST_F(Replay, PlaysFromMarkerToMarkerAndKeepsThemInItsFile) {
  std::filesystem::copy_file(path("paced"), path("marked"));
  auto source = open("marked");
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  const std::int64_t last_ns = source->status().last.time_ns;
  std::vector<Position> places;
  for (const std::int64_t part : {3, 1}) {
    source->apply(intents::SeekTime{last_ns * part / 4});
    source->apply(intents::AddMarker{});
    EXPECT_FALSE(source->status().playing);
    ASSERT_NE(source->status().marker(), nullptr);
    places.insert(places.begin(), source->status().playhead);
  }
  source->apply(intents::EditMarker{(*source->status().markers)[1].id, "Look here", "and say why"});
  source->apply(intents::GoToStart{});
  EXPECT_EQ(source->status().marker(), nullptr);

  for (std::size_t i = 0; i < places.size(); ++i) {
    source->apply(intents::NextLine{});
    EXPECT_TRUE(source->status().playing);
    for (int frame = 0; source->status().playing && frame < 1000; ++frame) {
      source->update(host_ns += 7'000'000);
    }
    EXPECT_EQ(source->status().playhead, places[i]);
    EXPECT_EQ(source->model().seq, places[i].seq);
    EXPECT_EQ(source->status().at_marker, i);
  }
  source->apply(intents::NextLine{});
  EXPECT_TRUE(source->take_news());
  EXPECT_FALSE(source->take_problem()) << "nothing has gone wrong";
  EXPECT_EQ(source->status().marker()->note, "and say why");
  source->apply(intents::LineBefore{});
  EXPECT_EQ(source->status().at_marker, 0U);
  source->apply(intents::MarkerForward{});
  EXPECT_EQ(source->status().at_marker, 1U);
  source->apply(intents::RemoveMarker{source->status().markers->front().id});
  EXPECT_EQ(source->status().at_marker, 0U);
  source->close();
  EXPECT_FALSE(source->take_problem());

  source = open("marked");
  ASSERT_EQ(source->status().markers->size(), 1U);
  EXPECT_EQ(source->status().markers->front().title, "Look here");
  EXPECT_EQ(place_of(source->status().markers->front().marker), places[1]);
}

/// The second quarter of the session is the loop, and the playhead stands at its end.
void set_loop(ReplaySource& source) {
  const std::int64_t last_ns = source.status().last.time_ns;
  source.apply(intents::SeekTime{last_ns / 4});
  source.apply(intents::LoopIn{});
  source.apply(intents::SeekTime{last_ns / 2});
  source.apply(intents::LoopOut{});
}

TEST_F(Replay, PlaysItsLoopAgainAndAgain) {
  const auto source = open("paced");
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  const std::int64_t last_ns = source->status().last.time_ns;
  set_loop(*source);
  const Position in = source->status().loop.in.value();
  const Position out = source->status().loop.out.value();
  EXPECT_EQ(in.time_ns, last_ns / 4);
  EXPECT_EQ(out.time_ns, last_ns / 2);
  source->apply(intents::SeekTime{last_ns / 3});
  int rounds = 0;
  for (int frame = 0; frame < 200; ++frame) {
    const std::int64_t before_ns = source->status().playhead.time_ns;
    source->update(host_ns += 10'000'000);
    EXPECT_GE(source->status().playhead.time_ns, in.time_ns);
    EXPECT_LE(source->status().playhead.time_ns, out.time_ns);
    rounds += source->status().playhead.time_ns < before_ns ? 1 : 0;
  }
  EXPECT_GE(rounds, 10);  // 2 s in stretches of 0.1 s
  EXPECT_TRUE(source->status().playing);
  // What is played behind it goes on to the end.
  source->apply(intents::SeekTime{last_ns * 3 / 4});
  for (int frame = 0; source->status().playing && frame < 200; ++frame) {
    source->update(host_ns += 10'000'000);
  }
  EXPECT_EQ(source->status().playhead.seq, source->status().last.seq);
  source->apply(intents::LoopOut{true});
  EXPECT_EQ(source->status().loop, (Loop{in, std::nullopt}));
}

TEST_F(Replay, OpenedAgainGoesOnWhereItWasLeft) {
  const auto source = open("paced");
  set_loop(*source);
  source->apply(intents::SeekTime{source->status().last.time_ns / 3});
  source->apply(intents::ChangeSpeed{-2});
  source->apply(intents::ToggleSkipWaits{});
  const SessionStatus& left = source->status();
  ASSERT_TRUE(left.playing);
  const auto again = open("paced");
  go_back_to(replay_place(left), *again);
  EXPECT_EQ(again->status().playhead, left.playhead);
  EXPECT_EQ(again->model(), source->model());
  EXPECT_EQ(again->status().loop, left.loop);
  EXPECT_EQ(again->status().speed, left.speed);
  EXPECT_TRUE(again->status().skips_waits);
  EXPECT_TRUE(again->status().playing);
  // One that stands stays so, with half a loop and without one.
  source->apply(intents::LoopOut{true});
  source->apply(intents::StepForward{});
  ASSERT_FALSE(left.playing);
  const auto standing = open("paced");
  go_back_to(replay_place(left), *standing);
  EXPECT_EQ(standing->status().playhead, left.playhead);
  EXPECT_EQ(standing->status().loop, left.loop);
  EXPECT_FALSE(standing->status().playing);
}

TEST_F(Replay, AMarkerAtTheEndOfTheLoopIsPlayedToAndAgainLeavesTheLoop) {
  std::filesystem::copy_file(path("paced"), path("looped"));
  const auto source = open("looped");
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  const std::int64_t last_ns = source->status().last.time_ns;
  set_loop(*source);
  source->apply(intents::AddMarker{});
  source->apply(intents::SeekTime{last_ns / 3});
  const int speed = source->status().speed;
  source->apply(intents::Again{});
  source->apply(intents::NextLine{});
  EXPECT_EQ(source->status().speed, speed) << "what is shown once more is over";
  for (int frame = 0; source->status().playing && frame < 1000; ++frame) {
    source->update(host_ns += 7'000'000);
  }
  EXPECT_EQ(source->status().at_marker, 0U);
  EXPECT_EQ(source->status().playhead.time_ns, last_ns / 2);
}

TEST_F(Replay, PlaysBackwardsToItsBeginningByTimeAndByStep) {
  for (const char* name : {"paced", "fast"}) {
    const auto source = open(name);
    std::int64_t host_ns = kSecond_ns;
    source->update(host_ns);
    source->apply(intents::GoToNow{});
    source->apply(intents::PlayBackwards{});
    EXPECT_TRUE(source->status().playing);
    Position last = source->status().playhead;
    constexpr std::int64_t kFrame_ns = 20'000'000;
    const bool by_time = std::string(name) == "paced";
    std::size_t least_moves = 15;  // two steps a second, for twenty seconds
    if (by_time) {
      std::set<std::int64_t> frames_with_events;
      for (const Event& event : events_of(name)) {
        frames_with_events.insert((last.time_ns - event.time_ns) / kFrame_ns);
      }
      least_moves = frames_with_events.size() - 1;
    }
    std::size_t moves = 0;
    for (int frame = 0; frame < 1000 && source->status().playing; ++frame) {
      source->update(host_ns += kFrame_ns);
      const Position now = source->status().playhead;
      EXPECT_LE(now.time_ns, last.time_ns);
      EXPECT_LE(now.seq, last.seq);
      moves += now == last ? 0 : 1;
      last = now;
    }
    EXPECT_GE(moves, least_moves) << name;
    if (by_time) {
      EXPECT_EQ(source->status().playhead.seq, source->status().first.seq);
      EXPECT_FALSE(source->status().playing);
    }
    source->apply(intents::Pause{});
    EXPECT_FALSE(source->status().playing);
    const Position stood = source->status().playhead;
    source->update(host_ns += kSecond_ns);
    EXPECT_EQ(source->status().playhead, stood);
    // Forwards again from there.
    source->apply(intents::TogglePlay{});
    source->update(host_ns += kSecond_ns);
    EXPECT_GT(source->status().playhead.seq, stood.seq);
  }
}

TEST_F(Replay, PlaysToTheNextMarkerAlsoAfterItHasPlayedBackwards) {
  std::filesystem::copy_file(path("paced"), path("turned"));
  const auto source = open("turned");
  std::int64_t host_ns = kSecond_ns;
  source->update(host_ns);
  const std::int64_t last_ns = source->status().last.time_ns;
  source->apply(intents::SeekTime{last_ns * 3 / 4});
  source->apply(intents::AddMarker{});
  source->apply(intents::SeekTime{last_ns / 2});
  source->apply(intents::PlayBackwards{});
  source->update(host_ns += 20'000'000);
  source->apply(intents::NextLine{});
  for (int frame = 0; source->status().playing && frame < 1000; ++frame) {
    source->update(host_ns += 7'000'000);
  }
  EXPECT_EQ(source->status().at_marker, 0U);
}

TEST_F(Replay, ReadsItsMarkersAgainOnceTheSessionOfBeforeHasEnded) {
  std::filesystem::copy_file(path("paced"), path("twice"));
  const auto before = open("twice");
  before->apply(intents::AddMarker{});
  const auto next = open("twice");
  before->close();
  EXPECT_TRUE(next->status().markers->empty());
  next->read_annotations_again();
  EXPECT_EQ(next->status().markers->size(), 1U);
  next->apply(intents::GoToNow{});
  next->apply(intents::AddMarker{});
  next->close();
  const auto reader = Reader::open(path("twice"));
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->markers().size(), 2U);
}

TEST_F(Replay, WritesItsMarkersSoonAfterTheyHaveChanged) {
  std::filesystem::copy_file(path("paced"), path("written"));
  const auto source = open("written");
  source->apply(intents::AddMarker{});
  EXPECT_TRUE(testing::turn_until([&] { source->update(testing::host_ns()); },
                                  [&] {
                                    const auto reader = Reader::open(path("written"));
                                    return reader && (*reader)->markers().size() == 1;
                                  }));
}

/// Its view is being directed: the timeline at first, the memory from the session's half on.
std::unique_ptr<ReplaySource> half_directed(std::unique_ptr<ReplaySource> source) {
  source->apply(intents::Pause{});
  source->apply(intents::RetakeView{});
  EXPECT_TRUE(source->status().retaking_view);
  source->apply(intents::NoteView{"tab", "timeline"});
  source->apply(intents::SeekTime{source->status().last.time_ns / 2});
  source->apply(intents::NoteView{"tab", "memory"});
  return source;
}

TEST_F(Replay, KeepsInItsFileTheViewThatIsDirectedOnceMoreUntilThatIsUndone) {
  std::filesystem::copy_file(path("paced"), path("directed"));
  const auto source = half_directed(open("directed"));
  source->apply(intents::RetakeView{});
  EXPECT_FALSE(source->status().retaking_view);
  EXPECT_TRUE(source->status().can_undo_view);
  const std::vector<ViewChange> directed = *source->status().views;
  ASSERT_EQ(directed.size(), 2U);
  EXPECT_EQ(directed[1].value, "memory");
  source->close();
  EXPECT_EQ((*Reader::open(path("directed")))->views(), directed);

  const auto again = open("directed");
  again->apply(intents::RetakeView{});
  again->apply(intents::NoteView{"tab", "object"});
  again->apply(intents::RetakeView{});
  EXPECT_NE(*again->status().views, directed);
  again->apply(intents::UndoView{});
  EXPECT_FALSE(again->status().can_undo_view);
  EXPECT_EQ(*again->status().views, directed);
  again->close();
  EXPECT_EQ((*Reader::open(path("directed")))->views(), directed);
}

TEST_F(Replay, WritesTheViewIntoItsFileAtOnceWhereSomebodyWaitsForIt) {
  std::filesystem::copy_file(path("paced"), path("hastened"));
  const auto source = half_directed(open("hastened"));
  EXPECT_TRUE(source->hasten_annotations()) << "nothing has changed yet";
  source->apply(intents::RetakeView{});
  EXPECT_FALSE(source->hasten_annotations());
  // It plays, and its clock stands: without haste it would write after half a second of rest.
  source->apply(intents::TogglePlay{});
  EXPECT_TRUE(testing::turn_until([&] { source->update(1); },
                                  [&] { return source->hasten_annotations(); }));
  EXPECT_EQ((*Reader::open(path("hastened")))->views().size(), 2U);
}

TEST_F(Replay, WaitsAgainWithWhatChangesAfterSomebodyHasWaited) {
  std::filesystem::copy_file(path("paced"), path("later"));
  const auto source = open("later");
  const auto markers = [&] { return (*Reader::open(path("later")))->markers().size(); };
  source->apply(intents::AddMarker{});
  EXPECT_FALSE(source->hasten_annotations());
  // Who waited has given up meanwhile, and does not ask again.
  EXPECT_TRUE(testing::turn_until([&] { source->update(1); }, [&] { return markers() == 1; }));
  source->apply(intents::SeekTime{source->status().last.time_ns / 2});
  source->apply(intents::AddMarker{});
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
  while (std::chrono::steady_clock::now() < until) source->update(1);
  EXPECT_EQ(markers(), 1U);
  source->close();
  EXPECT_EQ(markers(), 2U);
}

TEST_F(Replay, GivesUpTheViewThatIsBeingDirectedAndShowsNothingOnceMoreMeanwhile) {
  std::filesystem::copy_file(path("paced"), path("given-up"));
  const auto source = half_directed(open("given-up"));
  const Position before = source->status().playhead;
  source->apply(intents::Again{});
  EXPECT_EQ(source->status().playhead, before);
  EXPECT_TRUE(source->take_news());
  source->apply(intents::UndoView{});
  EXPECT_FALSE(source->status().retaking_view);
  source->close();
  EXPECT_TRUE((*Reader::open(path("given-up")))->views().empty());
}

TEST_F(Replay, KeepsWhatWasDirectedWhenItIsClosed) {
  std::filesystem::copy_file(path("paced"), path("closed"));
  half_directed(open("closed"))->close();
  EXPECT_EQ((*Reader::open(path("closed")))->views().size(), 2U);
}

TEST_F(Replay, SaysAtOnceThatAnOlderFilesViewCannotBeDirected) {
  const std::filesystem::path file = folder_->path() / "old.poolscope";
  std::filesystem::copy_file(std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-2.poolscope",
                             file);
  const auto source = open("old");
  source->apply(intents::RetakeView{});
  EXPECT_FALSE(source->status().retaking_view);
  const auto problem = source->take_problem();
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->find("poolscope cut"), std::string::npos) << *problem;
}

}  // namespace
}  // namespace poolscope
