// A language that is not there is said, and never silently another.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

class Language : public ::testing::Test {
 protected:
  void SetUp() override {
    const Outcome recorded =
        poolscope({"record", "-o", session(), "--for", "300ms", "--step-time", "5ms"});
    ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
    // A program with no catalogues beside it.
    std::filesystem::create_directory(folder_ / "bin");
    std::filesystem::copy_file(command({}).front(), alone());
  }
  [[nodiscard]] std::string session() const { return folder_ / "s.poolscope"; }
  [[nodiscard]] std::string alone() const { return folder_ / "bin/poolscope"; }
  [[nodiscard]] std::string picture(const std::string& name) const { return folder_ / name; }

  TemporaryFolder folder_;
};

TEST_F(Language, AChineseThatIsNotThereIsOneLineAndThePictureIsEnglish) {
  const Outcome asked =
      run({alone(), "render", session(), "-o", picture("zh.png"), "--lang", "zh"});
  EXPECT_EQ(asked.exit_code, 0) << asked.err;
  EXPECT_EQ(std::ranges::count(asked.err, '\n'), 1) << asked.err;
  EXPECT_NE(asked.err.find("Chinese"), std::string::npos) << asked.err;
  EXPECT_NE(asked.err.find("English"), std::string::npos) << asked.err;
  const Outcome english =
      run({alone(), "render", session(), "-o", picture("en.png"), "--lang", "en"});
  EXPECT_EQ(english.err, "");
  EXPECT_EQ(bytes_of(picture("zh.png")), bytes_of(picture("en.png")));
}

TEST_F(Language, TheEnvironmentAsksForItTooAndNothingElseIsSaid) {
  const Environment chinese = {
      {"LC_ALL", std::nullopt}, {"LC_MESSAGES", std::nullopt}, {"LANG", "zh_CN.UTF-8"}};
  const Outcome asked = run({alone(), "render", session(), "-o", picture("zh.png")}, chinese);
  EXPECT_EQ(asked.exit_code, 0) << asked.err;
  EXPECT_EQ(std::ranges::count(asked.err, '\n'), 1) << asked.err;
}

TEST_F(Language, ChineseIsDrawnThoughTheSystemHasNoSuchLocale) {
  const Environment bare = {{"LC_ALL", "C"}, {"LANGUAGE", std::nullopt}};
  const Outcome chinese =
      run(command({"render", session(), "-o", picture("zh.png"), "--lang", "zh"}), bare);
  const std::filesystem::path program = command({}).front();
  if (!std::filesystem::exists(program.parent_path() / "locale")) {
    GTEST_SKIP() << "gettext or Boost.Locale was not there when this was built";
  }
  EXPECT_EQ(chinese.err, "");
  const Outcome english =
      run(command({"render", session(), "-o", picture("en.png"), "--lang", "en"}), bare);
  EXPECT_EQ(english.exit_code, 0) << english.err;
  EXPECT_NE(bytes_of(picture("zh.png")), bytes_of(picture("en.png")));
}

}  // namespace
}  // namespace poolscope::testing
