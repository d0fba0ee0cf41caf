#include "core/session/recorder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <span>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/model/reduce.h"
#include "core/session/held_file.h"
#include "core/session/reader.h"
#include "core/session/verify.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class RecorderTest : public ::testing::Test {
 protected:
  const RealSession& session_ = real_session();
  const Model base_ = initial_model(session_.config);
  TemporaryFolder folder_;
  const fs::path file_ = folder_ / "x.poolscope";
};

TEST_F(RecorderTest, WritesAFileWithEveryEventOfASession) {
  const auto summary = record(file_, base_, session_.events);
  EXPECT_EQ(summary.events, session_.events.size());
  EXPECT_EQ(summary.duration_ns, session_.events.back().time_ns);
  EXPECT_EQ(summary.bytes, fs::file_size(file_));

  const auto reader = opened(file_);
  EXPECT_EQ(reader->event_count(), session_.events.size());
  EXPECT_EQ(reader->config(), session_.config);
  EXPECT_EQ(reader->base(), base_);
  EXPECT_TRUE(reader->closed_cleanly());
  EXPECT_EQ(all_events(*reader), session_.events);
}

TEST_F(RecorderTest, LeavesOneFileAndNothingBesideIt) {
  record(file_, base_, session_.events);
  EXPECT_EQ(names_in(folder_.path()), std::vector<std::string>{"x.poolscope"});
}

TEST_F(RecorderTest, KnowsTheModelAtTheEnd) {
  auto recorder = Recorder::create(file_, false, base_, {});
  ASSERT_TRUE(recorder);
  (*recorder)->append(session_.events);
  ASSERT_TRUE((*recorder)->close());
  EXPECT_EQ((*recorder)->model(), reduced(base_, session_.events));
}

TEST_F(RecorderTest, BeginsInTheMiddleOfASession) {
  const std::size_t before = 70'000;
  const auto events = std::span(session_.events).subspan(before);
  const Model base = reduced(base_, std::span(session_.events).first(before));
  record(file_, base, events);

  const auto reader = opened(file_);
  EXPECT_EQ(reader->origin().seq, base.seq);
  EXPECT_EQ(reader->origin().time_ns, base.time_ns);
  EXPECT_EQ(reader->duration_ns(), session_.events.back().time_ns - base.time_ns);
  EXPECT_TRUE(verifies(*reader));
  const auto end = reader->model_at(reader->last_seq());
  ASSERT_TRUE(end);
  EXPECT_EQ(*end, reduced(base_, session_.events));
}

TEST_F(RecorderTest, KeepsASessionInWhichNothingHappens) {
  EXPECT_EQ(record(file_, base_, {}).events, 0U);
  const auto reader = opened(file_);
  EXPECT_EQ(reader->event_count(), 0U);
  EXPECT_EQ(reader->duration_ns(), 0);
  const auto model = reader->model_at(17);
  ASSERT_TRUE(model);
  EXPECT_EQ(*model, base_);
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(RecorderTest, CommitsWhileTheSessionGoesOn) {
  std::atomic<std::uint64_t> committed = 0;
  std::atomic<std::int64_t> committed_ns = 0;
  RecorderOptions options;
  options.on_commit = [&](std::uint64_t number, std::int64_t time_ns) {
    committed_ns = time_ns;
    committed = number;
  };
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  (*recorder)->append(std::span(session_.events).first(1'000));
  const auto late = std::chrono::steady_clock::now() + 60s;
  while (committed < 1'000 && std::chrono::steady_clock::now() < late) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(committed, 1'000U);
  EXPECT_EQ(committed_ns, session_.events[999].time_ns);
  const auto reader = opened(file_);
  EXPECT_EQ(reader->event_count(), 1'000U);
  EXPECT_FALSE(reader->closed_cleanly());
}

TEST_F(RecorderTest, GathersTheEventsOfASlowSessionInOneChunk) {
  std::atomic<std::uint64_t> committed = 0;
  RecorderOptions options;
  options.commit_every = 1ms;
  options.on_commit = [&](std::uint64_t number, std::int64_t) { committed = number; };
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  for (std::size_t i = 0; i < 20; ++i) {
    (*recorder)->append(std::span(session_.events).subspan(10 * i, 10));
    while (committed < 10 * (i + 1)) std::this_thread::sleep_for(1ms);
  }
  ASSERT_TRUE((*recorder)->close());
  const auto reader = opened(file_);
  EXPECT_EQ(reader->chunks().size(), 1U);
  EXPECT_TRUE(std::ranges::equal(all_events(*reader), std::span(session_.events).first(200)));
}

TEST_F(RecorderTest, DropsNothingWhenItsQueueIsTooSmall) {
  RecorderOptions options;
  options.queue_bytes = 1;
  const auto summary = record(file_, base_, session_.events, options);
  EXPECT_GT(summary.waited.count(), 0);
  EXPECT_EQ(all_events(*opened(file_)), session_.events);
}

TEST_F(RecorderTest, SaysWhatOfItIsInTheFile) {
  RecorderOptions options;
  options.commit_every = 1ms;
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  EXPECT_TRUE((*recorder)->offer(std::span(session_.events).first(5'000)));
  EXPECT_EQ((*recorder)->appended(), 5'000U);
  const auto late = std::chrono::steady_clock::now() + 30s;
  while ((*recorder)->committed() < 5'000 && std::chrono::steady_clock::now() < late) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ((*recorder)->committed(), 5'000U);
  EXPECT_EQ(opened(file_)->event_count(), 5'000U);
}

TEST_F(RecorderTest, RefusesWhatItWouldHaveToWaitFor) {
  RecorderOptions options;
  options.queue_bytes = 1;  // one block, of 16,384
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  EXPECT_FALSE((*recorder)->offer(session_.events));
  EXPECT_EQ((*recorder)->appended(), 0U);
  EXPECT_TRUE((*recorder)->offer(std::span(session_.events).first(100)));
  ASSERT_TRUE((*recorder)->close());
  EXPECT_EQ(opened(file_)->event_count(), 100U);
  EXPECT_EQ((*recorder)->waited().count(), 0);
}

TEST_F(RecorderTest, KeepsTheLastPartOfASessionOnly) {
  const std::int64_t duration_ns = session_.events.back().time_ns;
  RecorderOptions options;
  options.session.keep_last_ns = duration_ns / 4;
  options.commit_every = 1ms;
  const auto summary = record(file_, base_, session_.events, options);
  EXPECT_EQ(summary.events, session_.events.size());

  const auto reader = opened(file_);
  const std::uint64_t before = reader->origin().seq;
  ASSERT_GT(before, 0U);
  EXPECT_GE(reader->duration_ns(), options.session.keep_last_ns);
  EXPECT_LT(reader->duration_ns(), duration_ns);
  EXPECT_EQ(reader->base(), reduced(base_, std::span(session_.events).first(before)));
  EXPECT_TRUE(std::ranges::equal(all_events(*reader), std::span(session_.events).subspan(before)));
  EXPECT_TRUE(verifies(*reader));
}

TEST_F(RecorderTest, StoresMarkers) {
  auto recorder = Recorder::create(file_, false, base_, {});
  ASSERT_TRUE(recorder);
  (*recorder)->append(std::span(session_.events).first(100));
  const Marker marker{.seq = 50,
                      .time_ns = session_.events[49].time_ns,
                      .title = "半途 \"half\"",
                      .note = "two\nlines",
                      .followed = GId{3},
                      .followed_object = ObjectId{7},
                      .layout = "workbench",
                      .tab = "timeline",
                      .speed = "Story"};
  const Marker bare{.seq = 60, .time_ns = session_.events[59].time_ns, .title = "bare"};
  (*recorder)->add_marker(marker);
  (*recorder)->add_marker(bare);
  ASSERT_TRUE((*recorder)->close());
  const auto reader = opened(file_);
  EXPECT_EQ(reader->markers(), (std::vector<Marker>{marker, bare}));
}

TEST_F(RecorderTest, KeepsAStreamWithAGapForTheAuditToFind) {
  std::vector<Event> events = session_.events;
  events.erase(events.begin() + 20'000);
  record(file_, base_, events);
  const auto reader = opened(file_);
  EXPECT_EQ(all_events(*reader), events);
  EXPECT_GT(verify(*reader).divergences, 0U);
}

TEST_F(RecorderTest, RefusesAnOutputThatExists) {
  std::ofstream(file_) << "mine";
  const auto recorder = Recorder::create(file_, false, base_, {});
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().exit_code(), 2);
  EXPECT_NE(recorder.error().message.find("--overwrite"), std::string::npos);
  EXPECT_EQ(contents(file_), "mine");
}

TEST_F(RecorderTest, TouchesNoFileThatMerelyHasTheNameOfAJournal) {
  for (const char* companion : {"-journal", "-wal", "-shm"}) {
    for (const bool there : {false, true}) {
      SCOPED_TRACE(std::string(companion) + (there ? ", replacing" : ", new"));
      if (there) std::ofstream(file_) << "old";
      const fs::path theirs = file_.string() + companion;
      std::ofstream(theirs) << "somebody else's notes";
      const auto recorder = Recorder::create(file_, there, base_, {});
      ASSERT_FALSE(recorder);
      EXPECT_EQ(recorder.error().exit_code(), 2);
      EXPECT_TRUE(recorder.error().message.starts_with(theirs.string()));
      EXPECT_EQ(contents(theirs), "somebody else's notes");
      EXPECT_EQ(fs::exists(file_), there);
      EXPECT_EQ(contents(file_), there ? "old" : "");
      fs::remove(theirs);
      fs::remove(file_);
    }
  }
}

TEST_F(RecorderTest, ReadsASessionBesideAFileThatMerelyHasTheNameOfItsJournal) {
  record(file_, base_, std::span(session_.events).first(100));
  const fs::path theirs = file_.string() + "-journal";
  std::ofstream(theirs) << "somebody else's notes";
  EXPECT_TRUE(verifies(*opened(file_)));
  EXPECT_EQ(contents(theirs), "somebody else's notes");
}

TEST_F(RecorderTest, KeepsTheOldFileUntilTheNewOneIsMade) {
  std::ofstream(file_) << "mine";
  {
    const FullDisk full(4'096);
    const auto recorder = Recorder::create(file_, true, base_, {});
    ASSERT_FALSE(recorder);
  }
  EXPECT_EQ(contents(file_), "mine");
  EXPECT_EQ(names_in(folder_.path()), std::vector<std::string>{"x.poolscope"});
}

TEST_F(RecorderTest, RefusesAFileThatIsBeingRecorded) {
  auto first = Recorder::create(file_, false, base_, {});
  ASSERT_TRUE(first);
  for (const bool overwrite : {false, true}) {
    const auto second = Recorder::create(file_, overwrite, base_, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().exit_code(), 2);
    EXPECT_NE(
        second.error().message.find("is being recorded by process " + std::to_string(::getpid())),
        std::string::npos)
        << second.error().message;
  }
  (*first)->append(session_.events);
  ASSERT_TRUE((*first)->close());
  EXPECT_TRUE(verifies(*opened(file_)));
  EXPECT_TRUE(Recorder::create(file_, true, base_, {}));
}

TEST_F(RecorderTest, ReadersInTheSameProcessDoNotFreeItsLocks) {
  std::atomic<std::uint64_t> committed = 0;
  RecorderOptions options;
  options.commit_every = 1ms;
  options.on_commit = [&](std::uint64_t number, std::int64_t) { committed = number; };
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  // Its transaction, which a chunk has opened, holds SQLite's lock; readers come and go.
  (*recorder)->append(std::span(session_.events).first(1'000));
  while (committed < 1'000) std::this_thread::sleep_for(1ms);
  for (int i = 0; i < 3; ++i) {
    const auto reader = opened(file_);
    ASSERT_TRUE(reader->recorded_by());
    EXPECT_EQ(reader->recorded_by()->pid, static_cast<std::uint64_t>(::getpid()));
  }
  EXPECT_TRUE(recorded_by(file_));
  ASSERT_TRUE((*recorder)->close());
  EXPECT_FALSE(recorded_by(file_));
  EXPECT_FALSE(opened(file_)->recorded_by());
}

/// Whether another process could write into `file` now: SQLite's pending or reserved byte is free.
bool free_for_others(const fs::path& file) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int descriptor = ::open(file.c_str(), O_RDWR);
    constexpr off_t kPendingByte = 0x40000000;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = kPendingByte;
    lock.l_len = 512;
    ::fcntl(descriptor, F_GETLK, &lock);
    ::_exit(lock.l_type == F_UNLCK ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(RecorderTest, KeepsSqlitesLocksWhenAReaderOfTheSameProcessIsDone) {
  record(file_, base_, std::span(session_.events).first(100));
  const auto held = HeldFile::open(file_);
  ASSERT_TRUE(held);
  SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE);
  database.exec("BEGIN IMMEDIATE");
  ASSERT_FALSE(free_for_others(file_));
  EXPECT_TRUE(Reader::open(file_));
  EXPECT_FALSE(recorded_by(file_));
  EXPECT_FALSE(free_for_others(file_)) << "a reader closed a descriptor of its own";
  database.exec("ROLLBACK");
}

/// What SQLite leaves where a program was killed in a commit.
void make_journal(const fs::path& path) {
  std::ofstream(path) << "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
}

TEST_F(RecorderTest, ReplacesAnOutputThatExistsWhenAsked) {
  std::ofstream(file_) << "mine";
  make_journal(file_.string() + "-journal");
  auto recorder = Recorder::create(file_, true, base_, {});
  ASSERT_TRUE(recorder) << recorder.error().message;
  (*recorder)->append(std::span(session_.events).first(10));
  ASSERT_TRUE((*recorder)->close());
  EXPECT_EQ(opened(file_)->event_count(), 10U);
  EXPECT_EQ(names_in(folder_.path()), std::vector<std::string>{"x.poolscope"});
}

TEST_F(RecorderTest, ReplacesNoFolder) {
  const auto recorder = Recorder::create(folder_.path(), true, base_, {});
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().exit_code(), 2);
  EXPECT_TRUE(fs::is_directory(folder_.path()));
}

TEST_F(RecorderTest, LeavesNothingWhereItsFolderIsMissing) {
  const auto recorder = Recorder::create(folder_ / "no/x.poolscope", false, base_, {});
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().exit_code(), 1);
  EXPECT_EQ(recorder.error().message,
            (folder_ / "no/x.poolscope").string() + ": cannot be made: there is no folder " +
                (folder_ / "no").string() + ": name a file in a folder that you may write");
  EXPECT_TRUE(names_in(folder_.path()).empty());
}

TEST_F(RecorderTest, SaysThatItsFileWasDeletedMeanwhile) {
  const fs::path folder = folder_ / "soon gone";
  fs::create_directory(folder);
  auto recorder = Recorder::create(folder / "x.poolscope", false, base_, {});
  ASSERT_TRUE(recorder);
  fs::remove_all(folder);
  (*recorder)->append(session_.events);
  const auto closed = (*recorder)->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().message,
            (folder / "x.poolscope").string() +
                ": cannot write it: it was moved or deleted while it was in use: "
                "leave a session in its place until it is closed");
  EXPECT_TRUE(names_in(folder_.path()).empty());
}

TEST_F(RecorderTest, LeavesNothingWhereTheDiskIsFullFromTheStart) {
  const FullDisk full(4'096);
  const auto recorder = Recorder::create(file_, false, base_, {});
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().exit_code(), 1);
  EXPECT_EQ(std::ranges::count(recorder.error().message, '\n'), 0);
  EXPECT_TRUE(names_in(folder_.path()).empty());
}

TEST_F(RecorderTest, SaysThatTheDiskIsFullAndKeepsWhatWasCommitted) {
  std::atomic<std::uint64_t> committed = 0;
  RecorderOptions options;
  options.commit_every = 1ms;
  options.on_commit = [&](std::uint64_t number, std::int64_t) { committed = number; };
  auto recorder = Recorder::create(file_, false, base_, options);
  ASSERT_TRUE(recorder);
  (*recorder)->append(std::span(session_.events).first(5'000));
  while (committed < 5'000) std::this_thread::sleep_for(1ms);
  {
    const FullDisk full(fs::file_size(file_) + 4'096);
    (*recorder)->append(session_.events);
    const auto closed = (*recorder)->close();
    ASSERT_FALSE(closed);
    EXPECT_EQ(std::ranges::count(closed.error().message, '\n'), 0);
    EXPECT_NE(closed.error().message.find("x.poolscope"), std::string::npos);
  }
  const auto reader = opened(file_);
  EXPECT_GE(reader->event_count(), committed);
  EXPECT_FALSE(reader->closed_cleanly());
}

}  // namespace
}  // namespace poolscope::testing
