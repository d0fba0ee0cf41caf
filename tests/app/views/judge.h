#pragma once

// Whether a picture can be read: what is wrong with what a frame has drawn.
//
// No two texts overlap, and no tile, sign, line or edge of a box crosses one. No text is cut that
// is the program's own (what a user has named may be). Nothing is smaller than it may be. What
// belongs to a panel or a dialog lies within it. No tile that stands covers another one, and no
// line crosses one. An object on its way may pass over what stands; its way, which is drawn as long
// as the object is on it, keeps off all texts and tiles but those at its two ends. Each text can be
// read on what it really stands on.
//
// Thread safety: pure functions of values.

#include <string>
#include <vector>

#include "app/frame/draw_log.h"

namespace poolscope::views::testing {

struct Rules {
  float least_px = 12;        // of type
  std::string of_users;       // a text with this word in it may be cut
  double least_contrast = 0;  // of a text on what it stands on; 0: not looked at
  theme::Color background;    // what the window is cleared with
};

struct Fault {
  std::string rule;   // one word or two: the same for all faults of one kind
  std::string where;  // scope
  std::string what;
};

std::vector<Fault> faults_of(const DrawLog& log, const Rules& rules);

}  // namespace poolscope::views::testing
