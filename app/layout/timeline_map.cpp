#include "app/layout/timeline_map.h"

#include <algorithm>
#include <cmath>

namespace poolscope::layout {
namespace {

// What is shown is never less than this part of what a pixel of the map stands for.
constexpr double kLeastOfPixel = 0.25;

double least_of(const TimelineMap& map) { return map.axis.per_px() * kLeastOfPixel; }

}  // namespace

TimelineMap timeline_map(const Rect& strip, double first, double now, const Axis& shown,
                         float grip_px) {
  TimelineMap map;
  map.axis = {.from = std::min(first, shown.from),
              .to = std::max({now, shown.to, first + 1}),
              .left_px = strip.x,
              .right_px = std::max(strip.right(), strip.x + 1)};
  const float left = std::clamp(map.axis.x_of(shown.from), strip.x, strip.right());
  const float right = std::clamp(map.axis.x_of(shown.to), left, strip.right());
  // A box that is narrower than a grip could not be seen.
  const float w = std::max(right - left, grip_px);
  map.box = {std::min(left, strip.right() - w), strip.y, w, strip.h};
  // The grips lie within a box that leaves a middle between them, else outside.
  const bool within = map.box.w >= 3 * grip_px;
  map.begin = {within ? map.box.x : map.box.x - grip_px, strip.y, grip_px, strip.h};
  map.end = {within ? map.box.right() - grip_px : map.box.right(), strip.y, grip_px, strip.h};
  return map;
}

std::vector<MapBar> map_bars(const Statistics& statistics, AxisKind kind, const Axis& axis,
                             const TimeIndex& index) {
  std::vector<MapBar> bars;
  if (statistics.empty()) return bars;
  const auto x_at = [&](std::int64_t time_ns) {
    return axis.x_of(
        axis_value(kind, time_ns, kind == AxisKind::kTime ? 0 : index.seq_at(time_ns)));
  };
  std::uint64_t most = 1;
  std::vector<std::uint64_t> counts;
  for (const Tally& stretch : statistics.stretches()) {
    counts.push_back(stretch.all.gets() + stretch.all.puts());
    most = std::max(most, counts.back());
  }
  std::int64_t begin_ns = statistics.begin_ns();
  for (const std::uint64_t count : counts) {
    const std::int64_t end_ns = begin_ns + statistics.stretch_ns();
    const float x1 = x_at(std::min(end_ns, statistics.end_ns()));
    const float busy = static_cast<float>(static_cast<double>(count) / static_cast<double>(most));
    if (count > 0) bars.push_back({x_at(begin_ns), x1, busy});
    begin_ns = end_ns;
  }
  return bars;
}

MapStretch begin_dragged(const TimelineMap& map, const Axis& shown, float x) {
  const double from = std::max(map.axis.value_at(x), map.axis.from);
  return {std::min(from, shown.to - least_of(map)), shown.to};
}

MapStretch end_dragged(const TimelineMap& map, const Axis& shown, float x) {
  const double to = std::min(map.axis.value_at(x), map.axis.to);
  return {shown.from, std::max(to, shown.from + least_of(map))};
}

MapStretch box_dragged(const TimelineMap& map, const Axis& shown, float by_px) {
  const double by = std::clamp(static_cast<double>(by_px) * map.axis.per_px(),
                               map.axis.from - shown.from, map.axis.to - shown.to);
  return {shown.from + by, shown.to + by};
}

MapStretch centred(const TimelineMap& map, const Axis& shown, float x) {
  return box_dragged(map, shown, x - map.box.center().x);
}

}  // namespace poolscope::layout
