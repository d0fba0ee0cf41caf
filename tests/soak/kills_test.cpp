// Kill -9 at a random moment, a hundred times: while the program records at full rate and at
// Lecture speed, and while it cuts, joins, exports, renders and saves the last minutes. By hand:
// README.md.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/clicked_window.h"
#include "tests/support/process.h"
#include "tests/support/temporary_folder.h"

namespace poolscope::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Words = std::vector<std::string>;

constexpr const char* kProgram = POOLSCOPE_BINARY;
constexpr int kRecordings = 40;
constexpr int kMakings = 48;
constexpr int kSavings = 12;

Words command(Words words) {
  words.insert(words.begin(), kProgram);
  return words;
}

Outcome run_program(const Words& words) {
  return run(command(words), {{"DISPLAY", std::nullopt}}, std::chrono::seconds(120));
}

/// The number of the last event that --progress has reported; 0: none yet.
std::uint64_t last_committed(const std::string& told) {
  std::uint64_t last = 0;
  for (std::size_t at = 0; (at = told.find("committed #", at)) != std::string::npos;) {
    // A line may have been cut off.
    if (told.find('\n', at) == std::string::npos) break;
    at += std::string("committed #").size();
    last = std::strtoull(told.c_str() + at, nullptr, 10);
  }
  return last;
}

void expect_verifies(const fs::path& file) {
  const Outcome verified = run_program({"verify", file.string()});
  EXPECT_EQ(verified.exit_code, 0) << file << "\n" << verified.out << verified.err;
  EXPECT_NE(verified.out.find("divergences 0"), std::string::npos) << verified.out;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// What a file holds. The random number that a page marks its own scripts with is left out.
std::string contents_of(const fs::path& file) {
  std::string bytes = bytes_of(file);
  const std::string before = "'nonce-";
  const std::size_t begin = bytes.find(before);
  if (begin == std::string::npos) return bytes;
  const std::size_t first = begin + before.size();
  const std::string nonce = bytes.substr(first, bytes.find('\'', first) - first);
  for (std::size_t at = 0; (at = bytes.find(nonce, at)) != std::string::npos;) {
    bytes.erase(at, nonce.size());
  }
  return bytes;
}

class Kills : public ::testing::Test {
 protected:
  milliseconds any(milliseconds least, milliseconds most) {
    return milliseconds(
        std::uniform_int_distribution<std::int64_t>(least.count(), most.count())(random_));
  }
  /// Starts it, kills it so much later, and gives what it has said. Whether it had ended by itself.
  static std::string killed_after(milliseconds later, const Words& words, bool& had_ended) {
    Process program(command(words), {{"DISPLAY", std::nullopt}});
    had_ended = program.wait(later).has_value();
    program.signal(SIGKILL);
    program.wait(std::chrono::seconds(10));
    return program.err();
  }

  TemporaryFolder folder_;
  std::mt19937_64 random_{std::random_device{}()};
};

TEST_F(Kills, ARecordingHasAllThatWasCommitted) {
  int with_events = 0;
  for (int i = 0; i < kRecordings; ++i) {
    SCOPED_TRACE(i);
    const fs::path file = folder_ / fmt::format("{}.poolscope", i);
    Words words = {"record", "-o", file.string(), "--for", "60s", "--progress"};
    const bool at_full_rate = i % 2 == 0;
    const Words how = at_full_rate
                          ? Words{"--rate", "max", "--step-time", "0", "--gc-every", "50ms"}
                          : Words{"--speed", "lecture", "--gc-every", "400ms"};
    words.insert(words.end(), how.begin(), how.end());
    bool had_ended = false;
    const std::uint64_t committed =
        last_committed(killed_after(any(milliseconds(50), milliseconds(3000)), words, had_ended));
    EXPECT_FALSE(had_ended);
    if (!fs::exists(file)) {
      EXPECT_EQ(committed, 0U) << "what was committed is gone";
      continue;
    }
    with_events += committed > 0 ? 1 : 0;
    const Outcome info = run_program({"info", "--json", file.string()});
    ASSERT_EQ(info.exit_code, 0) << info.err;
    EXPECT_GE(nlohmann::json::parse(info.out).at("events").get<std::uint64_t>(), committed);
    expect_verifies(file);
    fs::remove(file);
  }
  EXPECT_GT(with_events, kRecordings / 2) << "too few had anything to lose";
}

TEST_F(Kills, WhatIsMadeOfASessionIsWholeOrAbsent) {
  const std::string file = (folder_ / "x.poolscope").string();
  const Outcome recorded = run_program({"record", "-o", file, "--events", "300000", "--rate", "max",
                                        "--step-time", "0", "--gc-every", "50ms", "--seed", "5"});
  ASSERT_EQ(recorded.exit_code, 0) << recorded.err;
  const std::string talk = (folder_ / "talk.poolscope").string();
  ASSERT_EQ(run_program({"record", "-o", talk, "--for", "2s", "--speed", "lecture"}).exit_code, 0);
  struct Making {
    Words words;
    std::string extension;
  };
  const std::vector<Making> makings = {
      {{"cut", file, "--from", "#1000", "--to", "#290000"}, ".poolscope"},
      {{"cut", file, "--from", "#1000", "--to", "#2000", "--leave-out"}, ".poolscope"},
      {{"cat", file, file}, ".poolscope"},
      {{"export", file, "--to", "chrome"}, ".json"},
      {{"export", file, "--to", "jsonl"}, ".jsonl"},
      {{"export", talk, "--to", "html"}, ".html"},
      {{"render", talk, "--size", "640x360", "--fps", "30"}, ".mp4"},
      {{"render", talk, "--size", "640x360", "--fps", "30"}, ".gif"}};
  int killed_in_time = 0;
  for (std::size_t kind = 0; kind < makings.size(); ++kind) {
    const Making& making = makings[kind];
    Words words = making.words;
    const fs::path whole = folder_ / ("whole" + making.extension);
    words.insert(words.end(), {"-o", whole.string()});
    const auto begin = std::chrono::steady_clock::now();
    const Outcome made = run_program(words);
    ASSERT_EQ(made.exit_code, 0) << words[0] << ": " << made.err;
    const auto takes =
        std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
    for (int i = 0; i < kMakings / static_cast<int>(makings.size()); ++i) {
      SCOPED_TRACE(::testing::Message() << words[0] << " " << making.extension << " " << i);
      const fs::path out = folder_ / ("out" + making.extension);
      words.back() = out.string();
      bool had_ended = false;
      killed_after(any(milliseconds(5), takes), words, had_ended);
      killed_in_time += had_ended ? 0 : 1;
      if (!fs::exists(out)) {
        EXPECT_FALSE(had_ended);
        continue;
      }
      if (making.extension == ".poolscope") {
        expect_verifies(out);
        const auto events = [](const fs::path& of) {
          const Outcome info = run_program({"info", "--json", of.string()});
          return nlohmann::json::parse(info.out).at("events").get<std::uint64_t>();
        };
        EXPECT_EQ(events(out), events(whole));
      } else {
        EXPECT_TRUE(contents_of(out) == contents_of(whole)) << "it is not whole";
      }
      fs::remove(out);
    }
    fs::remove(whole);
  }
  EXPECT_GT(killed_in_time, kMakings / 2) << "most had ended before";
  expect_verifies(file);
  expect_verifies(talk);
}

TEST_F(Kills, TheLastMinutesAreSavedOrNotAndAreStillOffered) {
  ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  int saved = 0;
  for (int i = 0; i < kSavings; ++i) {
    SCOPED_TRACE(i);
    ClickedWindow window(kProgram, {"--lang", "en", "--speed", i % 2 == 0 ? "full" : "lecture"});
    ASSERT_EQ(window.problem(), "");
    ASSERT_TRUE(window.wait_for([](const nlohmann::json& status) {
      return status.is_object() && status.value("time_ns", std::int64_t{0}) > 2'000'000'000;
    })) << window.status();
    ASSERT_TRUE(window.press("ctrl+shift+s"));
    std::this_thread::sleep_for(any(milliseconds(0), milliseconds(300)));
    window.process().signal(SIGKILL);
    window.process().wait(std::chrono::seconds(10));
    const auto sessions_in = [&](const char* variable) {
      std::vector<fs::path> files;
      std::error_code none;
      const fs::path folder = fs::path(window.environment().at(variable).value()) / "poolscope";
      for (const auto& entry : fs::directory_iterator(folder, none)) {
        if (entry.path().extension() == ".poolscope") files.push_back(entry.path());
      }
      return files;
    };
    for (const fs::path& file : sessions_in("XDG_DATA_HOME")) {
      ++saved;
      expect_verifies(file);
    }
    // The flight recorder's own file is left, and is what the next start offers.
    const auto left = sessions_in("XDG_STATE_HOME");
    EXPECT_EQ(left.size(), 1U);
    for (const fs::path& file : left) expect_verifies(file);
  }
  std::printf("  %d of %d were saved before\n", saved, kSavings);
}

}  // namespace
}  // namespace poolscope::testing
