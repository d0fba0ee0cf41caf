#pragma once

// A stretch of a replay's view track, directed once more: while the session plays, what the viewer
// shows is noted, and takes the place of what was kept of that stretch.
//
// Thread safety: none.
// Invariants: outside the stretch the track shows what it showed: before it, and from its end on.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/position.h"
#include "core/session/annotations.h"

namespace poolscope {

class ViewRetake {
 public:
  explicit ViewRetake(Position from) : from_(from), reached_(from) {}

  /// From there on `what` is shown as `value`. Who has gone back goes on from there: what was noted
  /// behind it is dropped, and what is shown holds from there on.
  void note(Position at, const std::string& what, const std::string& value);
  /// The session was played up to there: the stretch reaches as far.
  void reach(Position at);

  /// The whole track of a session from `first` to `last`, with the stretch in it.
  [[nodiscard]] std::vector<ViewChange> replace_in(std::span<const ViewChange> track,
                                                   Position first, Position last) const;

 private:
  Position from_;
  Position reached_;
  std::map<std::string, std::string> shown_;  // by the part's name
  std::vector<ViewChange> noted_;             // in the order of their places
};

}  // namespace poolscope
