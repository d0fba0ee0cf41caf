#include "app/platform/mouse_queue.h"

#include <gtest/gtest.h>

namespace poolscope::platform {
namespace {

TEST(MouseQueue, AClickWithinOneFrameIsSeenAsDownAndThenAsUp) {
  MouseQueue mouse;
  mouse.pressed(0, true);
  mouse.pressed(0, false);
  EXPECT_TRUE(mouse.next_frame().down[0]);
  EXPECT_TRUE(mouse.pending());
  EXPECT_FALSE(mouse.next_frame().down[0]);
  EXPECT_FALSE(mouse.pending());
}

TEST(MouseQueue, ThePointerStandsOverTheButtonForAFrameBeforeItIsPressed) {
  MouseQueue mouse;
  mouse.moved(10, 20);
  mouse.pressed(0, true);
  const MouseState over = mouse.next_frame();
  EXPECT_EQ(over.x, 10);
  EXPECT_FALSE(over.down[0]);
  EXPECT_TRUE(mouse.next_frame().down[0]);
}

TEST(MouseQueue, AClickHappensWhereThePointerWasNotWhereItWentAfterwards) {
  MouseQueue mouse;
  mouse.pressed(0, true);
  mouse.moved(300, 300);
  mouse.pressed(0, false);
  const MouseState press = mouse.next_frame();
  EXPECT_EQ(press.x, 0);
  EXPECT_TRUE(press.down[0]);
  const MouseState release = mouse.next_frame();
  EXPECT_EQ(release.x, 300);
  EXPECT_FALSE(release.down[0]);
}

TEST(MouseQueue, MovesAreTakenTogetherAndTheWheelIsSummedForOneFrameOnly) {
  MouseQueue mouse;
  mouse.moved(1, 1);
  mouse.scrolled(0, 1);
  mouse.moved(2, 2);
  mouse.scrolled(0, 1);
  const MouseState first = mouse.next_frame();
  EXPECT_EQ(first.x, 2);
  EXPECT_EQ(first.wheel_y, 2);
  EXPECT_EQ(mouse.next_frame().wheel_y, 0);
}

TEST(MouseQueue, TenClicksInOneSlowFrameAreTenClicks) {
  MouseQueue mouse;
  for (int i = 0; i < 10; ++i) {
    mouse.moved(static_cast<float>(i), 0);
    mouse.pressed(0, true);
    mouse.pressed(0, false);
  }
  int presses = 0;
  bool was_down = false;
  while (mouse.pending()) {
    const bool down = mouse.next_frame().down[0];
    presses += down && !was_down ? 1 : 0;
    was_down = down;
  }
  EXPECT_EQ(presses, 10);
}

}  // namespace
}  // namespace poolscope::platform
