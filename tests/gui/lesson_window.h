#pragma once

// A window in which a lesson is played with a clicker's keys.
//
// Thread safety: as of ClickedWindow.

#include <cstddef>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gui/english_window.h"
#include "tests/support/clicked_window.h"

namespace poolscope::testing {

inline std::string contents(const std::string& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// At rest with that many lines of the lesson shown.
inline auto at_line(std::size_t line) {
  return [line](const nlohmann::json& status) {
    return status.is_object() && status.value("line", nlohmann::json()) == line &&
           !status.value("playing", true);
  };
}

class LessonWindow : public EnglishWindow {
 protected:
  /// A lesson that is played four times as fast as at Lecture speed, at its beginning.
  static std::unique_ptr<ClickedWindow> open_quickly(std::vector<std::string> arguments) {
    auto window = open(std::move(arguments));
    EXPECT_TRUE(window->wait_for(at_line(0))) << window->status();
    for (const char* speed : {"x2", "x4"}) {
      EXPECT_TRUE(window->press("equal"));
      EXPECT_TRUE(window->wait_for([&](const nlohmann::json& status) {
        return status.at("speed") == speed;
      })) << window->status();
    }
    return window;
  }

  static void go(ClickedWindow& window, const std::string& key, std::size_t to) {
    ASSERT_TRUE(window.press(key));
    ASSERT_TRUE(window.wait_for(at_line(to))) << window.status();
  }

  /// Plays all of it by PgDn, which is at its beginning; looks back to the first line by PgUp, and
  /// goes to the last one by PgDn: each line's state and caption are the same each time. Returns
  /// the status after each line, the first of them before any.
  static std::vector<nlohmann::json> play_forth_and_back(ClickedWindow& window) {
    std::vector<nlohmann::json> played = {window.status()};
    std::size_t lines = 1;
    for (std::size_t line = 1; line <= lines; ++line) {
      go(window, "Next", line);
      if (HasFatalFailure()) return played;
      played.push_back(window.status());
      // "Line 1 of 9: ..."
      if (line == 1) {
        const auto banner = played.back().at("banner").get<std::string>();
        lines = std::stoul(banner.substr(banner.find(" of ") + 4));
      }
    }
    const auto expect_same = [&](std::size_t line) {
      for (const char* key : {"state_hash", "caption"}) {
        EXPECT_EQ(window.status().at(key), played[line].at(key)) << "line " << line;
      }
    };
    for (std::size_t line = lines; line-- > 0 && !HasFatalFailure();) {
      go(window, "Prior", line);
      expect_same(line);
    }
    for (std::size_t line = 1; line <= lines && !HasFatalFailure(); ++line) {
      go(window, "Next", line);
      expect_same(line);
    }
    EXPECT_EQ(window.status().at("divergences"), 0);
    return played;
  }
};

}  // namespace poolscope::testing
