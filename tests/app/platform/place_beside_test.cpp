#include "app/platform/place_beside.h"

#include <vector>

#include <gtest/gtest.h>

namespace poolscope::platform {
namespace {

using layout::Rect;

constexpr Rect kWanted{0, 0, 960, 600};
constexpr Rect kLaptop{0, 0, 1920, 1080};
constexpr Rect kProjector{1920, 0, 1280, 720};

TEST(PlaceBeside, FillsTheScreenOnWhichTheFirstWindowIsNot) {
  const std::vector<Rect> screens = {kLaptop, kProjector};
  EXPECT_EQ(place_beside({100, 100, 1000, 700}, kWanted, screens), kProjector);
  EXPECT_EQ(place_beside(kProjector, kWanted, screens), kLaptop);
}

TEST(PlaceBeside, StandsBesideTheFirstWindowWhereThereIsOneScreenWithRoom) {
  const std::vector<Rect> screens = {kLaptop};
  EXPECT_EQ(place_beside({0, 50, 900, 700}, kWanted, screens), (Rect{900, 50, 960, 600}));
  EXPECT_EQ(place_beside({1000, 600, 900, 400}, kWanted, screens), (Rect{40, 480, 960, 600}))
      << "and within the screen";
}

TEST(PlaceBeside, StandsInTheCornerWhereTheFirstWindowLeavesNoRoom) {
  const std::vector<Rect> screens = {kLaptop};
  EXPECT_EQ(place_beside(kLaptop, kWanted, screens), (Rect{960, 480, 960, 600}));
  const std::vector<Rect> small = {{0, 0, 800, 500}};
  EXPECT_EQ(place_beside(small.front(), kWanted, small), small.front());
}

TEST(PlaceBeside, StaysWhereItIsWhereNoScreenIsKnown) {
  EXPECT_EQ(place_beside(kLaptop, kWanted, {}), kWanted);
}

}  // namespace
}  // namespace poolscope::platform
