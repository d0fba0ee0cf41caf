#include "app/control/view_retake.h"

#include <algorithm>
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
  if (place_of(at) < place_of(from_)) {
    from_ = at;
    noted_.clear();
    for (const auto& [part, as] : shown_) noted_.push_back(change_at(at, part, as));
  }
  std::erase_if(noted_, [&](const ViewChange& change) { return place_of(change) > place_of(at); });
  shown_[what] = value;
  noted_.push_back(change_at(at, what, value));
}

std::vector<ViewChange> ViewRetake::replace_in(std::span<const ViewChange> track,
                                               Position to) const {
  if (noted_.empty()) return {track.begin(), track.end()};
  const ViewChange& last = noted_.back();
  to = std::max(to, Position{last.seq, last.time_ns},
                [](const Position& a, const Position& b) { return place_of(a) < place_of(b); });
  std::vector<ViewChange> whole;
  for (const ViewChange& change : track) {
    if (place_of(change) < place_of(from_)) whole.push_back(change);
  }
  whole.insert(whole.end(), noted_.begin(), noted_.end());
  for (const auto& [what, value] : shown_at(track, to)) {
    const auto shown = shown_.find(what);
    if (shown == shown_.end() || shown->second != value) {
      whole.push_back(change_at(to, what, value));
    }
  }
  for (const ViewChange& change : track) {
    if (place_of(change) > place_of(to)) whole.push_back(change);
  }
  return whole;
}

}  // namespace poolscope
