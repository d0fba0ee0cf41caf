// A file made of the session that is shown, by real clicks: a part of it, a film, and one given up.

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

/// Keeps others from writing into a session, as somebody does who writes into it; reading goes on.
/// The program gives up after two seconds.
class WriteLock {
 public:
  explicit WriteLock(const std::filesystem::path& file) : file_(::open(file.c_str(), O_RDWR)) {
    // What SQLite calls the reserved byte.
    struct flock reserved {};
    reserved.l_type = F_WRLCK;
    reserved.l_whence = SEEK_SET;
    reserved.l_start = 0x40000001;
    reserved.l_len = 1;
    held_ = file_ >= 0 && ::fcntl(file_, F_SETLK, &reserved) == 0;
  }
  ~WriteLock() {
    if (file_ >= 0) ::close(file_);
  }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  int file_;
  bool held_ = false;
};

class SaveAs : public ::testing::Test {
 protected:
  explicit SaveAs(bool painted = false) : painted_(painted) {}

  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
    std::filesystem::copy_file(
        std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope",
        folder_ / "talk.poolscope");
    window_ = std::make_unique<ClickedWindow>(
        kProgram, std::vector<std::string>{"--lang", "en", (folder_ / "talk.poolscope").string()},
        Opening{.painted = painted_});
    ASSERT_EQ(window_->problem(), "");
    ASSERT_TRUE(window_->wait_for(is("mode", "replay")));
    // While it plays, nothing comes to a stand.
    ASSERT_TRUE(window_->press("k"));
    ASSERT_TRUE(window_->wait_for(is("playing", false)));
  }
  /// Chooses that kind in the panel, and saves.
  bool save(const std::string& kind) {
    return window_->press("ctrl+s") && window_->wait_until_in_place("save." + kind) &&
           window_->click("save." + kind) && window_->click("save.ok");
  }
  [[nodiscard]] int events(const std::string& name) const {
    const std::string file = (folder_ / name).string();
    return json::parse(run({kProgram, "info", "--json", file}).out).at("events").get<int>();
  }
  [[nodiscard]] std::size_t markers(const std::string& name) const {
    const std::string file = (folder_ / name).string();
    return json::parse(run({kProgram, "info", "--json", file}).out).at("markers");
  }
  /// The loop goes from that tenth of the session to that one.
  bool loop(int from, int to) {
    const auto forward = [&](int tenths) {
      for (int i = 0; i < tenths; ++i) {
        if (!window_->press("shift+Right")) return false;
      }
      return window_->wait_until_still("seq");
    };
    return window_->press("Home") && window_->wait_until_still("seq") && forward(from) &&
           window_->press("i") && forward(to - from) && window_->press("o");
  }
  bool saved(const std::string& name) {
    return window_->wait_for([&](const json& status) {
      return status.is_object() && status.at("banner").get<std::string>().find(
                                       "Saved to " + (folder_ / name).string()) == 0;
    });
  }

  TemporaryFolder folder_;
  bool painted_;
  std::unique_ptr<ClickedWindow> window_;
};

class SaveAsPictures : public SaveAs {
 protected:
  SaveAsPictures() : SaveAs(true) {}
};

TEST_F(SaveAs, ThePartBetweenTheEndsOfTheLoopIsASessionThatVerifies) {
  ASSERT_TRUE(loop(1, 3));
  ASSERT_TRUE(window_->press("ctrl+s"));
  ASSERT_TRUE(window_->wait_until_in_place("save.part"));
  // The loop is what is meant, without a further word.
  ASSERT_TRUE(window_->click("save.ok"));
  ASSERT_TRUE(saved("talk-part.poolscope")) << window_->status();
  const std::string part = (folder_ / "talk-part.poolscope").string();
  EXPECT_EQ(run({kProgram, "verify", part}).exit_code, 0);
  const int all = events("talk.poolscope");
  EXPECT_GT(events("talk-part.poolscope"), all / 20);
  EXPECT_LT(events("talk-part.poolscope"), all / 2);
  // What was made is opened from there.
  ASSERT_TRUE(window_->click("saved.open"));
  ASSERT_TRUE(window_->wait_for([&](const json& status) {
    return status.is_object() && window_->title().find("talk-part") != std::string::npos;
  })) << window_->title();
}

TEST_F(SaveAs, WhatIsCutOutIsUndoneByGoingBack) {
  ASSERT_TRUE(loop(0, 1));
  ASSERT_TRUE(window_->press("ctrl+s"));
  ASSERT_TRUE(window_->wait_until_in_place("save.part"));
  ASSERT_TRUE(window_->click("save.part"));
  ASSERT_TRUE(window_->click("save.ok"));
  ASSERT_TRUE(saved("talk-without.poolscope")) << window_->status();
  EXPECT_LT(events("talk-without.poolscope"), events("talk.poolscope"));
  EXPECT_EQ(run({kProgram, "verify", (folder_ / "talk-without.poolscope").string()}).exit_code, 0);
  ASSERT_TRUE(window_->click("saved.open"));
  ASSERT_TRUE(window_->wait_for([&](const json&) {
    return window_->title().find("talk-without") != std::string::npos;
  })) << window_->title();
  // It plays, and its captions move what stands below them.
  ASSERT_TRUE(window_->wait_for([&](const json&) {
    return window_->ui().value("items", json::object()).contains("undo");
  })) << window_->status();
  ASSERT_TRUE(window_->press("ctrl+z"));
  ASSERT_TRUE(window_->wait_for([&](const json&) {
    return window_->title().find("talk.poolscope") != std::string::npos;
  })) << window_->title();
  ASSERT_TRUE(window_->press("ctrl+z"));
  EXPECT_TRUE(window_->wait_for(is("banner", "There is nothing to undo"))) << window_->status();
}

TEST_F(SaveAs, EnterSavesTheKindThatWasChosen) {
  ASSERT_TRUE(window_->press("ctrl+s"));
  ASSERT_TRUE(window_->wait_until_in_place("save.csv"));
  ASSERT_TRUE(window_->click("save.csv"));
  ASSERT_TRUE(window_->press("Return"));
  ASSERT_TRUE(saved("talk.csv")) << window_->status();
}

/// Sets a marker, which cannot be written as long as the file is locked, and asks for a copy.
class SaveWhileLocked : public SaveAs {
 protected:
  void ask_for_copy(const WriteLock& lock) {
    ASSERT_TRUE(lock.held());
    ASSERT_TRUE(window_->press("m"));
    ASSERT_TRUE(window_->wait_for(is("markers", had_ + 1))) << window_->status();
    ASSERT_TRUE(window_->press("ctrl+s"));
    ASSERT_TRUE(window_->wait_until_in_place("save.ok"));
    ASSERT_TRUE(window_->click("save.ok"));
  }

  std::size_t had_ = 0;  // markers
};

TEST_F(SaveWhileLocked, ACopyHasTheMarkerThatIsBeingWritten) {
  had_ = window_->status().at("markers");
  {
    const WriteLock lock(folder_ / "talk.poolscope");
    ASSERT_NO_FATAL_FAILURE(ask_for_copy(lock));
    ASSERT_TRUE(window_->wait_for(is("job", "save.as"))) << window_->status();
    EXPECT_FALSE(std::filesystem::exists(folder_ / "talk-copy.poolscope"));
  }
  ASSERT_TRUE(saved("talk-copy.poolscope")) << window_->status();
  EXPECT_EQ(markers("talk-copy.poolscope"), had_ + 1);
}

TEST_F(SaveWhileLocked, WhatWaitsForAMarkerIsCancelled) {
  had_ = window_->status().at("markers");
  {
    const WriteLock lock(folder_ / "talk.poolscope");
    ASSERT_NO_FATAL_FAILURE(ask_for_copy(lock));
    ASSERT_TRUE(window_->wait_until_in_place("cancel")) << window_->status();
    ASSERT_TRUE(window_->click("cancel"));
    ASSERT_TRUE(window_->wait_for(is("job", nullptr))) << window_->status();
  }
  // The marker comes into the session all the same.
  ASSERT_TRUE(
      window_->wait_for([&](const json&) { return markers("talk.poolscope") == had_ + 1; }));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "talk-copy.poolscope"));
}

TEST_F(SaveAs, AnotherRecordingFollows) {
  ASSERT_TRUE(window_->press("ctrl+s"));
  ASSERT_TRUE(window_->wait_until_in_place("save.then"));
  ASSERT_TRUE(window_->click("save.then"));
  ASSERT_TRUE(window_->type((folder_ / "talk.poolscope").string()));
  ASSERT_TRUE(window_->click("save.ok"));
  ASSERT_TRUE(saved("talk-joined.poolscope")) << window_->status();
  EXPECT_EQ(events("talk-joined.poolscope"), 2 * events("talk.poolscope"));
}

TEST_F(SaveAsPictures, OneIsOfTheMomentThatIsShown) {
  ASSERT_TRUE(window_->press("Home"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(save("picture"));
  ASSERT_TRUE(saved("talk.png")) << window_->status();
  const auto text_of = [&](const std::string& name) {
    std::ifstream stream(folder_ / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  EXPECT_TRUE(text_of("talk.png").starts_with("\x89PNG"));
  // Another name is proposed where that one is taken.
  ASSERT_TRUE(window_->press("End"));
  ASSERT_TRUE(window_->wait_until_still("seq"));
  ASSERT_TRUE(save("picture"));
  ASSERT_TRUE(saved("talk-2.png")) << window_->status();
  EXPECT_NE(text_of("talk.png"), text_of("talk-2.png"));
}

TEST_F(SaveAsPictures, AFilmThatIsCancelledLeavesNothing) {
  if (run({"ffmpeg", "-version"}).exit_code != 0) GTEST_SKIP() << "ffmpeg is not installed";
  // Slow: it has thousands of frames.
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(window_->press("minus"));
  ASSERT_TRUE(save("mp4"));
  ASSERT_TRUE(window_->wait_for(is("job", "save.as"))) << window_->status();
  ASSERT_TRUE(window_->wait_for([](const json& status) {
    return status.is_object() &&
           status.at("banner").get<std::string>().find(" of ") != std::string::npos;
  })) << window_->status();
  ASSERT_TRUE(window_->wait_until_in_place("cancel"));
  ASSERT_TRUE(window_->click("cancel"));
  ASSERT_TRUE(window_->wait_for(is("job", nullptr))) << window_->status();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()),
                          std::filesystem::directory_iterator()),
            1);
}

TEST_F(SaveAs, AnExportIsMadeBesideTheWindow) {
  ASSERT_TRUE(save("jsonl"));
  ASSERT_TRUE(saved("talk.jsonl")) << window_->status();
  EXPECT_GT(std::filesystem::file_size(folder_ / "talk.jsonl"), 10'000U);
}

TEST_F(SaveAs, ANameThatIsTakenIsRefused) {
  std::ofstream(folder_ / "t") << "mine";
  ASSERT_TRUE(window_->press("ctrl+s"));
  ASSERT_TRUE(window_->wait_until_in_place("save.path"));
  // What stands there is selected: the first letter takes its place.
  ASSERT_TRUE(window_->type((folder_ / "t").string()));
  ASSERT_TRUE(window_->click("save.ok"));
  ASSERT_TRUE(window_->wait_for([](const json& status) {
    return status.is_object() &&
           status.at("banner").get<std::string>().find("is there already") != std::string::npos;
  })) << window_->status();
}

}  // namespace
}  // namespace poolscope::testing
