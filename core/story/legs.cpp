#include "core/story/legs.h"

#include <algorithm>
#include <unordered_map>

namespace poolscope {
namespace {

double share(std::int64_t part_ns, std::int64_t whole_ns) {
  if (whole_ns <= 0) return 1;
  return std::clamp(static_cast<double>(part_ns) / static_cast<double>(whole_ns), 0.0, 1.0);
}

// The next move has come at `time_ns`, before the leg's end: the rest of its way is as quick as a
// whole way in the least time.
void hurry(Leg& leg, std::int64_t time_ns, std::int64_t least_ns) {
  const std::int64_t from_ns = std::max(time_ns, leg.begin_ns);
  const double done = leg.part(from_ns);
  const auto rest_ns = static_cast<std::int64_t>((1 - done) * static_cast<double>(least_ns));
  const std::int64_t end_ns = std::max(leg.begin_ns + least_ns, from_ns + rest_ns);
  if (end_ns >= leg.end_ns) return;
  leg.hurried_ns = from_ns;
  leg.hurried_part = done;
  leg.end_ns = end_ns;
}

}  // namespace

double Leg::part(std::int64_t time_ns) const {
  if (hurried_ns < 0 || time_ns < hurried_ns) return eased(share(time_ns - begin_ns, usual_ns));
  return hurried_part +
         (1 - hurried_part) * eased(share(time_ns - hurried_ns, end_ns - hurried_ns));
}

std::vector<Leg> legs_of(std::span<const Move> moves, const LegTimes& times) {
  std::vector<Leg> legs;
  legs.reserve(moves.size());
  std::unordered_map<ObjectId, std::size_t> last_of;  // leg, by object
  for (const Move& move : moves) {
    Leg leg{.move = move, .begin_ns = move.time_ns};
    if (const auto last = last_of.find(move.object); last != last_of.end()) {
      Leg& before = legs[last->second];
      if (move.time_ns < before.end_ns) hurry(before, move.time_ns, times.least_ns);
      if (before.end_ns > move.time_ns + kMostLate_ns) before.end_ns = move.time_ns;
      leg.begin_ns = std::max(move.time_ns, before.end_ns);
    }
    leg.usual_ns = move.to.kind == Place::Kind::kLost ? times.lost_ns : times.usual_ns;
    leg.end_ns = leg.begin_ns + leg.usual_ns;
    last_of[move.object] = legs.size();
    legs.push_back(leg);
  }
  return legs;
}

}  // namespace poolscope
