#pragma once

// Tests of a window that speaks English.
//
// Thread safety: none.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/gui/program.h"
#include "tests/support/clicked_window.h"

namespace poolscope::testing {

class EnglishWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(ClickedWindow::possible()) << "install the packages xvfb and xdotool";
  }
  static std::unique_ptr<ClickedWindow> open(std::vector<std::string> arguments = {},
                                             const Opening& opening = {}) {
    arguments.insert(arguments.end(), {"--lang", "en"});
    auto window = std::make_unique<ClickedWindow>(kProgram, std::move(arguments), opening);
    EXPECT_EQ(window->problem(), "");
    return window;
  }
};

}  // namespace poolscope::testing
