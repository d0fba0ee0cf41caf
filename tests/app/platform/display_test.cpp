#include "app/platform/display.h"

#include <gtest/gtest.h>

namespace poolscope::platform {
namespace {

TEST(DisplayOfTheEnvironment, IsNoneWhereNothingIsSet) {
  EXPECT_EQ(display_of({}), Display::kNone);
  EXPECT_EQ(display_of({.runtime_folder = "/run/user/1000"}), Display::kNone);
}

TEST(DisplayOfTheEnvironment, IsXWhereOnlyThatIsSetSoThatNobodyAsksForWayland) {
  EXPECT_EQ(display_of({.display = ":0"}), Display::kX11);
  EXPECT_EQ(display_of({.display = ":0", .runtime_folder = "/run/user/1000"}), Display::kX11);
}

TEST(DisplayOfTheEnvironment, TakesAWaylandThatCannotBeFoundForNone) {
  EXPECT_EQ(display_of({.wayland_display = "wayland-0"}), Display::kNone);
  EXPECT_EQ(display_of({.display = ":0", .wayland_display = "wayland-0"}), Display::kX11);
}

TEST(DisplayOfTheEnvironment, IsWaylandByNameByPathAndByAnOpenConnection) {
  EXPECT_EQ(display_of({.wayland_display = "wayland-0", .runtime_folder = "/run/user/1000"}),
            Display::kWayland);
  EXPECT_EQ(display_of({.wayland_display = "/run/user/1000/wayland-0"}), Display::kWayland);
  EXPECT_EQ(display_of({.wayland_socket = "5"}), Display::kWayland);
}

TEST(DisplayOfTheEnvironment, LeavesTheChoiceToGlfwWhereThereAreBoth) {
  EXPECT_EQ(
      display_of(
          {.display = ":0", .wayland_display = "wayland-0", .runtime_folder = "/run/user/1000"}),
      Display::kEither);
}

}  // namespace
}  // namespace poolscope::platform
