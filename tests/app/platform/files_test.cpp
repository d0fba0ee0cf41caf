#include "app/platform/files.h"

#include <cstdlib>
#include <optional>

#include <gtest/gtest.h>
#include <unistd.h>

namespace poolscope::platform {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() : folder_(fs::temp_directory_path() / ("poolscope-files-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Files() override { fs::remove_all(folder_); }

  [[nodiscard]] std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

/// Sets an environment variable as long as it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value, 1);
  }
  ~Variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST_F(Files, WhatIsWrittenIsReadAgainAndNothingElseIsLeft) {
  const std::string bytes("a\0b\n", 4);
  ASSERT_TRUE(write_whole(folder_ / "x.json", "old and longer"));
  ASSERT_TRUE(write_whole(folder_ / "x.json", bytes));
  EXPECT_EQ(read_whole(folder_ / "x.json").value(), bytes);
  EXPECT_EQ(entries(), 1);
}

TEST_F(Files, AnEmptyFileIsReadAsNothing) {
  ASSERT_TRUE(write_whole(folder_ / "empty", ""));
  EXPECT_EQ(read_whole(folder_ / "empty").value(), "");
}

TEST_F(Files, AMissingFolderIsOneLineThatNamesTheFile) {
  const auto written = write_whole(folder_ / "nowhere" / "x", "bytes");
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find((folder_ / "nowhere" / "x").string()), std::string::npos);
  EXPECT_EQ(written.error().message.find('\n'), std::string::npos);
  EXPECT_FALSE(read_whole(folder_ / "nowhere" / "x"));
}

TEST_F(Files, AFolderInTheWayIsKeptAndNothingIsLeftBesideIt) {
  fs::create_directories(folder_ / "taken" / "in");
  EXPECT_FALSE(write_whole(folder_ / "taken", "bytes"));
  EXPECT_TRUE(fs::is_directory(folder_ / "taken" / "in"));
  EXPECT_EQ(entries(), 1);
}

TEST_F(Files, SettingsLieWhereXdgSaysAndARelativePathIsIgnored) {
  const Variable home("HOME", "/home/someone");
  {
    const Variable config("XDG_CONFIG_HOME", "/elsewhere");
    EXPECT_EQ(config_folder(), "/elsewhere/poolscope");
  }
  const Variable config("XDG_CONFIG_HOME", "relative");
  EXPECT_EQ(config_folder(), "/home/someone/.config/poolscope");
  const Variable data("XDG_DATA_HOME", "");
  EXPECT_EQ(data_folder(), "/home/someone/.local/share/poolscope");
  const Variable state("XDG_STATE_HOME", "");
  EXPECT_EQ(state_folder(), "/home/someone/.local/state/poolscope");
}

TEST_F(Files, AnUnfinishedFileLiesInTheSameFolderWithTheSameExtension) {
  const fs::path name = unfinished_name("/somewhere/talk.mp4");
  EXPECT_EQ(name.parent_path(), "/somewhere");
  EXPECT_EQ(name.extension(), ".mp4");
  EXPECT_NE(name, "/somewhere/talk.mp4");
}

}  // namespace
}  // namespace poolscope::platform
