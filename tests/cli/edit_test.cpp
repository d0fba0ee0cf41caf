// `poolscope cut` and `poolscope cat`, as a user runs them.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;

class Edit : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome recorded = poolscope({"record", "-o", file_, "--events", "30000", "--rate", "max",
                                        "--step-time", "0", "--gc-every", "20ms", "--seed", "5"});
    ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
    events_ = info(file_).at("events");
    ASSERT_GE(events_, 30'000);
  }
  static void verifies(const std::string& file) {
    const Outcome verified = poolscope({"verify", file});
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  }
  /// The pools after an event. It tells no number and no time of the file.
  static std::string state(const std::string& file, const std::string& at) {
    const Outcome outcome = poolscope({"state", file, "--at", at});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  }
  static void is_refused(const std::vector<std::string>& arguments, const std::string& why) {
    const Outcome outcome = poolscope(arguments);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.err.find('\n') + 1, outcome.err.size()) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }

  TemporaryFolder folder_;
  const std::string file_ = folder_ / "x.poolscope";
  const std::string out_ = folder_ / "out.poolscope";
  std::int64_t events_ = 0;
};

TEST_F(Edit, ACutHasTheEventsThatWereNamed) {
  const Outcome cut = poolscope({"cut", file_, "--from", "#1001", "--to", "#4000", "-o", out_});
  ASSERT_EQ(cut.exit_code, 0) << cut.err;
  EXPECT_EQ(cut.out.find("cut 3000 events, "), 0U) << cut.out;
  verifies(out_);
  EXPECT_EQ(state(out_, "#1"), state(file_, "#1001"));
  EXPECT_EQ(state(out_, "end"), state(file_, "#4000"));
}

TEST_F(Edit, ACutWithoutAnEndGoesToTheEnd) {
  ASSERT_EQ(poolscope({"cut", file_, "--from", "#29001", "-o", out_}).exit_code, 0);
  EXPECT_EQ(info(out_).at("events"), events_ - 29'000);
  EXPECT_EQ(state(out_, "end"), state(file_, "end"));
}

TEST_F(Edit, WhatIsLeftOutIsGoneAndTheRestStays) {
  const Outcome cut =
      poolscope({"cut", file_, "--from", "#1001", "--to", "#4000", "--leave-out", "-o", out_});
  ASSERT_EQ(cut.exit_code, 0) << cut.err;
  EXPECT_EQ(info(out_).at("events"), events_ - 3'000);
  verifies(out_);
  EXPECT_EQ(state(out_, "#1000"), state(file_, "#1000"));
  EXPECT_EQ(state(out_, "#1001"), state(file_, "#4000")) << "the second segment begins so";
  EXPECT_EQ(state(out_, "end"), state(file_, "end"));
}

TEST_F(Edit, WhatIsLeftOutAtTheBeginningLeavesTheEnd) {
  ASSERT_EQ(poolscope({"cut", file_, "--to", "#29000", "--leave-out", "-o", out_}).exit_code, 0);
  EXPECT_EQ(info(out_).at("events"), events_ - 29'000);
  verifies(out_);
}

TEST_F(Edit, TwoPartsJoinedVerifyAndEndAsTheWhole) {
  const std::string a = folder_ / "a.poolscope";
  const std::string b = folder_ / "b.poolscope";
  ASSERT_EQ(poolscope({"cut", file_, "--to", "#12000", "-o", a}).exit_code, 0);
  ASSERT_EQ(poolscope({"cut", file_, "--from", "#12001", "-o", b}).exit_code, 0);
  const Outcome joined = poolscope({"cat", a, b, "-o", out_});
  ASSERT_EQ(joined.exit_code, 0) << joined.err;
  EXPECT_EQ(joined.out.find("joined 2 sessions: " + std::to_string(events_) + " events, "), 0U)
      << joined.out;
  verifies(out_);
  EXPECT_EQ(state(out_, "#12000"), state(file_, "#12000"));
  EXPECT_EQ(state(out_, "end"), state(file_, "end"));
}

TEST_F(Edit, WhatCannotBeDoneIsOneLineAndLeavesNothing) {
  is_refused({"cut", file_, "--from", "#20", "--to", "#10", "-o", out_}, "--from lies after --to");
  is_refused({"cut", file_, "--from", "99h", "-o", out_}, "ends at");
  is_refused({"cut", file_, "-o", file_, "--overwrite"}, "is a session that is read here");
  is_refused({"cat", file_, file_, "-o", file_, "--overwrite"}, "is a session that is read here");
  is_refused({"cut", file_, "--leave-out", "-o", out_}, "leaves nothing of it");
  is_refused({"cat", file_, "-o", out_}, "FILE");
  is_refused({"cat", file_, folder_ / "none.poolscope", "-o", out_}, "none.poolscope");
  EXPECT_EQ(files(), 1);
  std::ofstream(out_) << "mine";
  is_refused({"cut", file_, "-o", out_}, "exists already");
  is_refused({"cat", file_, file_, "-o", out_}, "exists already");
  EXPECT_EQ(files(), 2);
  ASSERT_EQ(poolscope({"cut", file_, "-o", out_, "--overwrite"}).exit_code, 0);
  EXPECT_EQ(info(out_).at("events"), events_);
  EXPECT_EQ(files(), 2);
}

}  // namespace
}  // namespace poolscope::testing
