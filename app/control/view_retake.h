#pragma once

// A stretch of a replay's view track, directed once more: while the session plays, what the viewer
// shows is noted, and takes the place of what was kept of that stretch.
//
// Thread safety: none.
// Invariants: outside the stretch the track is as it was; where it ends, the view is again as the
// track has it there.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/position.h"
#include "core/session/annotations.h"

namespace poolscope {

class ViewRetake {
 public:
  explicit ViewRetake(Position from) : from_(from) {}

  /// From there on `what` is shown as `value`. Who has gone back goes on from there: what was noted
  /// behind it is dropped.
  void note(Position at, const std::string& what, const std::string& value);

  /// The whole track, where the stretch ends at `to`, or at the last that was noted.
  [[nodiscard]] std::vector<ViewChange> replace_in(std::span<const ViewChange> track,
                                                   Position to) const;

 private:
  Position from_;
  std::map<std::string, std::string> shown_;  // by the part's name
  std::vector<ViewChange> noted_;             // in the order of their places
};

}  // namespace poolscope
