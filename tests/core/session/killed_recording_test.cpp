// A program that is killed while it records leaves a file that can be read and verified.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/model/reduce.h"
#include "core/session/recorder.h"
#include "core/session/verify.h"
#include "tests/core/session/recorded_session.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr const char* kSourceVariable = "POOLSCOPE_TEST_RECORD_FROM";
constexpr const char* kFileVariable = "POOLSCOPE_TEST_RECORD_TO";
constexpr const char* kSegmentsVariable = "POOLSCOPE_TEST_SEGMENTS";

/// The number of the last commit that the child told of; 0: none yet.
std::uint64_t last_commit(const std::string& told) {
  const std::size_t end = told.rfind('\n');
  if (end == std::string::npos || end == 0) return 0;
  const std::size_t before = told.rfind('\n', end - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  return std::strtoull(told.c_str() + begin, nullptr, 10);
}

/// Not a test: the program that is killed. Records the session of the file in kSourceVariable, does
/// not end, and reports its commits. With kSegmentsVariable a segment starts every 500 events.
TEST(KilledRecording, DISABLED_Child) {
  const char* source = std::getenv(kSourceVariable);
  const char* path = std::getenv(kFileVariable);
  ASSERT_TRUE(source != nullptr && path != nullptr);
  const auto reader = opened(source);
  const RealSession session{reader->config(), all_events(*reader)};
  RecorderOptions options;
  options.commit_every = 2ms;
  options.on_commit = [](std::uint64_t number, std::int64_t) {
    fmt::print(stderr, "{}\n", number);
  };
  auto recorder = Recorder::create(path, false, initial_model(session.config), options);
  ASSERT_TRUE(recorder) << recorder.error().message;
  const bool in_segments = std::getenv(kSegmentsVariable) != nullptr;
  for (std::size_t i = 0; i < session.events.size(); i += 500) {
    if (in_segments) (*recorder)->begin_session(initial_model(session.config));
    (*recorder)->append(std::span(session.events).subspan(in_segments ? 0 : i, 500));
    std::this_thread::sleep_for(1ms);
  }
  std::this_thread::sleep_for(60s);
}

/// Kills a child that records `source` into `file` after `commits_from` events are in it, at any
/// moment of its next commit.
void kill_one(const std::filesystem::path& source, const std::filesystem::path& file,
              std::uint64_t commits_from, std::chrono::microseconds later, bool in_segments) {
  Environment variables = {{kSourceVariable, source.string()}, {kFileVariable, file.string()}};
  if (in_segments) variables[kSegmentsVariable] = "1";
  Process child({"/proc/self/exe", "--gtest_also_run_disabled_tests",
                 "--gtest_filter=KilledRecording.DISABLED_Child"},
                variables);
  const auto late = std::chrono::steady_clock::now() + 30s;
  while (last_commit(child.err()) < commits_from) {
    ASSERT_TRUE(child.running()) << child.out() << child.err();
    ASSERT_LT(std::chrono::steady_clock::now(), late) << "nothing is committed";
    std::this_thread::sleep_for(1ms);
  }
  std::this_thread::sleep_for(later);
  child.signal(SIGKILL);
  ASSERT_EQ(child.wait(10s), 128 + SIGKILL);
  const std::uint64_t told = last_commit(child.err());

  const auto reader = opened(file);
  EXPECT_FALSE(reader->closed_cleanly());
  // The start of a segment has a number of its own.
  EXPECT_GE(reader->last_seq(), told);
  if (in_segments) {
    EXPECT_GT(reader->segments().size(), 2U);
  }
  const Verification found = verify(*reader);
  EXPECT_TRUE(found.holds()) << (found.damage ? found.damage->message : "diverged");
  EXPECT_EQ(found.events, reader->event_count());
}

/// Kills six children, each a little later after a commit.
void kill_six(bool in_segments) {
  const TemporaryFolder folder;
  // Made once: a session takes seconds under a sanitizer.
  const std::filesystem::path source = folder / "source.poolscope";
  record(source, initial_model(real_session().config), real_session().events);
  for (int i = 0; i < 6; ++i) {
    kill_one(source, folder / fmt::format("{}.poolscope", i), 2'000, i * 700us, in_segments);
  }
}

TEST(KilledRecording, LeavesAFileWithAllThatWasCommitted) { kill_six(false); }

TEST(KilledRecording, LeavesAFileOfWholeSegments) { kill_six(true); }

}  // namespace
}  // namespace poolscope::testing
