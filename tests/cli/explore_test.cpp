// `poolscope explore`, ended before it is through.

#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;

/// What the process `pid` has taken of the processors so far.
double cpu_time_s(pid_t pid) {
  clockid_t clock{};
  timespec taken{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &taken) != 0) return 0;
  return static_cast<double>(taken.tv_sec) + static_cast<double>(taken.tv_nsec) / 1e9;
}

class Explore : public ::testing::Test {
 protected:
  /// Eight Puts of some steps each: nobody will ever see the end of it.
  [[nodiscard]] std::string endless() const {
    std::string path = (own_ / "endless.ops").string();
    std::ofstream out(path);
    out << "variant classic\nprocs 8\npool A new\ntogether\n";
    for (int p = 0; p < 8; ++p) out << "get p" << p << " A\n";
    return path;
  }

 private:
  TemporaryFolder own_;
};

TEST_F(Explore, EndsAfterTheMostSchedulesAndSaysSo) {
  const Outcome outcome = poolscope({"explore", "--most", "50", endless()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.ends_with(
      "% there are more: only the 50 schedules that were explored are counted; --most was "
      "reached\n"))
      << outcome.out;
}

TEST_F(Explore, TakesWhatALessonHasToExplore) {
  const Outcome outcome =
      poolscope({"explore", POOLSCOPE_SOURCE_DIR "/assets/lessons/S11-put-unpin-gc-lost.ops"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("% schedules 4, outcomes 3, violations 0"), std::string::npos)
      << outcome.out;
  // A lesson without any is a script without `together`.
  const Outcome none =
      poolscope({"explore", POOLSCOPE_SOURCE_DIR "/assets/lessons/S02-private-then-shared.ops"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("explore wants a line `together`"), std::string::npos) << none.err;
}

TEST_F(Explore, PrintsWhatItHasFoundWhenItIsInterrupted) {
  Process process(command({"explore", endless()}));
  // Two seconds of its own work, however much else the machine has to do: its first schedules take
  // a thousandth of that.
  while (process.running() && cpu_time_s(process.pid()) < 2) std::this_thread::sleep_for(10ms);
  process.signal(SIGINT);
  EXPECT_EQ(process.wait(60s), 130) << process.err();
  EXPECT_NE(process.out().find("% outcome 1: "), std::string::npos) << process.err();
  EXPECT_TRUE(process.out().ends_with("are counted; it was interrupted\n")) << process.out();
}

}  // namespace
}  // namespace poolscope::testing
