#include "app/main/waiting.h"

#include <cstdlib>
#include <ctime>

#include <gtest/gtest.h>

namespace poolscope::app {
namespace {

/// What is said of a leftover, in a place whose clock is an hour ahead.
std::string said(const Leftover& leftover, std::size_t of = 1) {
  setenv("TZ", "CET-1", 1);
  tzset();
  std::string text = rescued_text(leftover, of);
  unsetenv("TZ");
  tzset();
  return text;
}

TEST(Rescued, SaysWhenItWasHowLongAndHowLarge) {
  const Leftover leftover{.file = "/state/flight-here-1.poolscope",
                          .started = "2026-01-31T23:25:59Z",
                          .duration_ns = 252'900'000'000,
                          .events = 1000,
                          .bytes = 3'210'000};
  EXPECT_EQ(said(leftover), "A session was cut off: 2026-02-01 00:25, 4:12 min, 3.2 MB");
  EXPECT_EQ(said(leftover, 3),
            "A session was cut off: 2026-02-01 00:25, 4:12 min, 3.2 MB (the first of 3)");
}

TEST(Rescued, SaysWhatAFileSaysThatIsNoTime) {
  const Leftover leftover{.started = "yesterday", .duration_ns = 9'000'000'000, .bytes = 48'900};
  EXPECT_EQ(said(leftover), "A session was cut off: yesterday, 0:09 min, 49 kB");
}

}  // namespace
}  // namespace poolscope::app
