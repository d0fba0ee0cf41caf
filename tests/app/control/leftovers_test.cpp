// What flight recorders of killed programs leave behind.

#include "app/control/leftovers.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "app/control/flight_recorder.h"
#include "app/control/rescue.h"
#include "core/model/reduce.h"
#include "core/session/held_file.h"
#include "core/session/reader.h"
#include "tests/app/control/window_time.h"
#include "tests/support/process.h"
#include "tests/support/sessions.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/verified.h"

namespace poolscope {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using testing::Process;
using testing::TemporaryFolder;

constexpr const char* kFolderVariable = "POOLSCOPE_TEST_FLIGHT_IN";

/// The events of the simplest session that there is.
std::vector<Event> some_events() {
  std::vector<Event> events;
  for (std::uint64_t seq = 1; seq <= 1'000; ++seq) {
    Event event;
    event.set_seq(seq);
    event.time_ns = static_cast<std::int64_t>(seq) * 1'000'000;
    event.kind = EventKind::kSpeedChanged;
    events.push_back(event);
  }
  return events;
}

/// Not a test: the program that is killed.
TEST(Leftovers, DISABLED_Child) {
  const char* folder = std::getenv(kFolderVariable);
  ASSERT_NE(folder, nullptr);
  RecorderOptions options = flight_options("test");
  options.commit_every = 1ms;
  options.on_commit = [](std::uint64_t number, std::int64_t) {
    if (number == 1'000) std::fputs("all is in the file\n", stderr);
  };
  FlightRecorder flight(folder, options);
  flight.begin_session(initial_model({}));
  flight.take(some_events());
  std::this_thread::sleep_for(60s);
}

class LeftoversTest : public ::testing::Test {
 protected:
  /// A program with a flight recorder, which has all in its file.
  std::unique_ptr<Process> child() {
    auto process = std::make_unique<Process>(
        std::vector<std::string>{"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                 "--gtest_filter=Leftovers.DISABLED_Child"},
        testing::Environment{{kFolderVariable, state_.string()}});
    EXPECT_TRUE(testing::turn_until(
        [] {}, [&] { return process->err().find("all is") != std::string::npos; }))
        << process->out() << process->err();
    return process;
  }
  void leave_one() {
    const auto process = child();
    process->signal(SIGKILL);
    ASSERT_EQ(process->wait(10s), 128 + SIGKILL);
  }
  [[nodiscard]] std::ptrdiff_t files(const fs::path& folder) const {
    std::error_code none;
    return std::distance(fs::directory_iterator(folder, none), fs::directory_iterator());
  }
  void expect_whole(const fs::path& file) const {
    const auto reader = Reader::open(file);
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ((*reader)->event_count(), 1'000U);
    EXPECT_TRUE(testing::verifies(**reader));
  }

  TemporaryFolder folder_;
  const fs::path state_ = folder_ / "state";
  const fs::path recordings_ = folder_ / "recordings";
};

TEST_F(LeftoversTest, AreFoundAfterAKillAndSayWhatTheyAre) {
  EXPECT_TRUE(find_leftovers(state_).empty()) << "there is not even a folder";
  leave_one();
  const auto found = find_leftovers(state_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].events, 1'000U);
  EXPECT_EQ(found[0].duration_ns, 1'000'000'000);
  EXPECT_EQ(found[0].bytes, fs::file_size(found[0].file));
  EXPECT_EQ(found[0].started.size(), std::string("2026-01-31T14:25:00Z").size());
  EXPECT_EQ(find_leftovers(state_).size(), 1U) << "to look changes nothing";
}

TEST_F(LeftoversTest, AreKeptAmongTheRecordings) {
  leave_one();
  const auto found = find_leftovers(state_);
  ASSERT_EQ(found.size(), 1U);
  const auto kept = keep_leftover(found[0], recordings_, "test");
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->parent_path(), recordings_);
  EXPECT_EQ(files(state_), 0);
  EXPECT_EQ(files(recordings_), 1);
  expect_whole(*kept);
  EXPECT_FALSE(keep_leftover(found[0], recordings_, "test")) << "it is no longer there";
}

TEST_F(LeftoversTest, AreCopiedToAnotherDisk) {
  const fs::path elsewhere = fs::path("/dev/shm") / ("poolscope-test-" + std::to_string(getpid()));
  fs::create_directories(state_);
  std::error_code ignored;
  if (!fs::create_directory(elsewhere, ignored)) GTEST_SKIP() << "no other disk to write to";
  leave_one();
  const auto found = find_leftovers(state_);
  ASSERT_EQ(found.size(), 1U);
  const auto kept = keep_leftover(found[0], elsewhere, "test");
  ASSERT_TRUE(kept) << kept.error().message;
  expect_whole(*kept);
  EXPECT_EQ(files(state_), 0);
  EXPECT_EQ(files(elsewhere), 1);
  fs::remove_all(elsewhere);
}

TEST_F(LeftoversTest, AreThrownAway) {
  leave_one();
  const auto found = find_leftovers(state_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(discard_leftover(found[0]));
  EXPECT_EQ(files(state_), 0);
}

TEST_F(LeftoversTest, OfALivingProgramAreLeftAlone) {
  const auto process = child();
  ASSERT_EQ(files(state_), 1);
  const fs::path file = fs::directory_iterator(state_)->path();
  EXPECT_TRUE(find_leftovers(state_).empty());
  EXPECT_FALSE(discard_leftover({file, "", 0, 1, 0}));
  EXPECT_FALSE(keep_leftover({file, "", 0, 1, 0}, recordings_, "test"));
  EXPECT_TRUE(fs::exists(file));
  EXPECT_EQ(files(recordings_), 0);
  process->signal(SIGKILL);
  process->wait(10s);
  EXPECT_EQ(find_leftovers(state_).size(), 1U);
}

TEST_F(LeftoversTest, AreNoOtherFiles) {
  fs::create_directories(state_);
  std::ofstream(state_ / "flight-x-1.poolscope") << "somebody's text";
  std::ofstream(state_ / "notes.txt") << "notes";
  EXPECT_TRUE(find_leftovers(state_).empty());
  EXPECT_EQ(files(state_), 2);
}

TEST_F(LeftoversTest, ThatHoldNothingAreTakenAway) {
  fs::create_directories(state_);
  const fs::path young = state_ / "flight-x-2.poolscope";
  const fs::path old = state_ / "flight-x-3.poolscope";
  std::ofstream{young};
  std::ofstream{old};
  fs::last_write_time(old, fs::file_time_type::clock::now() - 2h);
  EXPECT_TRUE(find_leftovers(state_).empty());
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young)) << "somebody may just be making it";
  fs::remove(young);
  ASSERT_TRUE(Recorder::create(state_ / "flight-x-1.poolscope", false, initial_model({}), {}));
  EXPECT_TRUE(find_leftovers(state_).empty());
  EXPECT_EQ(files(state_), 0);
}

TEST_F(LeftoversTest, OfSavingAreTakenAwayOnceTheyAreOld) {
  const auto file = [&](const std::string& name, std::chrono::hours age) {
    const fs::path path = recordings_ / name;
    std::ofstream(path) << "half a session";
    fs::last_write_time(path, fs::file_time_type::clock::now() - age);
    return path;
  };
  fs::create_directories(recordings_);
  const fs::path old = file(".session-1.poolscope.unfinished-77", 2h);
  const fs::path held = file(".session-2.poolscope.unfinished-78", 2h);
  file(".session-3.poolscope.unfinished-79", 0h);
  file("session-4.poolscope", 2h);
  file(".notes.unfinished-80", 2h);
  const auto holder = HeldFile::open(held);
  ASSERT_TRUE(holder && (*holder)->claim());
  remove_unfinished(recordings_);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_EQ(files(recordings_), 4);
}

TEST_F(LeftoversTest, AreOfferedOneAfterTheOther) {
  leave_one();
  leave_one();
  Rescue rescue(state_, recordings_, "test");
  const auto turn = [&](const std::function<bool()>& holds) {
    return testing::turn_until([&] { rescue.update(); }, holds);
  };
  ASSERT_TRUE(turn([&] { return rescue.offered() != nullptr; }));
  EXPECT_EQ(rescue.left(), 2U);
  rescue.keep();
  EXPECT_EQ(rescue.offered(), nullptr) << "one change at a time";
  rescue.discard();
  ASSERT_TRUE(turn([&] { return rescue.offered() != nullptr; }));
  const auto kept = rescue.take_kept();
  ASSERT_TRUE(kept);
  expect_whole(*kept);
  EXPECT_EQ(rescue.left(), 1U);
  fs::remove(rescue.offered()->file);
  rescue.discard();
  ASSERT_TRUE(turn([&] { return !rescue.busy(); }));
  EXPECT_TRUE(rescue.take_problem()) << "somebody else was faster";
  EXPECT_EQ(rescue.offered(), nullptr);
  EXPECT_EQ(files(recordings_), 1);
}

}  // namespace
}  // namespace poolscope
