// What the window keeps of a session without being asked for.

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/session/reader.h"
#include "core/session/verify.h"
#include "tests/gui/program.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ClickedWindow;
using testing::kInterrupted;
using testing::kProgram;
using testing::Outcome;

std::string banner_of(const json& status) {
  return status.is_object() ? status.value("banner", "") : "";
}

auto says(const std::string& part) {
  return [part](const json& status) { return banner_of(status).find(part) != std::string::npos; };
}

auto time_beyond(std::int64_t time_ns) {
  return [time_ns](const json& status) {
    return status.is_object() && status.value("time_ns", std::int64_t{0}) > time_ns;
  };
}

class AlwaysKept : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  }
  std::unique_ptr<ClickedWindow> open(std::vector<std::string> more = {},
                                      const ClickedWindow* of = nullptr) {
    std::vector<std::string> arguments = {"--step-time", "50ms", "--seed", "7"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto window = std::make_unique<ClickedWindow>(kProgram, arguments, testing::Opening{.of = of});
    EXPECT_EQ(window->problem(), "");
    return window;
  }
  static fs::path folder(const ClickedWindow& window, const char* variable) {
    return fs::path(window.environment().at(variable).value()) / "poolscope";
  }
  static std::vector<fs::path> sessions_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      if (entry.path().extension() == ".poolscope") files.push_back(entry.path());
    }
    return files;
  }
  /// Waits until it has saved, and gives the file.
  static fs::path saved(ClickedWindow& window) {
    const std::string start = "Saved to ";
    EXPECT_TRUE(window.wait_for(says(start))) << window.status();
    const std::string banner = banner_of(window.status());
    return banner.starts_with(start) ? banner.substr(start.size()) : "";
  }
  static void expect_whole(const ClickedWindow& window, const fs::path& file) {
    const Outcome verified = testing::run({kProgram, "verify", file}, window.environment());
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("divergences 0"), std::string::npos) << verified.out;
  }
  /// Lets a window run for a while, and kills it.
  std::unique_ptr<ClickedWindow> killed() {
    auto window = open();
    EXPECT_TRUE(window->wait_for(time_beyond(3'000'000'000))) << window->status();
    window->process().signal(SIGKILL);
    window->process().wait(std::chrono::seconds(10));
    return window;
  }
};

TEST_F(AlwaysKept, CtrlShiftSSavesTheLastMinutesOfWhatWasNotRecorded) {
  auto window = open();
  ASSERT_TRUE(window->wait_for(time_beyond(1'000'000'000))) << window->status();
  const auto events = window->status().at("events").get<std::uint64_t>();
  ASSERT_TRUE(window->press("ctrl+shift+s"));
  const fs::path file = saved(*window);
  EXPECT_EQ(file.parent_path(), folder(*window, "XDG_DATA_HOME"));
  expect_whole(*window, file);
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  EXPECT_GE((*reader)->event_count(), events);
  EXPECT_EQ(window->status().at("mode"), "live") << "the session goes on";
  EXPECT_EQ(window->status().at("recording"), false);
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_TRUE(sessions_in(folder(*window, "XDG_STATE_HOME")).empty()) << "nothing stays behind";
}

TEST_F(AlwaysKept, TheButtonSavesAcrossAChangeOfThePool) {
  auto window = open();
  ASSERT_TRUE(window->wait_for(time_beyond(1'000'000'000))) << window->status();
  ASSERT_TRUE(window->click("pool.modern"));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.value("pool", "") == "modern" &&
           status.value("time_ns", 0) > 500'000'000;
  })) << window->status();
  ASSERT_TRUE(window->click("save.last"));
  const fs::path file = saved(*window);
  expect_whole(*window, file);
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  ASSERT_EQ((*reader)->segments().size(), 2U);
  EXPECT_EQ((*reader)->base().config.pool, PoolKind::kClassic);
  EXPECT_EQ((*reader)->model_at((*reader)->last_seq()).value().config.pool, PoolKind::kModern);
  EXPECT_EQ(window->interrupt(), kInterrupted);
}

TEST_F(AlwaysKept, WhatAKilledWindowLeftIsOfferedKeptAndOpened) {
  const auto before = killed();
  auto window = open({}, before.get());
  ASSERT_TRUE(window->wait_for(says("A session was cut off: "))) << window->status();
  ASSERT_TRUE(window->click("rescued.keep"));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && status.value("mode", "") == "replay";
  })) << window->status();
  const fs::path file = saved(*window);
  EXPECT_EQ(sessions_in(folder(*window, "XDG_DATA_HOME")), std::vector<fs::path>{file});
  expect_whole(*window, file);
  EXPECT_GT(window->status().at("events"), 100);
  EXPECT_EQ(window->interrupt(), kInterrupted);
  EXPECT_TRUE(sessions_in(folder(*window, "XDG_STATE_HOME")).empty());
}

TEST_F(AlwaysKept, ItIsOfferedInTheViewersLanguageAndThrownAwayWhereThatIsWanted) {
  const auto before = killed();
  auto window = open({"--lang", "zh"}, before.get());
  ASSERT_TRUE(window->wait_for(says("有一次会话中断了"))) << window->status();
  // It is no answer to do something else.
  ASSERT_TRUE(window->press("g"));
  ASSERT_TRUE(window->wait_for(says("有一次会话中断了"))) << window->status();
  // Files are made and thrown away beside the window.
  const auto has_sessions = [&](std::size_t count) {
    return [&window, count](const json& /*status*/) {
      return sessions_in(folder(*window, "XDG_STATE_HOME")).size() == count;
    };
  };
  ASSERT_TRUE(window->wait_for(has_sessions(2)));
  ASSERT_TRUE(window->click("rescued.discard"));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    return status.is_object() && !says("有一次会话中断了")(status);
  })) << window->status();
  EXPECT_TRUE(window->wait_for(has_sessions(1))) << "its own";
  EXPECT_TRUE(sessions_in(folder(*window, "XDG_DATA_HOME")).empty());
  EXPECT_EQ(window->interrupt(), kInterrupted);
}

}  // namespace
}  // namespace poolscope
