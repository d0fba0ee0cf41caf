// Which row Enter opens, and where the keyboard leads from there.

#include "app/views/dialogs/open_panel.h"

#include <optional>

#include <gtest/gtest.h>

namespace poolscope::views {
namespace {

TEST(OpenPanel, EnterOpensTheFirstFileOrWhatIsTyped) {
  ViewState state;
  EXPECT_EQ(marked_row(state, 0), std::nullopt);
  EXPECT_EQ(marked_row(state, 1), 0U);
  state.open_path = "/home";
  EXPECT_EQ(marked_row(state, 3), std::nullopt);
  state.open_marked = 2;
  EXPECT_EQ(marked_row(state, 3), 2U);
  EXPECT_EQ(marked_row(state, 2), 1U) << "fewer files are there than before";
}

TEST(OpenPanel, DownGoesIntoTheListAndUpBackToWhatIsTyped) {
  EXPECT_EQ(moved_row(std::nullopt, 1, 3, true), 0U);
  EXPECT_EQ(moved_row(0, 1, 3, true), 1U);
  EXPECT_EQ(moved_row(2, 1, 3, true), 2U);
  EXPECT_EQ(moved_row(1, -1, 3, true), 0U);
  EXPECT_EQ(moved_row(0, -1, 3, true), std::nullopt);
  EXPECT_EQ(moved_row(0, -1, 3, false), 0U) << "nothing is typed that Enter could open";
  EXPECT_EQ(moved_row(std::nullopt, 1, 0, true), std::nullopt);
}

}  // namespace
}  // namespace poolscope::views
