// Recording without a window, and what the commands tell of the file.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Waits until `process`, a `record --progress`, has committed so many times.
bool commits(Process& process, std::ptrdiff_t wanted) {
  const auto late = std::chrono::steady_clock::now() + 60s;
  while (std::ranges::count(process.err(), '\n') < wanted) {
    if (std::chrono::steady_clock::now() >= late || !process.running()) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

class RecordTest : public ::testing::Test {
 protected:
  /// Records with `flags` into file(), and expects that to go well. The number of events.
  long long record(std::vector<std::string> flags) {
    flags.insert(flags.begin(), "record");
    flags.insert(flags.end(), {"-o", file()});
    const Outcome outcome = poolscope(flags);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return recorded_events(last_line(outcome.out));
  }
  /// The same, for a second, or for as much longer as it takes until the file is as wanted: a slow
  /// machine comes to less in a second.
  long long record_until(const std::vector<std::string>& flags,
                         const std::function<bool(const Json& info, long long events)>& wanted) {
    constexpr int kLongest_s = 32;
    for (int length_s = 1;; length_s *= 2) {
      std::vector<std::string> all = {"--for", std::to_string(length_s) + "s", "--overwrite"};
      all.insert(all.end(), flags.begin(), flags.end());
      const long long events = record(all);
      if (wanted(info(file()), events) || length_s >= kLongest_s) return events;
    }
  }
  [[nodiscard]] std::string file() const { return (folder_ / "x.poolscope").string(); }

  TemporaryFolder folder_;
};

TEST_F(RecordTest, RecordsABusySessionThatVerifies) {
  const long long events =
      record_until({"--rate", "max", "--procs", "8", "--workers", "16", "--gc-every", "50ms",
                    "--resize-every", "70ms", "--seed", "7"},
                   [](const Json& told, long long /*events*/) {
                     return told["events"] > 10'000 && told["gc_cycles"] > 3 && told["resizes"] > 1;
                   });
  ASSERT_GT(events, 10'000);

  const Outcome verified = poolscope({"verify", file()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  std::istringstream line(last_line(verified.out));
  std::string word;
  long long seen = 0;
  long long checkpoints = 0;
  long long divergences = -1;
  line >> word >> seen >> word >> word >> checkpoints >> word >> word >> divergences;
  EXPECT_EQ(seen, events) << verified.out;
  EXPECT_GT(checkpoints, 3);
  EXPECT_EQ(divergences, 0);

  const Json told = info(file());
  EXPECT_EQ(told["format"], 3);
  EXPECT_EQ(told["events"], events);
  EXPECT_GE(told["duration_ns"], 1'000'000'000);
  EXPECT_EQ(told["pool"], "classic");
  EXPECT_EQ(told["padding"], 128);
  EXPECT_EQ(told["procs"], 8);
  EXPECT_EQ(told["workers"], 16);
  EXPECT_EQ(told["workload"], "lecture");
  EXPECT_EQ(told["seed"], 7);
  EXPECT_GT(told["gc_cycles"], 1);
  EXPECT_GT(told["resizes"], 1);
  EXPECT_EQ(told["markers"], 0);
  EXPECT_EQ(told["closed_cleanly"], true);
}

TEST_F(RecordTest, RecordsABusySessionOfTheModernPoolThatVerifies) {
  const long long events = record_until(
      {"--pool",         "modern", "--rate", "max", "--procs",    "8",      "--workers",  "16",
       "--pools",        "2",      "--held", "20",  "--workload", "bursts", "--gc-every", "30ms",
       "--resize-every", "70ms",   "--seed", "7"},
      [](const Json& told, long long /*events*/) {
        return told["events"] > 10'000 && told["gc_cycles"] > 0;
      });
  ASSERT_GT(events, 10'000);
  const Outcome verified = poolscope({"verify", file()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_NE(verified.out.find("divergences 0"), std::string::npos) << verified.out;
  EXPECT_EQ(info(file())["pool"], "modern");
  const Outcome state = poolscope({"state", file(), "--at", "end"});
  EXPECT_EQ(state.exit_code, 0) << state.err;
  EXPECT_NE(state.out.find(" victimSize="), std::string::npos) << state.out;
}

TEST_F(RecordTest, LeavesOneFile) {
  record({"--for", "200ms"});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(RecordTest, StopsAfterANumberOfEvents) {
  EXPECT_EQ(record({"--events", "5000", "--rate", "max"}), 5000);
  EXPECT_EQ(info(file())["events"], 5000);
}

TEST_F(RecordTest, TakesEveryFlagOfTheWorkload) {
  record({"--for",       "300ms", "--pool",    "classic", "--padding",  "0",      "--pools", "2",
          "--procs",     "3",     "--workers", "5",       "--workload", "pairs",  "--rate",  "200",
          "--step-time", "1ms",   "--held",    "2",       "--race",     "--seed", "3"});
  const Json told = info(file());
  EXPECT_EQ(told["padding"], 0);
  EXPECT_EQ(told["procs"], 3);
  EXPECT_EQ(told["workers"], 5);
  EXPECT_EQ(told["workload"], "pairs");
  EXPECT_EQ(poolscope({"verify", file()}).exit_code, 0);
}

TEST_F(RecordTest, ReplacesAnOutputWhenAsked) {
  record({"--for", "100ms"});
  const long long events = record({"--for", "200ms", "--overwrite"});
  EXPECT_EQ(info(file())["events"], events);
}

TEST_F(RecordTest, TellsOfItsCommitsWhenAsked) {
  Process process(command({"record", "--rate", "max", "--progress", "-o", file()}));
  ASSERT_TRUE(commits(process, 3)) << process.err();
  process.signal(SIGINT);
  ASSERT_EQ(process.wait(60s), 130) << process.err();
  std::istringstream lines(process.err());
  std::uint64_t last = 0;
  int commits = 0;
  for (std::string line; std::getline(lines, line);) {
    unsigned long long number = 0;
    long long time_ns = 0;
    if (std::sscanf(line.c_str(), "committed #%llu %lld", &number, &time_ns) != 2) continue;
    EXPECT_GT(number, last);
    EXPECT_GE(time_ns, 0);
    last = number;
    ++commits;
  }
  EXPECT_GE(commits, 3);
  EXPECT_EQ(static_cast<long long>(last), recorded_events(last_line(process.out())));
}

TEST_F(RecordTest, KeepsTheEndOfASessionWhenAsked) {
  // On a slow disk more is kept than asked for: so the session lasts until something has gone.
  const long long events =
      record_until({"--rate", "2000", "--keep-last", "300ms"},
                   [](const Json& told, long long all) { return told["events"] < all; });
  const Json told = info(file());
  EXPECT_LT(told["events"], events);
  EXPECT_GE(told["duration_ns"], 300'000'000);
  EXPECT_EQ(poolscope({"verify", file()}).exit_code, 0);
}

TEST_F(RecordTest, ZeroIsALengthAndANumber) {
  for (const std::vector<std::string>& none :
       {std::vector<std::string>{"--for", "0s"}, {"--for", "0.1ns"}, {"--events", "0"}}) {
    SCOPED_TRACE(none.front());
    EXPECT_EQ(record({none[0], none[1], "--overwrite"}), 0);
    EXPECT_EQ(info(file())["closed_cleanly"], true);
    EXPECT_EQ(poolscope({"verify", file()}).exit_code, 0);
  }
}

TEST_F(RecordTest, AFileThatIsBeingRecordedIsLeftAlone) {
  Process process(command({"record", "--progress", "-o", file()}));
  ASSERT_TRUE(commits(process, 1)) << process.err();
  const std::string golden = POOLSCOPE_TEST_DATA_DIR "/format-2.poolscope";
  const fs::path picture = folder_ / "x.png";  // another name of the same file
  fs::create_hard_link(file(), picture);
  for (const std::vector<std::string>& writes :
       {std::vector<std::string>{"record", "--for", "1s", "--overwrite", "-o", file()},
        {"record", "--for", "1s", "-o", file()},
        {"export", golden, "--to", "csv", "--overwrite", "-o", file()},
        {"render", golden, "--overwrite", "-o", picture.string()},
        {"--exit-after", "0s", "--screenshot", file()},
        {"--exit-after", "0s", "--state-dump", file()}}) {
    const Outcome outcome = poolscope(writes);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find("is being recorded by process " + std::to_string(process.pid())),
              std::string::npos)
        << outcome.err;
  }
  fs::remove(picture);
  const Outcome verified = poolscope({"verify", file()});
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_NE(verified.out.find("still being recorded by process"), std::string::npos);
  EXPECT_EQ(verified.out.find("cut off"), std::string::npos) << verified.out;
  EXPECT_EQ(info(file())["being_recorded"], true);
  EXPECT_NE(poolscope({"info", file()}).out.find("still being recorded"), std::string::npos);

  process.signal(SIGKILL);
  ASSERT_EQ(process.wait(60s), 128 + SIGKILL);
  const Outcome killed = poolscope({"verify", file()});
  EXPECT_EQ(killed.exit_code, 0) << killed.err;
  EXPECT_NE(killed.out.find("not closed cleanly"), std::string::npos) << killed.out;
  EXPECT_EQ(info(file())["being_recorded"], false);
  EXPECT_EQ(poolscope({"record", "--for", "0s", "--overwrite", "-o", file()}).exit_code, 0);
}

TEST_F(RecordTest, ClosesItsFileWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Process process(command({"record", "--overwrite", "--progress", "-o", file()}));
    ASSERT_TRUE(commits(process, 1)) << process.err();
    process.signal(signal);
    EXPECT_EQ(process.wait(60s), 130) << process.err();
    EXPECT_GT(recorded_events(last_line(process.out())), 0) << process.out();
    EXPECT_EQ(info(file())["closed_cleanly"], true);
    EXPECT_EQ(poolscope({"verify", file()}).exit_code, 0);
  }
}

TEST_F(RecordTest, LeavesAFileThatVerifiesWhenItIsKilled) {
  Process process(command({"record", "--rate", "max", "--progress", "-o", file()}));
  ASSERT_TRUE(commits(process, 3)) << process.err();
  process.signal(SIGKILL);
  ASSERT_EQ(process.wait(60s), 128 + SIGKILL);
  const Outcome verified = poolscope({"verify", file()});
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  EXPECT_NE(verified.out.find("not closed cleanly"), std::string::npos) << verified.out;
  EXPECT_EQ(info(file())["closed_cleanly"], false);
  std::uint64_t told = 0;
  std::sscanf(last_line(process.err()).c_str(), "committed #%lu", &told);
  EXPECT_GE(info(file())["events"], told);
}

TEST_F(RecordTest, TellsTheStateAtAnyMoment) {
  const long long events = record_until(
      {"--rate", "500", "--gc-every", "300ms"}, [](const Json& told, long long /*events*/) {
        return told["duration_ns"] >= 500'000'000 && told["events"] > 1;
      });
  const auto at = [&](const std::string& moment) {
    const Outcome outcome = poolscope({"state", file(), "--at", moment, "--json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return Json::parse(outcome.out, nullptr, false);
  };
  const Json end = at("end");
  EXPECT_EQ(end, at("#" + std::to_string(events)));
  EXPECT_NE(end, at("#1"));
  EXPECT_EQ(at("0.5s"), at("500ms"));
  EXPECT_EQ(at("0.5s"), at("00:00.500"));
  EXPECT_EQ(poolscope({"state", file(), "--json"}).out,
            poolscope({"state", file(), "--at", "end", "--json"}).out);

  const Outcome text = poolscope({"state", file(), "--at", "#1"});
  EXPECT_TRUE(text.out.starts_with("dump\n")) << text.out;
  EXPECT_TRUE(text.out.ends_with("end\n")) << text.out;

  const Outcome beyond = poolscope({"state", file(), "--at", "#" + std::to_string(events + 1)});
  EXPECT_EQ(beyond.exit_code, 2);
  EXPECT_EQ(std::ranges::count(beyond.err, '\n'), 1);
}

TEST_F(RecordTest, FindsDamage) {
  record({"--for", "500ms", "--rate", "max"});
  const auto size = fs::file_size(file());
  fs::resize_file(file(), size / 2);
  const Outcome verified = poolscope({"verify", file()});
  EXPECT_EQ(verified.exit_code, 1) << verified.out;
  EXPECT_EQ(std::ranges::count(verified.err, '\n'), 1) << verified.err;
}

TEST_F(RecordTest, ExportsTheEventsForOtherPrograms) {
  const long long events = record({"--events", "2000", "--rate", "max"});
  const Outcome lines = poolscope({"export", file(), "--to", "jsonl"});
  EXPECT_EQ(lines.exit_code, 0) << lines.err;
  EXPECT_EQ(std::ranges::count(lines.out, '\n'), events);

  const std::string trace = (folder_ / "trace.json").string();
  ASSERT_EQ(poolscope({"export", file(), "--to", "chrome", "-o", trace}).exit_code, 0);
  EXPECT_EQ(poolscope({"export", file(), "--to", "csv", "-o", trace}).exit_code, 2);
  EXPECT_EQ(poolscope({"export", file(), "--to", "csv", "-o", trace, "--overwrite"}).exit_code, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 2);
}

}  // namespace
}  // namespace poolscope::testing
