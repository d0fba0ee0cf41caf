// A stretch of a view track, directed once more.

#include "app/control/view_retake.h"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace poolscope {
namespace {

ViewChange change(std::uint64_t seq, const std::string& what, const std::string& value) {
  return {.seq = seq, .time_ns = static_cast<std::int64_t>(seq) * 10, .what = what, .value = value};
}
Position at(std::uint64_t seq) { return {seq, static_cast<std::int64_t>(seq) * 10}; }

const std::vector<ViewChange> kTrack = {
    change(1, "tab", "timeline"), change(1, "layout", "lecture"), change(20, "tab", "memory"),
    change(40, "tab", "source"), change(60, "layout", "workbench")};

/// The track of a session from 0 to 100, directed once more up to `to`.
std::vector<ViewChange> directed(const std::vector<ViewChange>& track, ViewRetake retake,
                                 std::uint64_t to) {
  retake.reach(at(to));
  return retake.replace_in(track, at(0), at(100));
}

TEST(ViewRetake, TakesThePlaceOfItsStretchOnly) {
  ViewRetake retake(at(10));
  retake.note(at(10), "tab", "timeline");
  retake.note(at(10), "layout", "lecture");
  retake.note(at(15), "tab", "object");
  retake.note(at(30), "layout", "workbench");
  const std::vector<ViewChange> wanted = {
      change(1, "tab", "timeline"), change(1, "layout", "lecture"), change(10, "tab", "timeline"),
      change(10, "layout", "lecture"), change(15, "tab", "object"),
      change(30, "layout", "workbench"),
      // As the track has it there.
      change(50, "layout", "lecture"), change(50, "tab", "source"),
      change(60, "layout", "workbench")};
  EXPECT_EQ(directed(kTrack, retake, 50), wanted);
}

TEST(ViewRetake, OfNothingIsTheTrackAsItWas) {
  EXPECT_EQ(directed(kTrack, ViewRetake(at(10)), 50), kTrack);
}

TEST(ViewRetake, OfASessionWithoutATrackIsTheWholeOne) {
  ViewRetake retake(at(10));
  retake.note(at(10), "tab", "timeline");
  retake.note(at(12), "tab", "object");
  const std::vector<ViewChange> wanted = {change(10, "tab", "timeline"),
                                          change(12, "tab", "object")};
  EXPECT_EQ(directed({}, retake, 50), wanted);
}

TEST(ViewRetake, WhoGoesBackGoesOnFromThere) {
  ViewRetake retake(at(30));
  retake.note(at(30), "tab", "timeline");
  retake.note(at(45), "tab", "object");
  retake.note(at(35), "tab", "stats");
  // Before where it began: it begins there.
  ViewRetake earlier = retake;
  earlier.note(at(10), "tab", "memory");
  const std::vector<ViewChange> wanted = {
      change(1, "tab", "timeline"), change(1, "layout", "lecture"),
      change(20, "tab", "memory"),  change(30, "tab", "timeline"),
      change(35, "tab", "stats"),   change(50, "layout", "lecture"),
      change(50, "tab", "source"),  change(60, "layout", "workbench")};
  EXPECT_EQ(directed(kTrack, retake, 50), wanted);
  const std::vector<ViewChange> wanted_earlier = {
      change(1, "tab", "timeline"),  change(1, "layout", "lecture"),
      change(10, "tab", "memory"),   change(15, "layout", "lecture"),
      change(15, "tab", "timeline"), change(20, "tab", "memory"),
      change(40, "tab", "source"),   change(60, "layout", "workbench")};
  EXPECT_EQ(directed(kTrack, earlier, 15), wanted_earlier);
}

TEST(ViewRetake, WhatIsShownWhenOneGoesBackHoldsFromThere) {
  ViewRetake retake(at(10));
  retake.note(at(10), "tab", "timeline");
  retake.note(at(10), "layout", "lecture");
  retake.note(at(30), "tab", "object");
  retake.note(at(20), "layout", "workbench");
  const std::vector<ViewChange> wanted = {
      change(10, "tab", "timeline"), change(10, "layout", "lecture"),
      change(20, "layout", "workbench"), change(20, "tab", "object")};
  EXPECT_EQ(directed({}, retake, 50), wanted);
}

TEST(ViewRetake, ReachesAsFarAsItWasPlayedThoughOneHasGoneBackSince) {
  ViewRetake retake(at(10));
  retake.note(at(10), "tab", "object");
  retake.reach(at(50));
  const std::vector<ViewChange> wanted = {
      change(1, "tab", "timeline"), change(1, "layout", "lecture"),
      change(10, "tab", "object"),  change(50, "layout", "lecture"),
      change(50, "tab", "source"),  change(60, "layout", "workbench")};
  EXPECT_EQ(directed(kTrack, retake, 10), wanted);
}

TEST(ViewRetake, UpToTheSessionsEndHasNothingBehindIt) {
  ViewRetake retake(at(90));
  retake.note(at(90), "tab", "object");
  std::vector<ViewChange> wanted = kTrack;
  wanted.push_back(change(90, "tab", "object"));
  EXPECT_EQ(directed(kTrack, retake, 100), wanted);
}

TEST(ViewRetake, WhatIsShownBeforeItStaysWhereTheTrackSaidItLaterOnly) {
  ViewRetake retake(at(5));
  retake.note(at(5), "tab", "object");
  const std::vector<ViewChange> late = {change(20, "tab", "memory")};
  const std::vector<ViewChange> wanted = {change(0, "tab", "memory"), change(5, "tab", "object"),
                                          change(10, "tab", "memory"), change(20, "tab", "memory")};
  EXPECT_EQ(directed(late, retake, 10), wanted);
}

}  // namespace
}  // namespace poolscope
