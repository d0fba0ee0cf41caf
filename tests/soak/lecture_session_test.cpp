// What a lecture at Lecture speed must show, and how soon: read from recordings of the program
// itself, in real time. By hand, on a machine that does nothing else of weight (README.md).

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/session/reader.h"
#include "tests/core/sim/lecture_facts.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kLongEnough_ns = 300'000'000;

Seen watch(const std::filesystem::path& file) {
  auto reader = Reader::open(file);
  EXPECT_TRUE(reader.has_value()) << (reader ? "" : reader.error().message);
  if (!reader) return {};
  Watcher watcher((*reader)->base());
  const auto read = (*reader)->each_run(1, (*reader)->last_seq(), [&](auto events) {
    for (const Event& event : events) watcher.take(event);
  });
  EXPECT_TRUE(read.has_value());
  return watcher.seen();
}

std::vector<std::string> record(const std::filesystem::path& file, const std::string& length) {
  return {POOLSCOPE_BINARY, "record",  "--for", length, "--step-time",
          "400ms",          "--procs", "4",     "-o",   file.string()};
}

TEST(LectureSession, AMinuteHoldsEveryWaitThatALectureTalksAboutLongEnoughToBeSeen) {
  const TemporaryFolder folder;
  auto command = record(folder / "minute.poolscope", "60s");
  command.insert(command.end(), {"--gc-every", "10s"});
  const Outcome outcome = run(command, {}, 100s);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const Seen seen = watch(folder / "minute.poolscope");
  EXPECT_GE(seen.lock_wait_ns, kLongEnough_ns);
  EXPECT_GE(seen.steal_ns, kLongEnough_ns);
  EXPECT_GE(seen.new_ns, kLongEnough_ns);
  EXPECT_GE(seen.held_up_ns, kLongEnough_ns);
}

TEST(LectureSession, TheFirstTwentySecondsShowEveryWayOfAPutAndAGetTwentyTimesOfTwenty) {
  constexpr std::size_t kStarts = 20;
  const TemporaryFolder folder;
  std::array<std::unique_ptr<Process>, kStarts> starts;
  const auto file = [&](std::size_t start) { return folder / fmt::format("{}.poolscope", start); };
  for (std::size_t i = 0; i < kStarts; ++i) {
    starts.at(i) = std::make_unique<Process>(record(file(i), "20s"));
  }
  for (std::size_t i = 0; i < kStarts; ++i) {
    ASSERT_EQ(starts.at(i)->wait(60s), 0) << starts.at(i)->err();
    const Seen seen = watch(file(i));
    EXPECT_GT(seen.private_hits, 0) << "start " << i;
    EXPECT_GT(seen.shared_pushes, 0) << "start " << i;
    EXPECT_GT(seen.own_shared_hits, 0) << "start " << i;
    EXPECT_GT(seen.steals, 0) << "start " << i;
    EXPECT_GT(seen.news, 0) << "start " << i;
  }
}

}  // namespace
}  // namespace poolscope::testing
