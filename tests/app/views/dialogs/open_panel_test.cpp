// Which row Enter opens, and where the keyboard leads from there.

#include "app/views/dialogs/open_panel.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/model.h"
#include "tests/app/views/undrawn_window.h"

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

/// Where the files of the dialog stand in a window of that width.
std::vector<layout::Rect> listed_files(float window_w, std::size_t count) {
  testing::UndrawnWindow window(window_w, 720);
  window.interactive = true;
  FoundFiles found;
  for (std::size_t i = 0; i < count; ++i) {
    found.files.push_back({.path = "/talks/" + std::to_string(i) + ".poolscope"});
  }
  window.state.files = std::make_shared<const FoundFiles>(found);
  std::vector<layout::Rect> at;
  window.at({}, {}, 0, [&](const ViewInput& input) {
    const layout::Rect least = least_open(input);
    // As large as the program scrolls it.
    const layout::Rect area{0, 0, std::max(window_w, least.w), std::max(720.0F, least.h)};
    ViewInput whole = input;
    whole.window.h = area.h;
    intents::Intents asked;
    draw_open(
        whole, area, [](const ViewInput&, const Model&, const layout::Rect&) {}, asked);
    for (const Labels::Item& item : input.labels.items()) {
      if (!item.label.starts_with("open.file.")) continue;
      at.push_back(item.rect);
      EXPECT_TRUE(area.contains(item.rect)) << item.label;
    }
  });
  return at;
}

TEST(OpenPanel, ListsAllThatWasFoundInOneColumnOrInTwo) {
  const auto is_first_column = [](const std::vector<layout::Rect>& at, std::size_t i) {
    return at[i].x == at[0].x;
  };
  const auto narrow = listed_files(900, 8);
  ASSERT_EQ(narrow.size(), 8U);
  EXPECT_TRUE(is_first_column(narrow, 7));
  EXPECT_GT(narrow[7].y, narrow[6].y);
  const auto wide = listed_files(1280, 8);
  ASSERT_EQ(wide.size(), 8U);
  EXPECT_TRUE(is_first_column(wide, 3));
  EXPECT_FALSE(is_first_column(wide, 4)) << "there is room for two columns";
  EXPECT_EQ(wide[4].y, wide[0].y);
}

}  // namespace
}  // namespace poolscope::views
