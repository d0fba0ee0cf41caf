// `poolscope run --record`: a script as a session.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

const std::string kLostPut =
    std::string(POOLSCOPE_SOURCE_DIR) + "/assets/lessons/S11-put-unpin-gc-lost.ops";

class RunRecord : public ::testing::Test {
 protected:
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }
  TemporaryFolder folder_;
  const std::string file_ = folder_ / "lost.poolscope";
};

TEST_F(RunRecord, WritesASessionAndTheSameTranscript) {
  const Outcome recorded = poolscope({"run", kLostPut, "--record", file_});
  ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  EXPECT_EQ(recorded.out, poolscope({"run", kLostPut}).out);
  EXPECT_EQ(poolscope({"verify", file_}).exit_code, 0);
  const nlohmann::json told = info(file_);
  EXPECT_GT(told.at("events"), 10);
  EXPECT_GT(told.at("duration_ns"), 1'000'000'000) << "at the speed of a lesson";
  EXPECT_EQ(told.at("gc_cycles"), 1);
  EXPECT_EQ(files(), 1);
}

TEST_F(RunRecord, TheSameScriptIsTheSameSession) {
  const std::string again = folder_ / "again.poolscope";
  ASSERT_EQ(poolscope({"run", kLostPut, "--record", file_}).exit_code, 0);
  ASSERT_EQ(poolscope({"run", "--core", kLostPut, "--record", again}).exit_code, 0);
  const auto lines = [](const std::string& file) {
    return poolscope({"export", file, "--to", "jsonl"}).out;
  };
  EXPECT_NE(lines(file_), "");
  EXPECT_EQ(lines(again), lines(file_));
}

TEST_F(RunRecord, APictureOfTheScriptIsThatOfItsSession) {
  const auto picture_of = [&](const std::string& file, const std::string& picture) {
    const Outcome rendered = poolscope({"render", file, "-o", folder_ / picture, "--lang", "en"});
    EXPECT_EQ(rendered.exit_code, 0) << rendered.err;
    std::ifstream stream(folder_ / picture, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  ASSERT_EQ(poolscope({"run", kLostPut, "--record", file_}).exit_code, 0);
  const std::string of_script = picture_of(kLostPut, "script.png");
  EXPECT_FALSE(of_script.empty());
  EXPECT_TRUE(of_script == picture_of(file_, "session.png"));
  EXPECT_EQ(files(), 3) << "nothing is left beside";

  const std::string bad = folder_ / "bad.ops";
  std::ofstream(bad) << "variant classic\nput p0\n";
  const Outcome refused = poolscope({"render", bad, "-o", folder_ / "bad.png"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("bad.ops:2: "), std::string::npos) << refused.err;
}

TEST_F(RunRecord, WhatCannotBeRecordedLeavesNothing) {
  EXPECT_EQ(poolscope({"run", kLostPut, kLostPut, "--record", file_}).exit_code, 2);
  EXPECT_EQ(poolscope({"run", kLostPut, "--overwrite"}).exit_code, 2);
  EXPECT_EQ(files(), 0);
  std::ofstream(file_) << "mine";
  const Outcome refused = poolscope({"run", kLostPut, "--record", file_});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("exists already"), std::string::npos) << refused.err;
  EXPECT_EQ(refused.out, "");
  ASSERT_EQ(poolscope({"run", kLostPut, "--record", file_, "--overwrite"}).exit_code, 0);
  EXPECT_EQ(poolscope({"verify", file_}).exit_code, 0);
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace poolscope::testing
