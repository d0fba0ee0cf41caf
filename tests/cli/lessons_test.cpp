// `poolscope lessons`: the list, and the check of a lecturer's own.

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class Lessons : public ::testing::Test {
 protected:
  /// A lesson of one line, with `words` before it.
  std::string lesson(const std::string& words) {
    std::string path = (folder_.path() / "talk.ops").string();
    std::ofstream(path) << "% title.en: A talk\n% title.zh: 讲座\n% question.en: Why?\n"
                           "% question.zh: 为何？\n% topic: get\n% takeaway.en: So.\n"
                           "% takeaway.zh: 如此。\nvariant classic\nprocs 1\npool A new\n"
                        << words << "get p0 A\n";
    return path;
  }
  TemporaryFolder folder_;
};

const std::string kCaption = "% caption.en: New makes A#1.\n% caption.zh: New 创建 A#1。\n";

TEST_F(Lessons, AreListedInTheOrderInWhichTheyAreTaught) {
  const Outcome outcome = poolscope({"lessons", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::vector<std::string> lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 41U);
  EXPECT_EQ(lines.front(), "S02  structure One slot of its own, then the shared stack");
  EXPECT_TRUE(lines.back().starts_with("S38  modern    ")) << lines.back();
  EXPECT_NE(
      poolscope({"lessons", "--lang", "zh"}).out.find("S11  put       丢在解除抢占和加锁之间\n"),
      std::string::npos);
}

TEST_F(Lessons, OfOursAreWholeAndTrue) {
  const Outcome outcome = poolscope({"lessons", "--check"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, "lessons 41, problems 0\n");
}

TEST_F(Lessons, OfALecturerAreListedAndChecked) {
  const std::string path = lesson(kCaption);
  EXPECT_EQ(poolscope({"lessons", "--lang", "zh", path}).out, "talk get       讲座\n");
  const Outcome outcome = poolscope({"lessons", "--check", path});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "lessons 1, problems 0\n");
}

TEST_F(Lessons, AreRefusedWithALineForEachFault) {
  const std::string path = lesson("% captoin.en: New makes A#1.\n% caption.zh: New 创建 A#1。\n");
  const Outcome outcome = poolscope({"lessons", "--check", path});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "lessons 1, problems 2\n");
  const std::vector<std::string> lines = lines_of(outcome.err);
  ASSERT_EQ(lines.size(), 2U) << outcome.err;
  EXPECT_TRUE(lines[0].starts_with(path + ":11: there is no captoin in a lesson")) << lines[0];
  EXPECT_EQ(lines[1], path + ":13: caption.en is missing");
  // Without --check, too, a fault is not passed over.
  EXPECT_EQ(poolscope({"lessons", path}).exit_code, 2);
}

TEST_F(Lessons, AreRefusedWhereTheScriptIsWrongOrIsNotThere) {
  const std::string path = lesson("get p0 B\n" + kCaption);
  const Outcome outcome = poolscope({"lessons", "--check", path});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, path + ":11: pool B is not declared\n");
  const Outcome missing = poolscope({"lessons", "--check", "/nonexistent/x.ops"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(missing.err,
            "/nonexistent/x.ops: cannot be read: No such file or directory: name a script\n");
}

}  // namespace
}  // namespace poolscope::testing
