// Every key of the table of commands, pressed in a real window, and what it comes to in the status.
// The last tests make sure that none was left out.

#include <cctype>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/intents/commands.h"
#include "tests/gui/english_window.h"
#include "tests/gui/status_changes.h"
#include "tests/gui/wanted_status.h"

namespace poolscope::testing {
namespace {

using nlohmann::json;

Consequence loop_end(const char* end, bool there) {
  return [end, there](const json& /*before*/, const json& now) {
    const json& loop = now.at("loop");
    const bool has = loop.is_object() && !loop.at(end).is_null();
    return has == there;
  };
}

const std::vector<Act> kLive = {
    {"-", changes("speed")},
    {"=", changes("speed")},
    {"G", grows("gc_cycles")},
    {"Up", becomes("procs", 5)},
    {"Down", becomes("procs", 4)},
    {"R", becomes("recording", true)},
    {"M", grows("markers")},
    {"R", becomes("recording", false)},
    {"V", banner_says("A recording keeps what you show")},
    {"Ctrl+Shift+S", banner_says("Saved to")},
    {"Esc",
     [](const json& before, const json& now) { return !banner_says("Saved to")(before, now); }},
    {"Ctrl+S", banner_says("Saved to")},
    {"Shift+G", becomes("mode", "past")},
    {"End", becomes("mode", "live")},
    {"Shift+E",
     [](const json& before, const json& now) {
       return now.at("job") == "measure" || banner_says("cores")(before, now);
     }},
    {"Space", becomes("mode", "paused")},
    {"Right", grows("seq")},
    {"Left", becomes("mode", "past")},
    {"End", becomes("mode", "paused")},
    {"C", is_there("comparison")},
    {"C", is_gone("comparison")},
};

const std::vector<Act> kShown = {
    {"Shift+M", opens("markers")},
    {"Esc", kCloses},
    {"1", becomes("tab", "memory")},
    {"2", becomes("tab", "timeline")},
    {"3", banner_says("This is no lesson")},
    {"4", becomes("tab", "source")},
    {"5", becomes("tab", "stats")},
    {"6", becomes("tab", "object")},
    {"L", becomes("layout", "workbench")},
    {"L", becomes("layout", "lecture")},
    {"F", becomes("enlarged", true)},
    {"F", becomes("enlarged", false)},
    {"E", opens("explain")},
    {"Esc", kCloses},
    {"W", opens("workload")},
    {"W", kCloses},
    {"P", opens("pools")},
    {"Esc", kCloses},
    {"Ctrl+O", opens("open")},
    {"Esc", kCloses},
    {"Ctrl+F", opens("lessons")},
    {"Esc", kCloses},
    {"?", opens("help")},
    {"?", kCloses},
    {"B", becomes("black", true)},
    {"B", becomes("black", false)},
    {"Tab", is_there("control")},
    {"Tab", changes("control")},
    {"Shift+Tab", changes("control")},
    {"Esc", is_gone("control")},
    {"E", opens("explain")},
    {"Shift+Tab", is_there("control")},
    {"Enter", becomes("explained", 2)},
    {"Esc", kCloses},
    {"Ctrl+P", is_there("presenter")},
    {"Ctrl+P", is_gone("presenter")},
    {"Ctrl+=", becomes("zoom", 110)},
    {"Ctrl+-", becomes("zoom", 100)},
    {"Ctrl+=", becomes("zoom", 110)},
    {"Ctrl+0", becomes("zoom", 100)},
};

const std::vector<Act> kReplay = {
    {"K", becomes("playing", false)},
    {"M", grows("markers")},
    {"Ctrl+Z", shrinks("markers")},
    {"End", [](const json&, const json& now) { return now.at("seq") == now.at("events"); }},
    {"Shift+Left", shrinks("seq")},
    {"Shift+Left", shrinks("seq")},
    {"Shift+Right", grows("seq")},
    {",",
     [](const json& before, const json& now) {
       return now.at("seq").get<int>() == before.at("seq").get<int>() - 1;
     }},
    {".",
     [](const json& before, const json& now) {
       return now.at("seq").get<int>() == before.at("seq").get<int>() + 1;
     }},
    {"Left", shrinks("seq")},
    {"Right", grows("seq")},
    {"N", becomes("skips_waits", true)},
    {"N", becomes("skips_waits", false)},
};

const std::vector<Act> kLoopsAndMarkers = {
    {"K", becomes("playing", false)},
    {"Home", becomes("seq", 0)},
    {"I", loop_end("in", true)},
    {"Shift+Right", grows("seq")},
    {"O", loop_end("out", true)},
    {"Shift+I", loop_end("in", false)},
    {"Shift+O", loop_end("out", false)},
    {"J", shrinks("seq")},
    {"K", becomes("playing", false)},
    {"Home", becomes("seq", 0)},
    {"]", is_there("marker")},
    {"]", changes("marker")},
    {"[", changes("marker")},
    {"=", changes("speed")},
    {"=", changes("speed")},
    {"PgDn",
     [](const json& before, const json& now) {
       return now.at("seq") > before.at("seq") && now.at("playing") == false;
     }},
    {"PgUp", shrinks("seq")},
    {"Shift+V", becomes("retaking_view", true)},
    {"Shift+V", becomes("retaking_view", false)},
    {"Ctrl+Z", banner_says("view is as it was")},
};

/// In the words of xdotool.
std::string xdotool_name(const std::string& key) {
  const std::size_t plus = key.size() > 1 ? key.rfind('+', key.size() - 2) : std::string::npos;
  std::string before = plus == std::string::npos ? "" : key.substr(0, plus + 1);
  std::string last = plus == std::string::npos ? key : key.substr(plus + 1);
  const auto lower = [](std::string& text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(letter));
  };
  lower(before);
  const std::map<std::string, std::string> names = {
      {",", "comma"},     {".", "period"},  {"[", "bracketleft"}, {"]", "bracketright"},
      {"-", "minus"},     {"=", "equal"},   {"?", "question"},    {"Esc", "Escape"},
      {"Space", "space"}, {"PgDn", "Next"}, {"PgUp", "Prior"},    {"Enter", "Return"}};
  const auto named = names.find(last);
  if (named != names.end()) return before + named->second;
  if (last.size() == 1) lower(last);
  return before + last;
}

void press_all(const ClickedWindow& window, const std::vector<Act>& presses) {
  do_all(window, presses, [&](const char* key) { return window.press(xdotool_name(key)); });
}

/// While it lives, the program runs for a moment in every tenth of a second only, as on a machine
/// that draws ten frames a second.
class SlowedDown {
 public:
  explicit SlowedDown(const Process& process)
      : process_(process), thread_([this](const std::stop_token& ended) {
          while (!ended.stop_requested()) {
            process_.signal(SIGSTOP);
            std::this_thread::sleep_for(std::chrono::milliseconds(70));
            process_.signal(SIGCONT);
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
          }
        }) {}

 private:
  const Process& process_;
  std::jthread thread_;
};

void press_all_slowed_down(ClickedWindow& window, const std::vector<Act>& presses) {
  const SlowedDown slow(window.process());
  press_all(window, presses);
}

class Keys : public EnglishWindow {
 protected:
  static std::unique_ptr<ClickedWindow> open_live() {
    auto window = open({"--step-time", "50ms", "--seed", "7", "--procs", "4"});
    EXPECT_TRUE(window->wait_for(more_than("events", 100)));
    return window;
  }
  static std::unique_ptr<ClickedWindow> open_replay(const TemporaryFolder& folder) {
    const std::filesystem::path file = folder / "walked.poolscope";
    std::filesystem::copy_file(
        std::filesystem::path(POOLSCOPE_TEST_DATA_DIR) / "format-3.poolscope", file);
    auto window = open({file.string()});
    EXPECT_TRUE(window->wait_for(is("mode", "replay")));
    // Faster than two steps a second, so that playing to a marker takes no time.
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(window->press("equal"));
    return window;
  }
};

TEST_F(Keys, OfALiveSession) { press_all(*open_live(), kLive); }

TEST_F(Keys, OfALiveSessionAtTenFramesASecond) { press_all_slowed_down(*open_live(), kLive); }

TEST_F(Keys, OfWhatIsShown) { press_all(*open_live(), kShown); }

TEST_F(Keys, OfWhatIsShownAtTenFramesASecond) { press_all_slowed_down(*open_live(), kShown); }

TEST_F(Keys, OfAReplay) {
  const TemporaryFolder folder;
  press_all(*open_replay(folder), kReplay);
}

TEST_F(Keys, OfAReplayAtTenFramesASecond) {
  const TemporaryFolder folder;
  press_all_slowed_down(*open_replay(folder), kReplay);
}

TEST_F(Keys, OfLoopsAndMarkers) {
  const TemporaryFolder folder;
  press_all(*open_replay(folder), kLoopsAndMarkers);
}

TEST_F(Keys, OfLoopsAndMarkersAtTenFramesASecond) {
  const TemporaryFolder folder;
  press_all_slowed_down(*open_replay(folder), kLoopsAndMarkers);
}

TEST_F(Keys, OfAQuestionWithFourChoices) {
  const TemporaryFolder folder;
  const std::string file = (folder / "four.ops").string();
  std::ofstream script(file);
  script << "variant classic\nprocs 1\npool A new\n\n% ask.en: Where to?\n% ask.zh: 去哪里？\n";
  for (const char* choice : {"private:0", "shared:0", "orphan:0", "nil"}) {
    script << "% choice: " << choice << "\n% choice.en: There.\n% choice.zh: 那里。\n"
           << "% why.en: Because.\n% why.zh: 因为。\n";
  }
  script << "put p0 A a\n\ndump\n";
  script.close();
  const auto window = open({file});
  ASSERT_TRUE(window->wait_for(is("line", 0))) << window->status();
  for (const char* key : {"Alt+1", "Alt+2", "Alt+3", "Alt+4"}) {
    press_all(*window, {{key, becomes("line", 1)}});
    EXPECT_EQ(window->status().at("verdict"), std::string(key) == "Alt+1" ? "right" : "wrong");
    press_all(*window, {{"Shift+Home", becomes("line", 0)}});
  }
}

TEST_F(Keys, XIsASpotAtThePointerForAsLongAsItIsHeld) {
  const auto window = open_live();
  ASSERT_TRUE(window->hold_key("x", true));
  EXPECT_TRUE(window->wait_for(is("laser", true)));
  ASSERT_TRUE(window->hold_key("x", false));
  EXPECT_TRUE(window->wait_for(is("laser", false)));
}

TEST_F(Keys, F11FillsTheScreen) {
  const auto window = open_live();
  press_all(*window, {{"F11", becomes("maximised", true)}, {"F11", becomes("maximised", false)}});
}

TEST(KeysOfTheTable, AreAllPressedHere) {
  std::set<std::string> pressed = {"Alt+1", "Alt+2", "Alt+3", "Alt+4", "Shift+Home", "X", "F11"};
  for (const auto* presses : {&kLive, &kShown, &kReplay, &kLoopsAndMarkers}) {
    for (const Act& press : *presses) pressed.insert(press.what);
  }
  for (const intents::Command& command : intents::commands()) {
    const std::string key = intents::key_text(command.key);
    EXPECT_TRUE(pressed.contains(key)) << key << ", " << command.text << ": nobody presses it";
  }
}

}  // namespace
}  // namespace poolscope::testing
