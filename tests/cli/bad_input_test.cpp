// Every mistake on the command line is one line that says what to do, exit 2 or 1, and leaves
// nothing behind.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

/// Expects `arguments` to be refused with `exit_code` and one line that holds `words`.
void expect_refused(const std::vector<std::string>& arguments, int exit_code,
                    const std::string& words) {
  const Outcome outcome = poolscope(arguments);
  SCOPED_TRACE(::testing::PrintToString(arguments) + " says: " + outcome.err);
  EXPECT_EQ(outcome.exit_code, exit_code);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1);
  EXPECT_TRUE(outcome.err.starts_with("poolscope: "));
  EXPECT_NE(outcome.err.find(words), std::string::npos);
}

class BadInput : public ::testing::Test {
 protected:
  void TearDown() override {
    EXPECT_TRUE(fs::is_empty(folder_.path())) << "something was left behind";
  }

  /// The path of a file of the test's own, with `contents`; taken away by forget().
  std::string file(const std::string& name, const std::string& contents) {
    std::ofstream(own_ / name, std::ios::binary) << contents;
    return (own_ / name).string();
  }
  [[nodiscard]] std::string output() const { return (folder_ / "x.poolscope").string(); }

  TemporaryFolder folder_;  // where outputs go
  TemporaryFolder own_;     // what the test brings along
};

TEST_F(BadInput, AnUnknownFlagOrCommand) {
  expect_refused({"--frobnicate"}, 2, "--frobnicate");
  expect_refused({"record", "--frobnicate", "-o", output()}, 2, "--frobnicate");
  expect_refused({"verify"}, 2, "FILE");
  expect_refused({"record", "--for", "1s"}, 2, "--output");
}

TEST_F(BadInput, IsToldByTheFirstWordThatWasNotUnderstoodAndTheNearestOneThatThereIs) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> lines = {
      {{"rcord", "-o", output()},
       "poolscope: 'rcord' is neither a command nor a file; did you mean record?"},
      {{"stat"}, "poolscope: 'stat' is neither a command nor a file; did you mean state?"},
      {{"python", "."},
       "poolscope: 'python' is neither a command nor a file; see poolscope --help"},
      {{"record", "-o", output(), "go", "run", "."},
       "poolscope: record: 'go' is one word too many; see poolscope record --help"},
      {{"record", "--overwite", "-o", output()},
       "poolscope: record: there is no flag --overwite; did you mean --overwrite?"},
      {{"--proc=3"}, "poolscope: there is no flag --proc; did you mean --procs?"},
      {{"--colour", "red"}, "poolscope: there is no flag --colour; see poolscope --help"},
  };
  for (const auto& [arguments, line] : lines) expect_refused(arguments, 2, line + "\n");
}

TEST_F(BadInput, TheLogOfAGoProgramThatIsNone) {
  const std::string log = file("log", "no log");
  expect_refused({"import", log, "-o", output()}, 2, log + ": not the log of a Go program");
  expect_refused({"import", "/nonexistent", "-o", output()}, 2, "/nonexistent: cannot be read");
  expect_refused({"import", log}, 2, "--output");
  expect_refused({"import", "-o", output()}, 2, "LOG");
  expect_refused({"go", "record", "-o", output()}, 2, "COMMAND");
  expect_refused({"go", "record", "--", "true"}, 2, "--output");
}

TEST_F(BadInput, AZeroWhereSomethingWouldHappenInfinitelyOften) {
  for (const char* flag : {"--gc-every", "--resize-every", "--keep-last"}) {
    for (const char* zero : {"0", "0s", "0.1ns"}) {
      expect_refused({"record", flag, zero, "-o", output()}, 2, flag);
    }
  }
}

TEST_F(BadInput, AMomentBehindTheEndOfASession) {
  const std::string golden = POOLSCOPE_TEST_DATA_DIR "/format-2.poolscope";
  const std::string picture = (folder_ / "x.png").string();
  expect_refused({"state", golden, "--at", "99s"}, 2, "ends at 0.778 s");
  expect_refused({"state", golden, "--at", "#3943"}, 2, "#1 to #3942");
  expect_refused({"render", golden, "-o", picture, "--at", "99s"}, 2, "ends at 0.778 s");
  expect_refused({"render", golden, "-o", picture, "--at", "#3943"}, 2, "#1 to #3942");
  expect_refused({"render", golden, "-o", (folder_ / "x.gif").string(), "--to", "99s"}, 2,
                 "ends at 0.778 s");
  EXPECT_EQ(poolscope({"state", golden, "--at", "0.778s"}).exit_code, 0);
}

TEST_F(BadInput, AnOutputThatIsTheSessionItself) {
  const std::string copy = (own_ / "copy.poolscope").string();
  fs::copy_file(POOLSCOPE_TEST_DATA_DIR "/format-2.poolscope", copy);
  expect_refused({"export", copy, "--to", "csv", "--overwrite", "-o", copy}, 2, "session itself");
  EXPECT_EQ(poolscope({"verify", copy}).exit_code, 0);
}

TEST_F(BadInput, ANumberOutOfItsRange) {
  expect_refused({"record", "--procs", "0", "-o", output()}, 2, "--procs");
  expect_refused({"record", "--procs", "100000", "-o", output()}, 2, "1 to 256");
  expect_refused({"record", "--procs", "-1", "-o", output()}, 2, "--procs");
  expect_refused({"record", "--procs", "4x", "-o", output()}, 2, "--procs");
  expect_refused({"record", "--procs", "99999999999999999999999", "-o", output()}, 2, "--procs");
  expect_refused({"record", "--workers", "0", "-o", output()}, 2, "1 to 1024");
  expect_refused({"record", "--workers", "1025", "-o", output()}, 2, "1 to 1024");
  expect_refused({"record", "--padding", "32", "-o", output()}, 2, "0, 64 or 128");
  expect_refused({"record", "--events", "-1", "-o", output()}, 2, "--events");
  expect_refused({"--procs", "0"}, 2, "--procs");
  expect_refused({"--procs", "100000"}, 2, "1 to 256");
}

TEST_F(BadInput, AWordThatIsNoneOfThose) {
  expect_refused({"record", "--pool", "new", "-o", output()}, 2, "classic or modern");
  expect_refused({"record", "--workload", "none", "-o", output()}, 2, "producer-consumer");
  expect_refused({"record", "--rate", "fast", "-o", output()}, 2, "max");
  expect_refused({"record", "--rate", "0", "-o", output()}, 2, "--rate");
  expect_refused({"export", "x", "--to", "xml"}, 2, "jsonl");
}

TEST_F(BadInput, ATimeThatIsNone) {
  for (const char* word : {"20", "ten", "-1s", "1s2", "s", "1e3s", "inf", "", "1 s"}) {
    expect_refused({"record", "--for", word, "-o", output()}, 2, "--for");
  }
  expect_refused({"record", "--step-time", "soon", "-o", output()}, 2, "500ms");
  for (const char* word : {"#0", "#", "#x", "1:60", ":3", "1:2:3", "now"}) {
    expect_refused({"state", "x.poolscope", "--at", word}, 2, "--at");
  }
}

TEST_F(BadInput, AMissingFile) {
  for (const char* name : {"info", "verify", "state"}) {
    expect_refused({name, output()}, 2, "no such file");
  }
  expect_refused({output()}, 2, "no such file");
}

TEST_F(BadInput, AFileThatIsNoSession) {
  const std::string text = file("notes.txt", "not a session at all\n");
  const std::string nothing = file("empty", "");
  for (const char* name : {"info", "verify", "state"}) {
    expect_refused({name, text}, 2, "not a poolscope session");
    expect_refused({name, nothing}, 2, "not a poolscope session");
    expect_refused({name, own_.path().string()}, 2, "not a file");
  }
}

TEST_F(BadInput, AScriptIsRefusedAtOnceWithItsLineAndAnEmptyStdout) {
  const std::string head = "variant classic\nprocs 2\npool A new\nget p0 A\n";
  std::string large = head;
  while (large.size() < std::size_t{100} << 20U) large += "put p0 A a\nget p0 A\n";
  std::string garbage(1 << 20, '\0');
  for (std::mt19937 random(1); char& c : garbage) c = static_cast<char>(random());
  const std::vector<std::tuple<std::string, std::string, std::string>> scripts = {
      {"fault.ops", head + "get p2 B\n", ":5: pool B is not declared"},
      {"procs.ops", "variant classic\nprocs 1000000\n", ":2: procs takes one number"},
      {"large.ops", large, ":1: this is larger than 16 MiB"},
      {"large-last.ops", large + "frob\n", ":1: this is larger than 16 MiB"},
      {"one-line.ops", std::string(std::size_t{100} << 20U, 'x'), ":1: this is larger than"},
      {"last.ops", large.substr(0, head.size() + std::size_t{700'000} * 20) + "frob\n",
       ": there is no command"},
      {"garbage.ops", garbage, ": "},  // the first line may be empty
      {"zeros.ops", std::string(1 << 20, '\0'), ":1: this is not text"},
      {"empty.ops", "", ":1: the first command is missing"},
  };
  for (const auto& [name, text, words] : scripts) {
    const std::string script = file(name, text);
    for (const char* command : {"run", "explore"}) {
      const auto begin = std::chrono::steady_clock::now();
      const Outcome outcome = poolscope({command, script});
      SCOPED_TRACE(std::string(command) + " " + name + " says: " + outcome.err);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
      EXPECT_EQ(outcome.exit_code, 2);
      EXPECT_EQ(outcome.out, "");
      EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1);
      EXPECT_TRUE(outcome.err.starts_with(script + ":"));
      EXPECT_NE(outcome.err.find(words), std::string::npos);
    }
    fs::remove(script);
  }
}

TEST_F(BadInput, ANumberOfSchedulesThatIsNone) {
  const std::string script =
      file("fine.ops", "variant classic\nprocs 1\npool A new\ntogether\ngc\n");
  for (const char* most : {"0", "-1", "many", "1.5", "99999999999999999999"}) {
    expect_refused({"explore", "--most", most, script}, 2, "--most");
  }
}

TEST_F(BadInput, ASessionOfANewerFormat) {
  // SQLite's header with our application_id and a user_version of 9.
  std::string header("SQLite format 3\0", 16);
  header.resize(4096, '\0');
  header[63] = 9;
  header.replace(68, 4, "PSCP");
  expect_refused({"verify", file("new.poolscope", header)}, 2, "made by a newer poolscope");
}

TEST_F(BadInput, AnOutputThatExists) {
  const std::string mine = file("mine", "mine");
  expect_refused({"record", "--for", "1s", "-o", mine}, 2, "--overwrite");
  std::ifstream in(mine);
  std::string contents;
  in >> contents;
  EXPECT_EQ(contents, "mine");
}

TEST_F(BadInput, AnOutputThatCannotBeWritten) {
  expect_refused({"record", "--for", "1s", "-o", (folder_ / "no/x").string()}, 1, "cannot be made");
  expect_refused({"record", "--for", "1s", "-o", "/proc/x.poolscope"}, 1, "cannot be made");
  expect_refused({"record", "--for", "1s", "-o", ""}, 2, "");
}

}  // namespace
}  // namespace poolscope::testing
