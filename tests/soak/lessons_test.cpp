// All lessons in the real window, by a clicker's keys. By hand: README.md.

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/gui/lesson_window.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> all_lessons() {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(testing::kLessons)) {
    if (entry.path().extension() == ".ops") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

std::string name_of(const ::testing::TestParamInfo<std::string>& file) {
  return fs::path(file.param).stem().string().substr(0, 3);
}

class EveryLesson : public testing::LessonWindow,
                    public ::testing::WithParamInterface<std::string> {};

TEST_P(EveryLesson, IsTheSameForthAndBackAndHasTheTranscriptOfItsScript) {
  const testing::TemporaryFolder folder;
  const std::string transcript = folder / "transcript.txt";
  auto window = open_quickly({GetParam(), "--transcript", transcript});
  const auto played = play_forth_and_back(*window);
  EXPECT_GT(played.size(), 2U);
  EXPECT_EQ(window->interrupt(), testing::kInterrupted);
  const std::string wanted = testing::run({testing::kProgram, "run", GetParam()}).out;
  EXPECT_FALSE(wanted.empty());
  EXPECT_EQ(testing::contents(transcript), wanted);
}

INSTANTIATE_TEST_SUITE_P(All, EveryLesson, ::testing::ValuesIn(all_lessons()), name_of);

class ALessonInBetween : public EveryLesson {};

TEST_P(ALessonInBetween, TakesAGcAndAResizeAtEveryLine) {
  auto window = open_quickly({GetParam()});
  for (std::size_t line = 1; line <= 4; ++line) {
    go(*window, "Next", line);
    if (HasFatalFailure()) return;
    ASSERT_TRUE(window->press(line % 2 == 1 ? "g" : "Up"));
    ASSERT_TRUE(window->wait_until_still("motion_ns")) << window->status();
  }
  EXPECT_EQ(window->status().at("divergences"), 0) << window->status();
  EXPECT_EQ(window->interrupt(), testing::kInterrupted);
}

// With several goroutines, with an operation that stands half-way, and with a victim.
INSTANTIATE_TEST_SUITE_P(Five, ALessonInBetween, ::testing::ValuesIn([] {
                           std::vector<std::string> files = all_lessons();
                           std::erase_if(files, [](const std::string& file) {
                             const std::string name = fs::path(file).stem().string().substr(0, 3);
                             return name != "S04" && name != "S11" && name != "S14" &&
                                    name != "S20" && name != "S26";
                           });
                           return files;
                         }()),
                         name_of);

}  // namespace
}  // namespace poolscope
