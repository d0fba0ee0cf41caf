#include "app/control/replay_place.h"

#include "app/intents/intents.h"

namespace poolscope {
namespace {

/// By its time, or by its number where more than one event has that time.
void go_to(const Position& place, SessionSource& replay) {
  replay.apply(intents::SeekTime{place.time_ns});
  if (replay.status().playhead.seq != place.seq) replay.apply(intents::SeekSeq{place.seq});
}

}  // namespace

ReplayPlace replay_place(const SessionStatus& status) {
  return {.playhead = status.playhead,
          .loop = status.loop,
          .speed = status.speed,
          .playing = status.playing,
          .skips_waits = status.skips_waits};
}

void go_back_to(const ReplayPlace& place, SessionSource& replay) {
  if (!place.playing) replay.apply(intents::Pause{});
  if (place.skips_waits) replay.apply(intents::ToggleSkipWaits{});
  replay.apply(intents::SetSpeed{place.speed});
  // An end of the loop is where the playhead is.
  if (place.loop.in) {
    go_to(*place.loop.in, replay);
    replay.apply(intents::LoopIn{});
  }
  if (place.loop.out) {
    go_to(*place.loop.out, replay);
    replay.apply(intents::LoopOut{});
  }
  go_to(place.playhead, replay);
}

}  // namespace poolscope
