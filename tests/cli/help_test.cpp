// Help and version, on a machine without a display.

#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace poolscope::testing {
namespace {

TEST(Help, IsThereForTheProgramAndForEveryCommand) {
  const Outcome all = poolscope({"--help"});
  EXPECT_EQ(all.exit_code, 0) << all.err;
  for (const char* name : {"record", "info", "verify", "state", "export", "import", "go", "run",
                           "explore", "lessons"}) {
    EXPECT_NE(all.out.find(name), std::string::npos) << name;
    const Outcome one = poolscope({name, "--help"});
    EXPECT_EQ(one.exit_code, 0) << one.err;
    EXPECT_NE(one.out.find("--help"), std::string::npos) << name;
    EXPECT_EQ(one.err, "");
  }
}

TEST(Help, NamesEveryFlagOfARecording) {
  const std::string out = poolscope({"record", "--help"}).out;
  for (const char* flag :
       {"--output",       "--overwrite", "--for",      "--events",   "--gc-every",
        "--resize-every", "--keep-last", "--progress", "--pool",     "--padding",
        "--pools",        "--procs",     "--workers",  "--workload", "--rate",
        "--speed",        "--step-time", "--held",     "--race",     "--seed"}) {
    EXPECT_NE(out.find(flag), std::string::npos) << flag;
  }
}

TEST(Help, TellsTheVersion) {
  const Outcome outcome = poolscope({"--version"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(outcome.out.starts_with("poolscope ")) << outcome.out;
}

}  // namespace
}  // namespace poolscope::testing
