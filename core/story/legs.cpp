#include "core/story/legs.h"

#include <algorithm>
#include <unordered_map>

namespace poolscope {

std::vector<Leg> legs_of(std::span<const Move> moves, const LegTimes& times) {
  std::vector<Leg> legs;
  legs.reserve(moves.size());
  std::unordered_map<ObjectId, std::size_t> last_of;  // leg, by object
  for (const Move& move : moves) {
    Leg leg{move, move.time_ns, 0};
    if (const auto last = last_of.find(move.object); last != last_of.end()) {
      // The one before it is as long as there is time for it.
      Leg& before = legs[last->second];
      const std::int64_t least_ns = std::min(before.begin_ns + times.least_ns, before.end_ns);
      before.end_ns = std::clamp(move.time_ns, least_ns, before.end_ns);
      if (before.end_ns > move.time_ns + kMostLate_ns) before.end_ns = move.time_ns;
      leg.begin_ns = std::max(move.time_ns, before.end_ns);
    }
    const bool lost = move.to.kind == Place::Kind::kLost;
    leg.end_ns = leg.begin_ns + (lost ? times.lost_ns : times.usual_ns);
    last_of[move.object] = legs.size();
    legs.push_back(leg);
  }
  return legs;
}

}  // namespace poolscope
