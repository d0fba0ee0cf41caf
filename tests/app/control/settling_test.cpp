// Motion of a picture that stands still runs on until all has come to rest.

#include "app/control/settling.h"

#include <gtest/gtest.h>

namespace poolscope {
namespace {

constexpr std::int64_t kMs = 1'000'000;

SessionStatus status_at(std::uint64_t seq, bool playing) {
  SessionStatus status;
  status.playhead = {seq, static_cast<std::int64_t>(seq) * 1000 * kMs};
  status.playing = playing;
  return status;
}

/// The status after `host_ms` more at the same place.
SessionStatus after(Settling& settling, SessionStatus status, std::int64_t host_ms) {
  settling.pass(status, host_ms * kMs);
  settling.tell(status);
  return status;
}

TEST(Settling, FollowsThePlayheadWhileTheSessionPlays) {
  Settling settling;
  const SessionStatus status = after(settling, status_at(5, true), 40);
  EXPECT_EQ(status.motion_ns, status.playhead.time_ns);
  EXPECT_FALSE(status.settling);
  EXPECT_FALSE(status.stepped);
}

TEST(Settling, RunsOnFromAStepAndComesToRest) {
  Settling settling;
  after(settling, status_at(5, false), 0);
  settling.note(intents::StepForward{});
  const SessionStatus step = after(settling, status_at(6, false), 16);
  EXPECT_EQ(step.motion_ns, step.playhead.time_ns) << "the step has just been made";
  EXPECT_TRUE(step.settling);
  EXPECT_TRUE(step.stepped);
  EXPECT_EQ(after(settling, step, 100).motion_ns - step.playhead.time_ns, 100 * kMs);
  EXPECT_EQ(after(settling, step, 200).motion_ns - step.playhead.time_ns, 300 * kMs);
  const SessionStatus rest = after(settling, step, 60'000);
  EXPECT_EQ(rest.motion_ns - step.playhead.time_ns, kSettle_ns);
  EXPECT_FALSE(rest.settling);
  EXPECT_TRUE(rest.stepped);
  EXPECT_EQ(after(settling, rest, 1000).motion_ns, rest.motion_ns);
}

TEST(Settling, StartsAgainAtEachStepBackwardsToo) {
  Settling settling;
  settling.note(intents::EventBack{});
  after(settling, status_at(6, false), 0);
  after(settling, status_at(6, false), 500);
  settling.note(intents::EventBack{});
  const SessionStatus back = after(settling, status_at(5, false), 16);
  EXPECT_EQ(back.motion_ns, back.playhead.time_ns);
  EXPECT_TRUE(back.settling);
  EXPECT_TRUE(back.stepped);
}

TEST(Settling, KnowsAStepFromASearchAndFromPlaying) {
  Settling settling;
  settling.note(intents::SeekTime{7});
  EXPECT_FALSE(after(settling, status_at(7, false), 0).stepped);
  settling.note(intents::StepBack{0.1});
  EXPECT_FALSE(after(settling, status_at(6, false), 0).stepped) << "a tenth of the session";
  settling.note(intents::StepBack{});
  EXPECT_TRUE(after(settling, status_at(5, false), 0).stepped);
  EXPECT_FALSE(after(settling, status_at(5, true), 16).stepped);
  EXPECT_FALSE(after(settling, status_at(6, false), 16).stepped) << "paused, not stepped";
}

}  // namespace
}  // namespace poolscope
