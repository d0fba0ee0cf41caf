#include "app/control/view_retake.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace poolscope {
namespace {

auto place_of(const ViewChange& change) { return std::tuple(change.seq, change.time_ns); }
auto place_of(const Position& at) { return std::tuple(at.seq, at.time_ns); }

ViewChange change_at(Position at, const std::string& what, const std::string& value) {
  return {.seq = at.seq, .time_ns = at.time_ns, .what = what, .value = value};
}

/// What the track shows at `at`. Before its first change a part is as that says.
std::map<std::string, std::string> shown_at(std::span<const ViewChange> track, Position at) {
  std::map<std::string, std::string> shown;
  for (const ViewChange& change : track) {
    if (place_of(change) <= place_of(at)) {
      shown[change.what] = change.value;
    } else {
      shown.try_emplace(change.what, change.value);
    }
  }
  return shown;
}

}  // namespace

void ViewRetake::note(Position at, const std::string& what, const std::string& value) {
  std::set<std::string> dropped;
  std::erase_if(noted_, [&](const ViewChange& change) {
    const bool behind = place_of(change) > place_of(at);
    if (behind) dropped.insert(change.what);
    return behind;
  });
  if (place_of(at) < place_of(from_)) from_ = at;
  shown_[what] = value;
  dropped.insert(what);
  for (const std::string& part : dropped) noted_.push_back(change_at(at, part, shown_.at(part)));
  reached_ = at;
}

void ViewRetake::reach(Position at) {
  if (place_of(at) > place_of(reached_)) reached_ = at;
}

std::vector<ViewChange> ViewRetake::replace_in(std::span<const ViewChange> track, Position first,
                                               Position last) const {
  if (noted_.empty()) return {track.begin(), track.end()};
  std::vector<ViewChange> whole;
  std::set<std::string> said;
  for (const ViewChange& change : track) {
    if (place_of(change) >= place_of(from_)) continue;
    said.insert(change.what);
    whole.push_back(change);
  }
  if (place_of(first) < place_of(from_)) {
    // Before its first change a part is as that says: the stretch is not to say it.
    std::vector<ViewChange> before;
    for (const auto& [what, value] : shown_at(track, from_)) {
      if (!said.contains(what)) before.push_back(change_at(first, what, value));
    }
    whole.insert(whole.begin(), before.begin(), before.end());
  }
  whole.insert(whole.end(), noted_.begin(), noted_.end());
  // Where the session ends nothing follows the stretch.
  if (place_of(reached_) >= place_of(last)) return whole;
  for (const auto& [what, value] : shown_at(track, reached_)) {
    const auto shown = shown_.find(what);
    if (shown == shown_.end() || shown->second != value) {
      whole.push_back(change_at(reached_, what, value));
    }
  }
  for (const ViewChange& change : track) {
    if (place_of(change) > place_of(reached_)) whole.push_back(change);
  }
  return whole;
}

}  // namespace poolscope
