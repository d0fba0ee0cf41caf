#include "app/control/flight_recorder.h"

#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/control/leftovers.h"
#include "app/control/live_source.h"
#include "core/model/reduce.h"
#include "core/session/held_file.h"
#include "core/session/reader.h"
#include "tests/app/control/window_time.h"
#include "tests/support/full_disk.h"
#include "tests/support/stalled_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using testing::StalledDisk;
using testing::TemporaryFolder;
using testing::until;

/// Without SQLite's journals, which come and go.
std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".poolscope") files.push_back(entry.path());
  }
  return files;
}

std::unique_ptr<Reader> opened(const fs::path& file) {
  auto reader = Reader::open(file);
  EXPECT_TRUE(reader) << reader.error().message;
  return std::move(*reader);
}

class Flight : public ::testing::Test {
 protected:
  static RecorderOptions quick() {
    RecorderOptions options = flight_options("test");
    options.commit_every = 50ms;
    return options;
  }
  void make(RecorderOptions options = quick()) {
    flight_ = std::make_shared<FlightRecorder>(state_, std::move(options));
  }

  /// A session at full rate for a pool of that kind.
  std::unique_ptr<LiveSource> start(PoolKind pool = PoolKind::kClassic, double rate = 2000) {
    LiveOptions options;
    options.session.config.procs = 3;
    options.session.config.workers = 5;
    options.session.config.workload->name = "bursts";
    options.session.config.step_time_ns = 0;
    options.session.config.pool = pool;
    options.session.ops_per_second = rate;
    options.flight = flight_;
    options.recordings_folder = recordings_;
    auto source = LiveSource::start(std::move(options));
    EXPECT_TRUE(source) << source.error().message;
    return std::move(*source);
  }
  /// Runs on until `holds`.
  bool go_on(LiveSource& source, const std::function<bool()>& holds) {
    return until(source, [&] {
      flight_->update();
      return holds();
    });
  }
  bool runs_beyond(LiveSource& source, std::uint64_t seq) {
    return go_on(source, [&] { return flight_->running() && source.model().seq > seq; });
  }
  /// The file that is saved; empty where none comes.
  std::string save(LiveSource& source, std::int64_t length_ns = kSaveLast_ns) {
    flight_->save_last(recordings_, length_ns);
    std::optional<std::string> file;
    EXPECT_TRUE(go_on(source, [&] {
      file = flight_->take_saved();
      return file.has_value() || !flight_->saving();
    }));
    EXPECT_EQ(flight_->take_problem().value_or(""), "");
    return file.value_or("");
  }

  TemporaryFolder folder_;
  const fs::path state_ = folder_ / "state";
  const fs::path recordings_ = folder_ / "recordings";
  std::shared_ptr<FlightRecorder> flight_;
};

TEST_F(Flight, SavesWhatWasNotRecordedOnPurpose) {
  make();
  const auto source = start();
  ASSERT_TRUE(runs_beyond(*source, 3'000));
  // The session looks at the recorder once a frame, and may have done so before it ran.
  ASSERT_TRUE(go_on(*source, [&] { return source->status().can.can_save_last; }));
  const std::uint64_t seen = source->model().seq;
  const auto reader = opened(save(*source));
  EXPECT_TRUE(reader->closed_cleanly());
  EXPECT_EQ(reader->origin().seq, 0U);
  EXPECT_GE(reader->last_seq(), seen) << "all that was seen is in it";
  EXPECT_TRUE(testing::verifies(*reader));
  // The session's own past has the same state.
  source->apply(intents::SeekSeq{seen / 2});
  EXPECT_EQ(reader->model_at(seen / 2).value(), source->model());
}

TEST_F(Flight, HasTheViewOfTheFirstMomentTooBeforeItsFileIsThere) {
  make();
  const auto source = start();
  source->apply(intents::NoteView{"layout", "lecture"});
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  source->apply(intents::NoteView{"layout", "workbench"});
  ASSERT_TRUE(runs_beyond(*source, source->model().seq + 1'000));
  const auto reader = opened(save(*source));
  ASSERT_EQ(reader->views().size(), 2U);
  EXPECT_EQ(reader->views()[0].value, "lecture");
  EXPECT_EQ(reader->views()[1].value, "workbench");
}

TEST_F(Flight, HasTheMarkersOfEachSessionAsTheyAreNow) {
  make();
  auto source = start();
  source->apply(intents::AddMarker{});  // before its file is there
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  source->apply(intents::AddMarker{});
  const auto markers = source->status().markers;
  source->apply(intents::EditMarker{markers->front().id, "A title", "A note"});
  source->apply(intents::RemoveMarker{markers->back().id});
  {
    const auto reader = opened(save(*source));
    ASSERT_EQ(reader->markers().size(), 1U);
    EXPECT_EQ(reader->markers().front().title, "A title");
    EXPECT_EQ(reader->markers().front().note, "A note");
  }
  source->close();
  const std::uint64_t end = source->model().seq;
  source = start(PoolKind::kModern);
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  source->apply(intents::AddMarker{});
  source->apply(intents::EditMarker{source->status().markers->front().id, "Of the next", {}});
  const auto reader = opened(save(*source));
  ASSERT_EQ(reader->markers().size(), 2U);
  EXPECT_EQ(reader->markers().front().title, "A title");
  EXPECT_EQ(reader->markers().back().title, "Of the next");
  EXPECT_GT(reader->markers().back().seq, end);
}

TEST_F(Flight, SavesTheEndOfALongerSession) {
  make();
  const auto source = start();
  ASSERT_TRUE(go_on(*source, [&] { return source->model().time_ns > 1'500'000'000; }));
  const auto reader = opened(save(*source, 500'000'000));
  EXPECT_GT(reader->origin().seq, 0U);
  EXPECT_GE(reader->duration_ns(), 400'000'000);
  EXPECT_LT(reader->duration_ns(), 1'200'000'000);
  EXPECT_TRUE(testing::verifies(*reader));
  source->apply(intents::SeekSeq{reader->origin().seq});
  EXPECT_EQ(reader->base(), source->model()) << "it begins with the state there";
}

TEST_F(Flight, GoesOnWhileItSavesAndBesideARecording) {
  make();
  const auto source = start();
  ASSERT_TRUE(runs_beyond(*source, 500));
  source->apply(intents::ToggleRecord{});
  ASSERT_TRUE(go_on(*source, [&] { return !source->status().recording_file.empty(); }));
  const auto first = opened(save(*source));
  const auto second = opened(save(*source));
  EXPECT_GT(second->last_seq(), first->last_seq());
  EXPECT_TRUE(testing::verifies(*second));
  source->apply(intents::ToggleRecord{});
  std::optional<EndedRecording> ended;
  ASSERT_TRUE(go_on(*source, [&] {
    ended = source->take_ended_recording();
    return ended.has_value();
  }));
  const auto recorded = opened(ended->file);
  EXPECT_TRUE(testing::verifies(*recorded));
  const auto third = opened(save(*source));
  EXPECT_GE(third->last_seq(), recorded->last_seq());
  EXPECT_EQ(third->model_at(recorded->last_seq()).value(), ended->model);
}

TEST_F(Flight, GoesOnInTheSameFileWhereAnotherSessionFollows) {
  make();
  auto source = start(PoolKind::kClassic);
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  source->close();
  const std::uint64_t end = source->model().seq;
  source = start(PoolKind::kModern);
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  EXPECT_EQ(files_in(state_).size(), 1U);
  const auto reader = opened(save(*source));
  ASSERT_EQ(reader->segments().size(), 2U);
  EXPECT_EQ(reader->segments()[1].seq, end + 1);
  EXPECT_EQ(reader->model_at(end).value().config.pool, PoolKind::kClassic);
  EXPECT_EQ(reader->model_at(end + 1).value().config.pool, PoolKind::kModern);
  EXPECT_TRUE(testing::verifies(*reader));
}

TEST_F(Flight, StaysWithinItsBudgetAndKeepsTheEnd) {
  constexpr std::size_t kBytes = 200'000;
  RecorderOptions options = quick();
  options.session.keep_last_bytes = kBytes;
  make(options);
  const auto source = start(PoolKind::kClassic, 0);
  std::uintmax_t largest = 0;
  ASSERT_TRUE(go_on(*source, [&] {
    for (const fs::path& file : files_in(state_)) largest = std::max(largest, fs::file_size(file));
    return source->model().seq > 6'000'000;  // many times the budget
  }));
  // What comes within a commit is on top.
  EXPECT_LT(largest, 20 * kBytes);
  source->apply(intents::TogglePlay{});
  const auto reader = opened(save(*source));
  EXPECT_GT(reader->origin().seq, 1'000'000U);
  EXPECT_TRUE(testing::verifies(*reader));
}

TEST_F(Flight, TakesItsFileAwayAtTheEnd) {
  make();
  const auto source = start();
  ASSERT_TRUE(runs_beyond(*source, 100));
  ASSERT_EQ(files_in(state_).size(), 1U);
  source->close();
  EXPECT_TRUE(flight_->end(10s));
  EXPECT_TRUE(files_in(state_).empty());
  EXPECT_FALSE(flight_->running());
}

TEST_F(Flight, OnAStalledDiskItEndsAndTheSessionGoesOn) {
  StalledDisk disk;
  RecorderOptions options = quick();
  disk.stall(options);
  // Room for what comes until its first commit, however late its thread gets a processor.
  options.queue_bytes = std::size_t{4} << 20U;
  make(options);
  const auto source = start();
  const StalledDisk::LetGo at_end(disk);
  ASSERT_TRUE(disk.wait_for_commit());
  std::optional<std::string> failure;
  ASSERT_TRUE(go_on(*source, [&] {
    failure = flight_->take_failure();
    return failure.has_value();
  }));
  EXPECT_NE(failure->find("the disk does not keep up"), std::string::npos) << *failure;
  EXPECT_EQ(failure->find('\n'), std::string::npos);
  const std::uint64_t seq = source->model().seq;
  EXPECT_TRUE(go_on(*source, [&] { return source->model().seq > seq + 10'000; }));
  EXPECT_FALSE(source->status().can.can_save_last);
  EXPECT_FALSE(flight_->take_failure()) << "it is said once";
  flight_->save_last(recordings_, kSaveLast_ns);
  EXPECT_FALSE(flight_->saving());
  EXPECT_FALSE(flight_->end(20ms)) << "the disk holds it up";
  disk.let_go();
  EXPECT_TRUE(flight_->end(20s));
  EXPECT_TRUE(files_in(state_).empty());
}

TEST_F(Flight, OnAFullDiskItEndsAndTheSessionGoesOn) {
  make();
  const auto source = start(PoolKind::kClassic, 0);
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  const testing::FullDisk full(300'000);
  std::optional<std::string> failure;
  ASSERT_TRUE(go_on(*source, [&] {
    failure = flight_->take_failure();
    return failure.has_value();
  }));
  EXPECT_NE(failure->find(state_.string()), std::string::npos) << *failure;
  const std::uint64_t seq = source->model().seq;
  EXPECT_TRUE(go_on(*source, [&] { return source->model().seq > seq + 10'000; }));
  EXPECT_TRUE(go_on(*source, [&] { return files_in(state_).empty(); })) << "it makes room";
}

TEST_F(Flight, SavingFromAStalledDiskCanBeGivenUp) {
  StalledDisk disk;
  RecorderOptions options = quick();
  disk.stall(options);
  options.queue_bytes = std::size_t{64} << 20U;
  make(options);
  const auto source = start();
  const StalledDisk::LetGo at_end(disk);
  ASSERT_TRUE(disk.wait_for_commit());
  ASSERT_TRUE(runs_beyond(*source, 2'000));
  flight_->save_last(recordings_, kSaveLast_ns);
  EXPECT_TRUE(flight_->saving());
  EXPECT_FALSE(flight_->end(100ms));
  disk.let_go();
  EXPECT_TRUE(flight_->end(20s));
  EXPECT_TRUE(files_in(recordings_).empty());
}

TEST_F(Flight, WithoutAFolderItEndsWithALineAndTheSessionGoesOn) {
  flight_ = std::make_shared<FlightRecorder>("/proc/nowhere", quick());
  const auto source = start();
  std::optional<std::string> failure;
  ASSERT_TRUE(go_on(*source, [&] {
    failure = flight_->take_failure();
    return failure.has_value();
  }));
  EXPECT_NE(failure->find("/proc/nowhere"), std::string::npos) << *failure;
  const std::uint64_t seq = source->model().seq;
  EXPECT_TRUE(go_on(*source, [&] { return source->model().seq > seq + 100; }));
}

TEST_F(Flight, ItsFileIsHeldAndNoLeftover) {
  make();
  const auto source = start();
  ASSERT_TRUE(runs_beyond(*source, 1'000));
  ASSERT_EQ(files_in(state_).size(), 1U);
  const fs::path file = files_in(state_).front();
  EXPECT_TRUE(recorded_by(file));
  EXPECT_TRUE(find_leftovers(state_).empty());
  EXPECT_FALSE(discard_leftover({file, "", 0, 0, 0}));
  EXPECT_FALSE(keep_leftover({file, "", 0, 0, 0}, recordings_, "test"));
  EXPECT_TRUE(fs::exists(file));
  // Another one at the same time has a file of its own.
  EXPECT_NE(flight_name(state_), file);
}

}  // namespace
}  // namespace poolscope
