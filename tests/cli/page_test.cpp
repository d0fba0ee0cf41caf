// `poolscope export --to html`, as a user runs it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

class PageCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome recorded = poolscope({"record", "-o", session_, "--events", "2000", "--rate",
                                        "max", "--step-time", "0", "--seed", "3"});
    ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  }
  Outcome page(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"export", session_, "--to", "html", "-o", page_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return poolscope(arguments);
  }
  static void is_refused(const Outcome& outcome, const std::string& why) {
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
  [[nodiscard]] std::string html() const {
    std::ifstream file(page_, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(folder_.path()),
                         std::filesystem::directory_iterator());
  }

  TemporaryFolder folder_;
  const std::string session_ = folder_ / "x.poolscope";
  const std::string page_ = folder_ / "x.html";
};

TEST_F(PageCommand, MakesOneFileInTheLanguageThatIsAskedFor) {
  ASSERT_EQ(page({"--lang", "zh"}).exit_code, 0);
  EXPECT_EQ(files(), 2);
  EXPECT_NE(html().find(R"("language":"zh")"), std::string::npos);
  ASSERT_EQ(page({"--lang", "en", "--overwrite"}).exit_code, 0);
  EXPECT_NE(html().find(R"("language":"en")"), std::string::npos);
  EXPECT_EQ(html().rfind("</html>\n"), html().size() - 8);
}

TEST_F(PageCommand, TakesTheStretchThatIsNamed) {
  ASSERT_EQ(page({"--from", "#101", "--until", "#200"}).exit_code, 0);
  // The state before the first event, and that after each one.
  EXPECT_NE(html().find(R"("numbers":[[0,100]])"), std::string::npos);
  is_refused(page({"--from", "#200", "--until", "#100", "--overwrite"}),
             "--from lies after --until");
  is_refused(page({"--from", "#2001", "--overwrite"}), "2000");
}

TEST_F(PageCommand, ReplacesAFileOnlyWhereThatIsWanted) {
  ASSERT_EQ(page({}).exit_code, 0);
  is_refused(page({}), "exists already");
  EXPECT_EQ(page({"--overwrite"}).exit_code, 0);
}

TEST_F(PageCommand, TheOtherFormsHaveNeitherALanguageNorAStretch) {
  for (const char* flag : {"--lang", "--from", "--until"}) {
    is_refused(poolscope({"export", session_, "--to", "csv", flag,
                          flag == std::string("--lang") ? "zh" : "#1"}),
               std::string(flag) + ": only with --to html");
  }
}

TEST_F(PageCommand, WithoutTheTranslationsThePageIsInEnglishAndALineSaysSo) {
  std::filesystem::create_directory(folder_ / "bin");
  const std::string alone = folder_ / "bin/poolscope";
  std::filesystem::copy_file(command({}).front(), alone);
  const Outcome outcome =
      run({alone, "export", session_, "--to", "html", "--lang", "zh", "-o", page_});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  EXPECT_NE(outcome.err.find("English"), std::string::npos) << outcome.err;
  EXPECT_NE(html().find(R"("languages":["en"])"), std::string::npos);
}

TEST_F(PageCommand, APageThatCannotBeWrittenLeavesNothingBehind) {
  const Outcome outcome =
      poolscope({"export", session_, "--to", "html", "-o", folder_ / "nowhere/x.html"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.err.find("nowhere/x.html"), std::string::npos) << outcome.err;
  EXPECT_EQ(files(), 1);
}

}  // namespace
}  // namespace poolscope::testing
