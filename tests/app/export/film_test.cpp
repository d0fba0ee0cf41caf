#include "app/export/film.h"

#include <gtest/gtest.h>

#include "app/export/series.h"

namespace poolscope::exporting {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

ListedMarker at(std::int64_t time_ns, const std::string& title) {
  ListedMarker marker;
  marker.marker.time_ns = time_ns;
  marker.title = title;
  return marker;
}

/// A frame for each half second of the session from 10 s to 14 s.
const std::vector<FrameMoment> kFrames = {{10 * kSecond, {}}, {10 * kSecond + kSecond / 2, {}},
                                          {11 * kSecond, {}}, {11 * kSecond + kSecond / 2, {}},
                                          {12 * kSecond, {}}, {12 * kSecond + kSecond / 2, {}},
                                          {13 * kSecond, {}}, {13 * kSecond + kSecond / 2, {}}};

TEST(Chapters, BeginWithTheFirstFrameAtOrBehindTheirMarker) {
  // At 4 frames a second the eight frames take two.
  EXPECT_EQ(chapters_of({at(10 * kSecond, "first"), at(11 * kSecond + 1, "second")}, kFrames, 4),
            (Cues{{0, 3 * kSecond / 4, "first"}, {3 * kSecond / 4, 2 * kSecond, "second"}}));
}

TEST(Chapters, HaveOneWithoutATitleBeforeTheFirstMarker) {
  EXPECT_EQ(chapters_of({at(12 * kSecond, "grow")}, kFrames, 4),
            (Cues{{0, kSecond, ""}, {kSecond, 2 * kSecond, "grow"}}));
}

TEST(Chapters, LeaveOutMarkersOutsideAndKeepTheLastOfAFrame) {
  EXPECT_EQ(chapters_of({at(9 * kSecond, "before"), at(12 * kSecond - 2, "a"),
                         at(12 * kSecond - 1, "b"), at(15 * kSecond, "behind")},
                        kFrames, 4),
            (Cues{{0, kSecond, ""}, {kSecond, 2 * kSecond, "b"}}));
  EXPECT_EQ(chapters_of({}, kFrames, 4), Cues{});
}

TEST(Series, IsNumberedSoThatTheNamesSort) {
  EXPECT_EQ(numbered("a/talk.png", 0, 3), "a/talk-01.png");
  EXPECT_EQ(numbered("talk.png", 8, 120), "talk-009.png");
}

}  // namespace
}  // namespace poolscope::exporting
