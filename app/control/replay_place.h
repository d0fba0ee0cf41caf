#pragma once

// How a viewer has left a replay: where, which loop, how fast. So the same recording can be opened
// again and go on from there.
//
// Thread safety: replay_place of its argument; go_back_to changes the source, from whichever thread
// it belongs to, and reads its file.

#include "app/control/session_source.h"
#include "app/control/session_status.h"
#include "core/base/position.h"

namespace poolscope {

struct ReplayPlace {
  Position playhead;
  Loop loop;
  int speed = 0;  // into the replay's speeds
  bool playing = false;
  bool skips_waits = false;
};

ReplayPlace replay_place(const SessionStatus& status);

/// `replay` is a replay of the same recording, as it was opened.
void go_back_to(const ReplayPlace& place, SessionSource& replay);

}  // namespace poolscope
