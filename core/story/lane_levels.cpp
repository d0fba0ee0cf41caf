#include "core/story/lane_levels.h"

#include <algorithm>
#include <utility>

namespace poolscope {
namespace {

double ns_of(const Span& first, const Span& last) {
  return static_cast<double>(last.end_ns - first.begin_ns);
}
double events_of(const Span& first, const Span& last) {
  return static_cast<double>(last.end_seq - first.begin_seq);
}

/// Neighbours merged, greedily, as long as they are no longer than `longest` together.
template <class Length>
std::vector<Span> merged_up_to(std::span<const Span> spans, double longest, Length length) {
  std::vector<Span> merged_spans;
  for (const Span& span : spans) {
    if (!merged_spans.empty() && !span.open() && length(merged_spans.back(), span) <= longest) {
      merged_spans.back() = merged(merged_spans.back(), span);
    } else {
      merged_spans.push_back(span);
    }
  }
  return merged_spans;
}

/// `levels` is left with one level after the other, coarser and coarser.
template <class Levels, class Length>
void make_levels(std::span<const Span> lane, Levels& levels, Length length) {
  if (lane.size() <= LaneLevels::kFewEnough) return;
  // What is open has no length yet: it is the last, and stays as it is.
  const std::size_t closed = lane.size() - (lane.back().open() ? 1 : 0);
  const double whole = length(lane.front(), lane[closed - 1]);
  // Below this length too few of the spans have a neighbour that is as short.
  double longest = whole / static_cast<double>(lane.size());
  std::span<const Span> finest = lane;
  while (finest.size() > LaneLevels::kFewEnough && longest < whole) {
    std::vector<Span> spans = merged_up_to(finest, longest, length);
    const auto most = LaneLevels::kSmaller * static_cast<double>(finest.size());
    if (static_cast<double>(spans.size()) <= most) {
      levels.push_back({longest, std::move(spans)});
      finest = levels.back().spans;
    }
    longest *= 2;
  }
}

}  // namespace

LaneLevels::LaneLevels(std::span<const Span> lane) {
  make_levels(lane, by_time_, ns_of);
  make_levels(lane, by_step_, events_of);
}

std::span<const Span> LaneLevels::coarsest(const Levels& levels, double longest) {
  const auto after = std::ranges::upper_bound(levels, longest, {}, &Level::longest);
  if (after == levels.begin()) return {};
  return (after - 1)->spans;
}

}  // namespace poolscope
