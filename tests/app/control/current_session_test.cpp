// A session is ended and another one begun while the window goes on, whatever the disk does.

#include "app/control/current_session.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

#include <gtest/gtest.h>

#include "app/control/live_source.h"
#include "app/control/replay_source.h"
#include "app/control/standing_source.h"
#include "tests/app/control/window_time.h"
#include "tests/support/stalled_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
using testing::StalledDisk;

LiveOptions small_session(PoolKind pool = PoolKind::kClassic) {
  LiveOptions options;
  options.session.config.pool = pool;
  options.session.config.procs = 3;
  options.session.config.workers = 5;
  options.session.config.step_time_ns = 2'000'000;
  options.session.ops_per_second = 0;
  return options;
}

Expected<std::unique_ptr<SessionSource>> start_session(LiveOptions options) {
  auto started = LiveSource::start(std::move(options));
  if (!started) return tl::make_unexpected(started.error());
  return std::unique_ptr<SessionSource>(std::move(*started));
}

Expected<std::unique_ptr<SessionSource>> open_file(const std::filesystem::path& file) {
  auto opened = ReplaySource::open(file);
  if (!opened) return tl::make_unexpected(opened.error());
  return std::unique_ptr<SessionSource>(std::move(*opened));
}

/// A session that is recorded into `file` on `disk`, whose first commit is held up.
std::unique_ptr<SessionSource> recorded_on(StalledDisk& disk, const std::filesystem::path& file) {
  LiveOptions options = small_session();
  options.session.config.step_time_ns = 0;
  options.record = file;
  disk.stall(options.recorder);
  auto started = start_session(std::move(options));
  EXPECT_TRUE(started) << started.error().message;
  EXPECT_TRUE(disk.wait_for_commit());
  return std::move(*started);
}

/// The window's turns, without a picture.
class Turns {
 public:
  explicit Turns(CurrentSession& session) : session_(session) {}
  void take() {
    another_ = session_.update() || another_;
    session_.source().update(testing::host_ns());
    static_cast<void>(session_.source().model());
    ++count_;
  }
  bool until(const std::function<bool()>& holds) {
    return testing::turn_until([this] { take(); }, holds);
  }
  [[nodiscard]] bool another() const { return another_; }
  [[nodiscard]] int count() const { return count_; }

 private:
  CurrentSession& session_;
  bool another_ = false;
  int count_ = 0;
};

/// `work` comes back within five seconds though the disk stands still. On a thread of its own, so
/// that a failure is a failed test and not one without an end.
void expect_no_wait(StalledDisk& disk, const std::function<void()>& work) {
  auto done = std::async(std::launch::async, work);
  const bool came_back = done.wait_for(5s) == std::future_status::ready;
  EXPECT_TRUE(came_back);
  if (!came_back) disk.let_go();
  done.get();
}

void expect_whole(const std::filesystem::path& file, const EndedRecording& ended) {
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  EXPECT_EQ((*reader)->last_seq(), ended.model.seq) << "nothing is lost";
  EXPECT_TRUE(testing::verifies(**reader));
  EXPECT_EQ(ended.model.divergences, 0U);
}

TEST(CurrentSession, AnotherPoolOnAStalledDiskDoesNotHoldUpTheWindow) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "old.poolscope";
  StalledDisk disk;
  CurrentSession session(recorded_on(disk, file));
  const StalledDisk::LetGo at_end(disk);
  Turns turns(session);
  expect_no_wait(disk, [&] {
    session.replace([] { return start_session(small_session(PoolKind::kModern)); });
    for (int i = 0; i < 100; ++i) turns.take();
  });
  EXPECT_EQ(turns.count(), 100);
  EXPECT_TRUE(session.closing()) << "the file is not whole yet";
  EXPECT_FALSE(turns.another());
  const SessionStatus& still = session.source().status();
  EXPECT_TRUE(still.recording);
  EXPECT_EQ(still.recording_file, file.string());
  EXPECT_FALSE(still.playing);
  EXPECT_FALSE(still.can.can_change_pool);
  EXPECT_EQ(session.source().model().config.pool, PoolKind::kClassic);

  disk.let_go();
  ASSERT_TRUE(turns.until([&] { return turns.another(); }));
  EXPECT_FALSE(session.busy());
  EXPECT_EQ(session.source().model().config.pool, PoolKind::kModern);
  EXPECT_TRUE(session.source().status().playing);
  EXPECT_FALSE(session.take_problem());
  const auto ended = session.take_ended_recording();
  ASSERT_TRUE(ended);
  expect_whole(file, *ended);
  EXPECT_FALSE(session.take_ended_recording());
  session.source().close();
}

TEST(CurrentSession, TheEndOnAStalledDiskDoesNotHoldUpTheWindow) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "last.poolscope";
  StalledDisk disk;
  CurrentSession session(recorded_on(disk, file));
  const StalledDisk::LetGo at_end(disk);
  Turns turns(session);
  expect_no_wait(disk, [&] {
    session.end();
    for (int i = 0; i < 100; ++i) turns.take();
  });
  EXPECT_TRUE(session.closing());
  disk.let_go();
  ASSERT_TRUE(turns.until([&] { return !session.closing(); }));
  EXPECT_FALSE(turns.another());
  EXPECT_FALSE(session.busy());
  const auto ended = session.take_ended_recording();
  ASSERT_TRUE(ended);
  expect_whole(file, *ended);
  EXPECT_EQ(session.source().model(), ended->model) << "the last look is at its last event";
}

TEST(CurrentSession, TheEndDuringAChangeEndsTheNextSessionToo) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path first = folder.path() / "first.poolscope";
  const std::filesystem::path second = folder.path() / "second.poolscope";
  StalledDisk disk;
  CurrentSession session(recorded_on(disk, first));
  const StalledDisk::LetGo at_end(disk);
  Turns turns(session);
  session.replace([&] {
    LiveOptions options = small_session(PoolKind::kModern);
    options.record = second;
    return start_session(std::move(options));
  });
  session.end();
  disk.let_go();
  ASSERT_TRUE(turns.until([&] { return !session.closing(); }));
  for (const auto& file : {first, second}) {
    auto reader = Reader::open(file);
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_TRUE((*reader)->closed_cleanly()) << file;
  }
}

/// A file that is opened when a test says so.
class SlowFile {
 public:
  CurrentSession::Make opened(const std::filesystem::path& file) {
    return [this, file] {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return free_; });
      return open_file(file);
    };
  }
  void let_go() {
    const std::scoped_lock lock(mutex_);
    free_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool free_ = false;
};

std::filesystem::path golden() { return POOLSCOPE_TEST_DATA_DIR "/format-2.poolscope"; }

TEST(CurrentSession, ASessionGoesOnWhileAFileIsOpenedAndIsThenEndedForIt) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "old.poolscope";
  LiveOptions options = small_session();
  options.record = file;
  auto started = start_session(std::move(options));
  ASSERT_TRUE(started) << started.error().message;
  SlowFile slow;
  CurrentSession session(std::move(*started));
  Turns turns(session);
  session.open(slow.opened(golden()));
  EXPECT_TRUE(session.opening());
  const std::uint64_t seq = session.source().status().last.seq;
  EXPECT_TRUE(turns.until([&] { return session.source().status().last.seq > seq + 50; }));
  EXPECT_TRUE(session.opening());
  slow.let_go();
  ASSERT_TRUE(turns.until([&] { return turns.another(); }));
  EXPECT_EQ(session.source().status().name, "format-2.poolscope");
  const auto ended = session.take_ended_recording();
  ASSERT_TRUE(ended);
  expect_whole(file, *ended);
}

TEST(CurrentSession, AFileThatCannotBeOpenedLeavesTheSessionAsItIs) {
  auto started = start_session(small_session());
  ASSERT_TRUE(started) << started.error().message;
  CurrentSession session(std::move(*started));
  Turns turns(session);
  session.open([] { return open_file("/no/such/file.poolscope"); });
  std::optional<std::string> problem;
  ASSERT_TRUE(turns.until([&] {
    problem = session.take_problem();
    return problem.has_value();
  }));
  EXPECT_NE(problem->find("/no/such/file.poolscope"), std::string::npos) << *problem;
  EXPECT_FALSE(session.busy());
  EXPECT_FALSE(turns.another());
  const std::uint64_t seq = session.source().status().last.seq;
  EXPECT_TRUE(turns.until([&] { return session.source().status().last.seq > seq + 50; }));
  session.source().close();
}

TEST(CurrentSession, ASessionThatCannotBeStartedLeavesTheEndedOneToBeSeen) {
  auto started = start_session(small_session());
  ASSERT_TRUE(started) << started.error().message;
  CurrentSession session(std::move(*started));
  Turns turns(session);
  session.replace([] {
    LiveOptions bad = small_session();
    bad.session.config.procs = 0;
    return start_session(std::move(bad));
  });
  ASSERT_TRUE(turns.until([&] { return !session.busy(); }));
  EXPECT_FALSE(turns.another());
  EXPECT_TRUE(session.take_problem());
  EXPECT_TRUE(session.source().status().can.can_change_pool) << "another can be tried";
}

TEST(CurrentSession, TheEndDoesNotWaitForAFileThatIsBeingOpened) {
  auto started = start_session(small_session());
  ASSERT_TRUE(started) << started.error().message;
  SlowFile slow;
  CurrentSession session(std::move(*started));
  Turns turns(session);
  session.open(slow.opened(golden()));
  session.end();
  EXPECT_TRUE(turns.until([&] { return !session.closing(); }));
  EXPECT_TRUE(session.busy()) << "that thread is left behind by the program";
  EXPECT_FALSE(turns.another());
  slow.let_go();
}

}  // namespace
}  // namespace poolscope
