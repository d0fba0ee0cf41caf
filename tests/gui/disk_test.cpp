// A window whose disk fails: it says so at once, the live session goes on, and what was recorded
// holds.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/mount.h>

#include "tests/gui/english_window.h"
#include "tests/gui/program.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A disk of its own, as long as it lives.
class SmallDisk {
 public:
  SmallDisk(const fs::path& folder, const std::string& size, unsigned long flags = 0)
      : folder_(folder) {
    fs::create_directories(folder_);
    mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", flags, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  fs::path folder_;
  bool mounted_ = false;
};

class TroubledDisk : public EnglishWindow {
 protected:
  static std::uint64_t events_of(const ClickedWindow& window) {
    return window.status().value("events", std::uint64_t{0});
  }
  static std::string banner_of(const ClickedWindow& window) {
    return window.status().value("banner", "");
  }
  static bool waits_until_it_says(const ClickedWindow& window, const std::string& words) {
    return window.wait_for([&words](const json& status) {
      return status.is_object() && status.value("banner", "").find(words) != std::string::npos;
    });
  }
  /// The session goes on, and nothing is recorded.
  static void expect_to_go_on(const ClickedWindow& window) {
    EXPECT_EQ(window.status().at("recording"), false);
    EXPECT_EQ(window.status().at("mode"), "live");
    const std::uint64_t events = events_of(window);
    EXPECT_TRUE(window.wait_for([events](const json& status) {
      return status.is_object() && status.value("events", std::uint64_t{0}) > events;
    })) << window.status();
  }
  static void expect_whole(const ClickedWindow& window, const fs::path& file) {
    const Outcome verified = run({kProgram, "verify", file}, window.environment());
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("divergences 0"), std::string::npos) << verified.out;
  }
  TemporaryFolder folder_;
};

TEST_F(TroubledDisk, ThatIsFullEndsTheRecordingAndNotTheSession) {
  const SmallDisk disk(folder_ / "disk", "1m");
  if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
  const fs::path file = folder_ / "disk" / "x.poolscope";
  auto window = open({"--step-time", "0", "--rate", "max", "--record", file});
  ASSERT_TRUE(waits_until_it_says(*window, "disk is full: free some space on that disk"))
      << window->status();
  EXPECT_NE(banner_of(*window).find(file.string()), std::string::npos);
  expect_to_go_on(*window);
  expect_whole(*window, file);
  // What comes after it can still be kept, elsewhere.
  ASSERT_TRUE(window->press("ctrl+shift+s"));
  const std::string start = "Saved to ";
  ASSERT_TRUE(waits_until_it_says(*window, start)) << window->status();
  expect_whole(*window, banner_of(*window).substr(start.size()));
}

TEST_F(TroubledDisk, WhoseFolderIsDeletedEndsTheRecordingAndNotTheSession) {
  const fs::path folder = folder_ / "soon gone";
  fs::create_directory(folder);
  auto window = open({"--step-time", "20ms", "--record", folder / "x.poolscope"});
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.value("recording", false) &&
           status.value("events", std::uint64_t{0}) > 100;
  })) << window->status();
  fs::remove_all(folder);
  ASSERT_TRUE(waits_until_it_says(*window, "it was moved or deleted while it was in use"))
      << window->status();
  expect_to_go_on(*window);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(TroubledDisk, ThatIsReadOnlyIsSaidWhereARecordingIsWanted) {
  auto window = open({"--step-time", "20ms"});
  const SmallDisk disk(window->environment().at("XDG_DATA_HOME").value(), "1m", MS_RDONLY);
  if (!disk.mounted()) GTEST_SKIP() << "a disk cannot be mounted here";
  ASSERT_TRUE(window->press("r"));
  ASSERT_TRUE(waits_until_it_says(*window, "Read-only file system")) << window->status();
  expect_to_go_on(*window);
}

TEST_F(TroubledDisk, OfTwoWindowsOnOneFileTheSecondIsToldWhoHasIt) {
  const fs::path file = folder_ / "x.poolscope";
  auto window = open({"--step-time", "20ms", "--record", file});
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.value("recording", false);
  })) << window->status();
  const Outcome second = run({kProgram, "--record", file}, window->environment());
  EXPECT_EQ(second.exit_code, 2) << second.err;
  EXPECT_NE(
      second.err.find("is being recorded by process " + std::to_string(window->process().pid())),
      std::string::npos)
      << second.err;
  EXPECT_EQ(window->status().at("recording"), true);
  EXPECT_EQ(window->interrupt(), kInterrupted);
  expect_whole(*window, file);
}

}  // namespace
}  // namespace poolscope::testing
