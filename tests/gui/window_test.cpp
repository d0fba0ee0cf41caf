// The real window, clicked as a viewer clicks.

#include <csignal>
#include <fstream>
#include <memory>
#include <span>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/session/reader.h"
#include "tests/gui/program.h"
#include "tests/gui/wanted_status.h"
#include "tests/support/clicked_window.h"
#include "tests/support/process.h"

namespace poolscope {
namespace {

using nlohmann::json;
using testing::ClickedWindow;
using testing::is;
using testing::Outcome;

using testing::kInterrupted;
using testing::kProgram;
using testing::more_than;

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return json::parse(in, nullptr, false);
}

std::string last_line(const std::string& text) {
  const std::string trimmed = text.substr(0, text.find_last_not_of('\n') + 1);
  const auto before = trimmed.find_last_of('\n');
  return before == std::string::npos ? trimmed : trimmed.substr(before + 1);
}

/// A recording whose file is there.
bool records(const json& status) {
  return status.is_object() && status.value("recording", false) &&
         !status.value("recording_file", "").empty();
}

/// Whether the private and the shared of every place of every pool are empty.
bool all_places_empty(const json& state) {
  for (const json& pool : state.at("pools")) {
    for (const json& place : pool.at("places")) {
      if (!place.at("private").is_null() || !place.at("shared").empty()) return false;
    }
  }
  return true;
}

class WindowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  }
  /// A window with a seeded session, brisk enough for a test.
  std::unique_ptr<ClickedWindow> open(std::vector<std::string> arguments = {},
                                      const testing::Opening& opening = {}) {
    auto window = std::make_unique<ClickedWindow>(kProgram, std::move(arguments), opening);
    EXPECT_EQ(window->problem(), "");
    return window;
  }
  static std::vector<std::string> brisk() { return {"--step-time", "50ms", "--seed", "7"}; }
  static std::vector<std::string> brisk(std::vector<std::string> more) {
    std::vector<std::string> all = brisk();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
};

TEST_F(WindowTest, TheGcButtonEmptiesThePrivateAndSharedOfEveryP) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "session.poolscope";
  auto window = open(brisk({"--record", file}));
  ASSERT_TRUE(window->wait_for(more_than("pooled", 1)));
  // At that moment it may be empty by itself.
  ASSERT_TRUE(window->repeat([&] { return window->click("gc"); }, more_than("dropped", 0)))
      << window->status();
  EXPECT_EQ(window->status().at("divergences"), 0);
  EXPECT_EQ(window->interrupt(), kInterrupted);
  // The next Put may be there before a frame shows the pool empty: the recording has the moment.
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  struct Gc {
    std::uint64_t stopped = 0;  // the event with which the world stood
    std::uint64_t cleared = 0;  // the one with which poolCleanup was through
  };
  std::vector<Gc> gcs;
  std::uint64_t stopped = 0;
  ASSERT_TRUE((*reader)->each_run(1, (*reader)->last_seq(), [&](std::span<const Event> events) {
    for (const Event& event : events) {
      if (event.kind == EventKind::kWorldStopped) stopped = event.seq;
      if (event.kind == EventKind::kAllPoolsCleared) gcs.push_back({stopped, event.seq});
    }
  }));
  std::uint64_t pooled_before = 0;
  for (const Gc& gc : gcs) {
    pooled_before += (*reader)->model_at(gc.stopped).value().totals.pooled;
    EXPECT_EQ((*reader)->model_at(gc.cleared).value().totals.pooled, 0U);
  }
  EXPECT_GT(pooled_before, 0U);
}

TEST_F(WindowTest, WhilePausedAGcActsAtOnceAndAllStandStillAgain) {
  const testing::TemporaryFolder folder;
  const std::string dump = folder / "state.json";
  auto window = open(brisk({"--state-dump", dump}));
  ASSERT_TRUE(window->wait_for(more_than("pooled", 1)));
  ASSERT_TRUE(window->click("play"));
  ASSERT_TRUE(window->wait_for(is("mode", "paused"))) << window->status();
  EXPECT_TRUE(window->wait_until_still("events")) << "all come to stand";
  EXPECT_TRUE(window->wait_until_still("time_ns"));

  ASSERT_TRUE(window->repeat([&] { return window->click("gc"); }, is("gc_cycles", 1)))
      << window->status();
  EXPECT_TRUE(window->wait_for(is("pooled", 0))) << window->status();
  EXPECT_TRUE(window->wait_for(is("mode", "paused"))) << window->status();
  EXPECT_TRUE(window->wait_until_still("events")) << "and stand again";

  EXPECT_EQ(window->interrupt(), kInterrupted);
  const json state = read_json(dump);
  ASSERT_TRUE(state.is_object());
  EXPECT_EQ(state.at("gc_cycles"), 1);
  EXPECT_TRUE(all_places_empty(state)) << state.at("pools");
}

TEST_F(WindowTest, PlayGoesOnWhereItStood) {
  auto window = open(brisk());
  ASSERT_TRUE(window->wait_for(more_than("events", 50)));
  ASSERT_TRUE(window->click("play"));
  ASSERT_TRUE(window->wait_for(is("playing", false)));
  ASSERT_TRUE(window->click("play"));
  ASSERT_TRUE(window->wait_for(is("mode", "live")));
  const auto events = window->status().at("events").get<std::uint64_t>();
  EXPECT_TRUE(window->wait_for(more_than("events", events + 20)));
}

TEST_F(WindowTest, TheButtonsOfGomaxprocsChangeItByOneAndTheCardsWithIt) {
  auto window = open(brisk({"--procs", "3"}));
  ASSERT_TRUE(window->wait_for(is("procs", 3)));
  EXPECT_FALSE(window->ui().at("items").contains("p.3"));
  ASSERT_TRUE(window->click("procs.plus"));
  ASSERT_TRUE(window->wait_for(is("procs", 4))) << window->status();
  EXPECT_TRUE(
      window->wait_for([&](const json&) { return window->ui().at("items").contains("p.3"); }));
  ASSERT_TRUE(window->click("procs.minus"));
  ASSERT_TRUE(window->wait_for(is("procs", 3))) << window->status();
  ASSERT_TRUE(window->click("procs.minus"));
  ASSERT_TRUE(window->wait_for(is("procs", 2))) << window->status();
  EXPECT_TRUE(window->wait_for(is("resizes", 3)));
}

TEST_F(WindowTest, ARecordingVerifiesAndItsEndIsWhatTheWindowSaw) {
  const testing::TemporaryFolder folder;
  const std::string dump = folder / "state.json";
  auto window = open(brisk({"--state-dump", dump}));
  // It begins in the middle of a session, and so do its numbers.
  ASSERT_TRUE(window->wait_for(more_than("events", 100)));
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(records)) << window->status();
  ASSERT_TRUE(window->repeat([&] { return window->click("gc"); }, is("gc_cycles", 1)))
      << window->status();
  ASSERT_TRUE(window->click("procs.plus"));
  ASSERT_TRUE(window->wait_for(is("procs", 5))) << window->status();
  ASSERT_TRUE(window->click("play"));
  ASSERT_TRUE(window->wait_for(is("mode", "paused")));
  ASSERT_TRUE(window->repeat([&] { return window->click("gc"); }, is("gc_cycles", 2)))
      << window->status();
  ASSERT_TRUE(window->click("play"));
  ASSERT_TRUE(window->wait_for(is("mode", "live")));
  ASSERT_TRUE(window->click("procs.minus"));
  ASSERT_TRUE(window->wait_for(is("procs", 4))) << window->status();
  EXPECT_FALSE(std::filesystem::exists(dump));
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(is("recording", false))) << window->status();
  const std::string file = window->status().at("recording_file");
  ASSERT_TRUE(window->wait_for([&](const json&) { return std::filesystem::exists(dump); }));
  const json seen = read_json(dump);

  const Outcome verified = testing::run({kProgram, "verify", file}, window->environment());
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_NE(last_line(verified.out).find("divergences 0"), std::string::npos) << verified.out;
  const Outcome state =
      testing::run({kProgram, "state", file, "--at", "end", "--json"}, window->environment());
  EXPECT_EQ(state.exit_code, 0) << state.err;
  const json stored = json::parse(state.out, nullptr, false);
  EXPECT_EQ(stored, seen) << json::diff(stored, seen).dump(1);
  EXPECT_EQ(stored.at("gc_cycles"), 2);
  EXPECT_EQ(window->interrupt(), kInterrupted);
}

TEST_F(WindowTest, AClickStartsTheSameWorkloadOnTheOtherPoolAndARecordingGoesOnInIt) {
  auto window = open(brisk({"--procs", "3", "--workers", "5"}));
  ASSERT_TRUE(window->wait_for(more_than("events", 100)));
  EXPECT_EQ(window->status().at("pool"), "classic");
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(records)) << window->status();
  const std::string file = window->status().at("recording_file");
  ASSERT_TRUE(window->click("pool.modern"));
  ASSERT_TRUE(window->wait_for(is("pool", "modern"))) << window->status();
  EXPECT_EQ(window->status().at("procs"), 3);
  EXPECT_EQ(window->status().at("workers"), 5);
  EXPECT_EQ(window->status().at("recording"), true);
  EXPECT_EQ(window->status().at("recording_file"), file);
  ASSERT_TRUE(window->wait_for(more_than("events", 100)));
  ASSERT_TRUE(window->repeat([&] { return window->click("gc"); }, is("gc_cycles", 1)))
      << window->status();
  EXPECT_NE(window->status().at("banner").get<std::string>().find("victim"), std::string::npos);
  ASSERT_TRUE(window->click("procs.plus"));
  ASSERT_TRUE(window->wait_for(is("procs", 4))) << window->status();
  EXPECT_EQ(window->status().at("divergences"), 0);
  // The one that runs already is no other.
  const auto events = window->status().at("events").get<std::uint64_t>();
  ASSERT_TRUE(window->click("pool.modern"));
  EXPECT_TRUE(window->wait_for(more_than("events", events)));
  ASSERT_TRUE(window->click("pool.classic"));
  ASSERT_TRUE(window->wait_for(is("pool", "classic"))) << window->status();
  EXPECT_EQ(window->status().at("gc_cycles"), 0);
  ASSERT_TRUE(window->wait_for(more_than("events", 100)));
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(is("recording", false)));
  EXPECT_EQ(window->interrupt(), kInterrupted);

  const Outcome verified = testing::run({kProgram, "verify", file}, window->environment());
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  auto reader = Reader::open(file);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->closed_cleanly());
  std::vector<PoolKind> pools;
  for (const Segment& segment : (*reader)->segments()) {
    const auto first = (*reader)->first_of(segment);
    ASSERT_TRUE(first) << first.error().message;
    pools.push_back(first->config.pool);
  }
  EXPECT_EQ(pools, (std::vector{PoolKind::kClassic, PoolKind::kModern, PoolKind::kClassic}));
}

TEST_F(WindowTest, ItsTitleNamesTheSessionAndTheEndOfARecordingSaysWhereTheFileIs) {
  auto window = open(brisk());
  ASSERT_TRUE(window->wait_for(more_than("events", 20)));
  EXPECT_EQ(window->title(), "live session - poolscope");
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(records)) << window->status();
  const std::filesystem::path file(window->status().at("recording_file").get<std::string>());
  EXPECT_EQ(window->title(), file.filename().string() + " (recording) - poolscope");
  ASSERT_TRUE(window->click("record"));
  ASSERT_TRUE(window->wait_for(is("banner", "Saved to " + file.string()))) << window->status();
  EXPECT_EQ(window->title(), "live session - poolscope");

  EXPECT_EQ(window->interrupt(), kInterrupted);
  const testing::TemporaryFolder folder;
  const std::filesystem::path kept = folder.path() / "talk.poolscope";
  std::filesystem::copy_file(file, kept);
  auto replay = open({kept.string()});
  ASSERT_TRUE(replay->wait_for(is("mode", "replay")));
  EXPECT_EQ(replay->title(), "talk.poolscope - poolscope");
}

TEST_F(WindowTest, AnOlderMessageDoesNotHideANewerOne) {
  const testing::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "cut.poolscope";
  ASSERT_EQ(testing::run({kProgram, "record", "-o", file, "--for", "1s"}).exit_code, 0);
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE meta SET value = '0' WHERE key = 'closed_cleanly'");
  auto window = open({file.string()});
  const auto says = [](const std::string& part) {
    return [part](const json& status) {
      return status.is_object() && status.value("banner", "").find(part) != std::string::npos;
    };
  };
  ASSERT_TRUE(window->wait_for(says("not closed cleanly"))) << window->status();
  // Where the folder of the settings belongs, there is a file.
  std::filesystem::remove_all(window->folder() / "XDG_CONFIG_HOME");
  std::ofstream(window->folder() / "XDG_CONFIG_HOME") << "in the way";
  ASSERT_TRUE(window->click("theme"));
  EXPECT_TRUE(window->wait_for(says("XDG_CONFIG_HOME"))) << window->status();
  ASSERT_TRUE(window->click("play"));
  EXPECT_TRUE(window->wait_for([&](const json& status) {
    return !says("XDG_CONFIG_HOME")(status) && !says("not closed")(status);
  })) << window->status();
}

TEST_F(WindowTest, ANumberTypedAndEnteredWithinOneFrameIsTakenAndTheKeysAreKeysAgain) {
  auto window = open(brisk({"--procs", "8"}));
  ASSERT_TRUE(window->wait_for(is("procs", 8)));
  for (const auto& [typed, procs] :
       {std::pair{std::vector<std::string>{"1", "2", "Return"}, 12},
        std::pair{std::vector<std::string>{"5", "Return"}, 5},
        std::pair{std::vector<std::string>{"9", "9", "9", "Return"}, 5}}) {
    ASSERT_TRUE(window->click("procs"));
    ASSERT_TRUE(window->press_fast(typed));
    EXPECT_TRUE(window->wait_for(is("procs", procs))) << window->status();
  }
  ASSERT_TRUE(window->click("procs"));
  ASSERT_TRUE(window->press_fast({"7", "Escape"}));
  ASSERT_TRUE(window->press("l"));
  EXPECT_TRUE(window->wait_for(is("layout", "workbench"))) << "the field let go of the keys";
  EXPECT_EQ(window->status().at("procs"), 5);
}

TEST_F(WindowTest, AnInterruptClosesARecordingCleanly) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "session.poolscope";
  auto window = open(brisk({"--record", file}));
  ASSERT_TRUE(window->wait_for(more_than("events", 100)));
  EXPECT_TRUE(window->status().at("recording"));
  EXPECT_EQ(window->interrupt(), kInterrupted);
  const Outcome info = testing::run({kProgram, "info", "--json", file}, window->environment());
  ASSERT_EQ(info.exit_code, 0) << info.err;
  EXPECT_EQ(json::parse(info.out).at("closed_cleanly"), true);
  EXPECT_EQ(testing::run({kProgram, "verify", file}, window->environment()).exit_code, 0);
}

TEST_F(WindowTest, AReplayIsScrubbedOnTheTimelineAndStepsByKeys) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "session.poolscope";
  const Outcome recorded = testing::run(
      {kProgram, "record", "-o", file, "--for", "3s", "--gc-every", "1s", "--seed", "3"});
  ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  auto window = open({file});
  ASSERT_TRUE(window->wait_for(is("mode", "replay"))) << window->status();
  if (window->status().at("playing") == true) {
    ASSERT_TRUE(window->click("play"));
    ASSERT_TRUE(window->wait_for(is("playing", false)));
  }
  ASSERT_TRUE(window->click_at("timeline", 0.5));
  ASSERT_TRUE(window->wait_for([](const json& status) {
    const auto time_ns = status.at("time_ns").get<std::int64_t>();
    return time_ns > 1'000'000'000 && time_ns < 2'000'000'000;
  })) << window->status();
  const auto seq = window->status().at("seq").get<std::uint64_t>();
  ASSERT_TRUE(window->press("period"));
  EXPECT_TRUE(window->wait_for(is("seq", seq + 1))) << window->status();
  ASSERT_TRUE(window->press("comma"));
  EXPECT_TRUE(window->wait_for(is("seq", seq))) << window->status();
  ASSERT_TRUE(window->press("End"));
  const auto events = window->status().at("events").get<std::uint64_t>();
  EXPECT_TRUE(window->wait_for(is("seq", events))) << window->status();
  EXPECT_EQ(window->status().at("divergences"), 0);
}

TEST_F(WindowTest, KeysDoWhatTheButtonsDo) {
  auto window = open(brisk());
  ASSERT_TRUE(window->wait_for(more_than("events", 20)));
  ASSERT_TRUE(window->repeat([&] { return window->press("g"); }, is("gc_cycles", 1)))
      << window->status();
  ASSERT_TRUE(window->press("Up"));
  ASSERT_TRUE(window->wait_for(is("procs", 5))) << window->status();
  ASSERT_TRUE(window->press("Down"));
  ASSERT_TRUE(window->wait_for(is("procs", 4))) << window->status();
  ASSERT_TRUE(window->press("space"));
  EXPECT_TRUE(window->wait_for(is("mode", "paused"))) << window->status();
  ASSERT_TRUE(window->press("l"));
  EXPECT_TRUE(window->wait_for(is("layout", "workbench"))) << window->status();
}

TEST_F(WindowTest, AClickShorterThanAFrameIsNotLost) {
  auto window = open(brisk({"--theme", "dark"}));
  ASSERT_TRUE(window->wait_for(is("theme", "dark")));
  for (const char* theme : {"light", "contrast", "dark", "light", "contrast", "dark"}) {
    ASSERT_TRUE(window->click_fast("theme"));
    ASSERT_TRUE(window->wait_for(is("theme", theme))) << window->status();
  }
}

TEST_F(WindowTest, AChoiceOfTheViewerIsRememberedAndAFlagIsNot) {
  auto window = open(brisk({"--theme", "light"}));
  ASSERT_TRUE(window->wait_for(is("theme", "light")));
  ASSERT_TRUE(window->press("l"));
  ASSERT_TRUE(window->wait_for(is("layout", "workbench")));
  EXPECT_EQ(window->interrupt(), kInterrupted);
  const json settings = read_json(window->folder() / "XDG_CONFIG_HOME/poolscope/settings.json");
  EXPECT_EQ(settings, json({{"layout", "workbench"}}));
}

TEST_F(WindowTest, ExitsByItselfWithAPictureAndTheFramesTimes) {
  const testing::TemporaryFolder folder;
  const std::string picture = folder / "shot.png";
  const std::string stats = folder / "frames.json";
  auto window = open(brisk({"--exit-after", "3s", "--screenshot", picture, "--frame-stats", stats}),
                     {.painted = true});
  EXPECT_EQ(window->process().wait(std::chrono::seconds(30)), 0) << window->process().err();
  EXPECT_GT(std::filesystem::file_size(picture), 10'000U);
  const json frames = read_json(stats);
  // How many a busy machine draws until then is chance.
  EXPECT_GT(frames.at("frames"), 0);
  EXPECT_GE(frames.at("draw_ms").at("p99"), frames.at("draw_ms").at("p50"));
  EXPECT_GT(frames.at("build_ms").at("p50"), 0);
}

class WindowProblems : public ::testing::Test {
 protected:
  /// One line on stderr, nothing on stdout.
  static void expect_one_line(const Outcome& outcome, int exit_code) {
    EXPECT_EQ(outcome.exit_code, exit_code);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
};

TEST_F(WindowProblems, NoDisplayIsOneLineThatSaysWhatElseServes) {
  const Outcome outcome =
      testing::run({kProgram}, {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}});
  expect_one_line(outcome, 1);
  EXPECT_NE(outcome.err.find("record"), std::string::npos);
}

TEST_F(WindowProblems, AnOldOpenGlIsOneLine) {
  auto xvfb = testing::Xvfb::start(640, 480);
  ASSERT_TRUE(xvfb) << "install the package xvfb";
  testing::Environment environment = xvfb->environment();
  environment["MESA_GL_VERSION_OVERRIDE"] = "2.1";
  const Outcome outcome = testing::run({kProgram, "--exit-after", "5s"}, environment);
  expect_one_line(outcome, 1);
  EXPECT_NE(outcome.err.find("OpenGL 3.3"), std::string::npos) << outcome.err;
}

TEST_F(WindowProblems, HelpAndVersionNeedNoDisplay) {
  const testing::Environment none = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}};
  EXPECT_EQ(testing::run({kProgram, "--help"}, none).exit_code, 0);
  const Outcome version = testing::run({kProgram, "--version"}, none);
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_NE(version.out.find("poolscope"), std::string::npos);
}

TEST_F(WindowProblems, BadFlagsAreBadUsage) {
  expect_one_line(testing::run({kProgram, "--size", "large"}), 2);
  expect_one_line(testing::run({kProgram, "--size", "0x10"}), 2);
  expect_one_line(testing::run({kProgram, "--theme", "pink"}), 2);
  expect_one_line(testing::run({kProgram, "--no-such-flag"}), 2);
  expect_one_line(testing::run({kProgram, "/no/such/file.poolscope"}), 2);
}

TEST_F(WindowProblems, AnOutputWithoutAFolderIsToldBeforeAnythingStarts) {
  const testing::TemporaryFolder folder;
  auto xvfb = testing::Xvfb::start(640, 480);
  ASSERT_TRUE(xvfb) << "install the package xvfb";
  for (const char* flag :
       {"--screenshot", "--ui-dump", "--state-dump", "--frame-stats", "--record"}) {
    const std::string file = folder / "missing" / "x.png";
    expect_one_line(testing::run({kProgram, flag, file, "--exit-after", "5s"}, xvfb->environment()),
                    1);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(WindowProblems, ARecordingIsNotOverwritten) {
  const testing::TemporaryFolder folder;
  auto xvfb = testing::Xvfb::start(640, 480);
  ASSERT_TRUE(xvfb) << "install the package xvfb";
  const std::string file = folder / "x.poolscope";
  std::ofstream(file) << "precious";
  expect_one_line(
      testing::run({kProgram, "--record", file, "--exit-after", "5s"}, xvfb->environment()), 2);
  EXPECT_EQ(std::filesystem::file_size(file), 8U);
}

}  // namespace
}  // namespace poolscope
