// What a live session records: its events, its markers and views, in one file or on into the next
// session, on a disk that may stand still.

#include "app/control/live_recording.h"

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/control/live_source.h"
#include "app/control/speeds.h"
#include "core/model/dump.h"
#include "core/model/reduce.h"
#include "core/session/reader.h"
#include "core/session/verify.h"
#include "tests/app/control/quick_live.h"
#include "tests/app/control/window_time.h"
#include "tests/support/stalled_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
using testing::host_ns;
using testing::live;
using testing::quick_session;
using testing::StalledDisk;
using testing::start;
using testing::until;

TEST(LiveRecording, ARecordingBegunMidwayVerifiesAndEndsInTheStateThatItTells) {
  const testing::TemporaryFolder folder;
  LiveOptions options = live();
  options.session.config.step_time_ns = 0;
  options.session.ops_per_second = 2000;
  options.recordings_folder = folder.path() / "new";
  const auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 500; }));
  source->apply(intents::ToggleRecord{});
  ASSERT_TRUE(source->status().recording) << source->take_problem().value_or("");
  ASSERT_TRUE(until(*source, [&] { return !source->status().recording_file.empty(); }));
  const std::uint64_t begun = source->model().seq;
  source->apply(intents::RunGc{});
  ASSERT_TRUE(until(*source, [&] {
    return source->model().gc_cycles == 1 && source->model().seq > begun + 2000;
  }));
  source->apply(intents::ToggleRecord{});
  std::optional<EndedRecording> ended;
  ASSERT_TRUE(until(*source, [&] {
    ended = source->take_ended_recording();
    return ended.has_value();
  }));
  EXPECT_FALSE(source->status().recording);
  EXPECT_EQ(source->status().recording_file, ended->file);

  auto reader = Reader::open(ended->file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  const Verification verification = verify(**reader);
  EXPECT_TRUE(verification.holds());
  EXPECT_GE(verification.checkpoints, 1U);
  const auto last = (*reader)->model_at((*reader)->last_seq());
  ASSERT_TRUE(last);
  EXPECT_EQ(dump_json(*last, (*reader)->origin()), dump_json(ended->model, ended->origin));
}

TEST(LiveRecording, RecordsFromTheFirstEventAndClosesTheFileAtTheEnd) {
  const testing::TemporaryFolder folder;
  LiveOptions options = live();
  options.record = folder.path() / "all.poolscope";
  const auto source = start(std::move(options));
  EXPECT_TRUE(source->status().recording);
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 200; }));
  source->close();
  const auto ended = source->take_ended_recording();
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->origin.seq, 0U);
  EXPECT_EQ(ended->model, source->model());
  auto reader = Reader::open(ended->file);
  ASSERT_TRUE(reader);
  EXPECT_TRUE((*reader)->closed_cleanly());
  EXPECT_TRUE(testing::verifies(**reader));
}

TEST(LiveRecording, ItsMarkersAreInItsRecordingAsTheyAreAtTheEnd) {
  const testing::TemporaryFolder folder;
  LiveOptions options = live();
  options.record = folder.path() / "marked.poolscope";
  const auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  source->apply(intents::AddMarker{.tab = "memory"});
  const Position first = place_of(source->status().markers->front().marker);
  EXPECT_EQ(source->status().marker(), nullptr) << "the session goes on";
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > first.seq + 100; }));
  source->apply(intents::AddMarker{});
  source->apply(intents::EditMarker{source->status().markers->front().id, "A title", "A note"});
  source->apply(intents::LineBefore{});
  source->apply(intents::LineBefore{});
  EXPECT_EQ(source->status().mode, ViewMode::kPast);
  EXPECT_EQ(source->status().at_marker, 0U);
  EXPECT_EQ(source->model().seq, first.seq);
  source->apply(intents::NextLine{});
  ASSERT_TRUE(until(*source, [&] { return source->status().at_marker == 1U; }));
  EXPECT_EQ(source->status().mode, ViewMode::kPast);
  source->apply(intents::NextLine{});
  EXPECT_EQ(source->status().mode, ViewMode::kLive);
  source->close();
  auto reader = Reader::open(folder.path() / "marked.poolscope");
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ((*reader)->markers().size(), 2U);
  EXPECT_EQ((*reader)->markers().front().title, "A title");
}

TEST(LiveRecording, AMarkerThatWasTakenAwayIsNotInItsRecording) {
  const testing::TemporaryFolder folder;
  LiveOptions options = live();
  options.record = folder.path() / "taken.poolscope";
  const auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  source->apply(intents::AddMarker{});
  source->apply(intents::RemoveMarker{source->status().markers->front().id});
  source->close();
  const auto reader = Reader::open(folder.path() / "taken.poolscope");
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->markers().empty());
}

TEST(LiveRecording, WhatIsSaidOfAMarkerAfterItsRecordingHasEndedIsInTheFileToo) {
  const testing::TemporaryFolder folder;
  LiveOptions options = live();
  options.record = folder.path() / "ended.poolscope";
  const auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 100; }));
  source->apply(intents::AddMarker{});
  source->apply(intents::ToggleRecord{});
  std::optional<EndedRecording> ended;
  ASSERT_TRUE(until(*source, [&] { return (ended = source->take_ended_recording()).has_value(); }));
  const std::uint64_t last = ended->model.seq;
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > last + 50; }));
  source->apply(intents::AddMarker{});
  source->apply(intents::EditMarker{source->status().markers->front().id, "Said later", {}});
  ASSERT_TRUE(until(*source, [&] {
    const auto reader = Reader::open(ended->file);
    return reader && (*reader)->markers().size() == 1 &&
           (*reader)->markers().front().title == "Said later";
  }));
  source->close();
}

TEST(LiveRecording, ARecordingThatCannotBeMadeIsReportedInOneLine) {
  LiveOptions options = live();
  options.recordings_folder = "/proc/nowhere";
  const auto source = start(std::move(options));
  source->apply(intents::ToggleRecord{});
  std::optional<std::string> problem;
  ASSERT_TRUE(until(*source, [&] {
    problem = source->take_problem();
    return problem.has_value();
  }));
  EXPECT_FALSE(source->status().recording);
  EXPECT_EQ(problem->find('\n'), std::string::npos);
  EXPECT_FALSE(source->take_problem()) << "it is reported once";
}

TEST(LiveRecording, ARecordingGoesOnInTheSessionThatFollowsWithItsMarkersAndViews) {
  const testing::TemporaryFolder folder;
  const auto file = folder.path() / "two.poolscope";
  LiveOptions options = live();
  options.record = file;
  auto source = start(std::move(options));
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 200; }));
  source->apply(intents::AddMarker{});
  source->apply(intents::NoteView{"tab", "memory"});
  source->apply(intents::EditMarker{source->status().markers->front().id, "In the first", {}});
  source->apply(intents::AddMarker{});
  source->apply(intents::RemoveMarker{source->status().markers->back().id});
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 400; }));
  const auto recording = source->hand_over_recording();
  ASSERT_NE(recording, nullptr);
  source->close();
  EXPECT_FALSE(source->take_ended_recording());
  const Model first = source->model();

  SimulationOptions session = quick_session();
  session.config.pool = PoolKind::kModern;
  options = live(session);
  options.recording = recording;
  source = start(std::move(options));
  EXPECT_TRUE(source->status().recording);
  ASSERT_TRUE(until(*source, [&] { return source->model().seq > 200; }));
  EXPECT_EQ(source->status().recording_file, file.string());
  source->apply(intents::AddMarker{});
  source->apply(intents::NoteView{"tab", "timeline"});
  source->apply(intents::EditMarker{source->status().markers->front().id, "In the second", {}});
  source->apply(intents::ToggleRecord{});
  std::optional<EndedRecording> ended;
  ASSERT_TRUE(until(*source, [&] {
    ended = source->take_ended_recording();
    return ended.has_value();
  }));
  EXPECT_EQ(source->hand_over_recording(), nullptr) << "nothing is recorded any more";
  source->close();

  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  EXPECT_TRUE(testing::verifies(**reader));
  ASSERT_EQ((*reader)->segments().size(), 2U);
  const Segment& second = (*reader)->segments()[1];
  EXPECT_EQ(second.seq, first.seq + 1);
  const auto& markers = (*reader)->markers();
  ASSERT_EQ(markers.size(), 2U);
  EXPECT_EQ(markers[0].title, "In the first");
  EXPECT_LT(markers[0].seq, second.seq);
  EXPECT_EQ(markers[1].title, "In the second");
  EXPECT_GT(markers[1].seq, second.seq);
  const auto& views = (*reader)->views();
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].value, "memory");
  EXPECT_LT(views[0].seq, second.seq);
  EXPECT_EQ(views[1].value, "timeline");
  EXPECT_GT(views[1].seq, second.seq);
}

/// Until the recorder is held up and no event has come in for a while: the collector waits too.
bool until_held_up(SessionSource& source, StalledDisk& disk) {
  if (!disk.wait_for_commit()) return false;
  std::uint64_t seq = 0;
  int same = 0;
  return until(source, [&] {
    same = source.status().last.seq == seq ? same + 1 : 0;
    seq = source.status().last.seq;
    return same > 100;
  });
}

TEST(LiveRecording, EndingARecordingOnAStalledDiskDoesNotHoldUpTheWindow) {
  const testing::TemporaryFolder folder;
  StalledDisk disk;
  LiveOptions options = live();
  options.session.config.step_time_ns = 0;
  options.recordings_folder = folder.path();
  disk.stall(options.recorder);
  const auto source = start(std::move(options));
  const StalledDisk::LetGo at_end(disk);
  source->apply(intents::ToggleRecord{});
  EXPECT_TRUE(source->status().recording);
  ASSERT_TRUE(until_held_up(*source, disk));

  // On a thread of its own, so that a failure is a failed test and not one without an end.
  auto asked = std::async(std::launch::async, [&] {
    source->apply(intents::ToggleRecord{});
    source->apply(intents::ToggleRecord{});  // impatience changes nothing
    source->update(host_ns());
    source->update(host_ns());
  });
  const bool came_back = asked.wait_for(5s) == std::future_status::ready;
  if (!came_back) disk.let_go();
  asked.wait();
  EXPECT_TRUE(came_back);
  EXPECT_TRUE(source->status().recording) << "the file is not whole yet";

  disk.let_go();
  std::optional<EndedRecording> ended;
  ASSERT_TRUE(until(*source, [&] {
    ended = source->take_ended_recording();
    return ended.has_value();
  }));
  EXPECT_FALSE(source->status().recording);
  auto reader = Reader::open(ended->file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  EXPECT_TRUE(testing::verifies(**reader));
}

}  // namespace
}  // namespace poolscope
