#pragma once

// The timeline's mathematics along x: which part of the session is shown, where a moment stands in
// it, and where the ruler has its ticks. An axis counts nanoseconds (by time) or events (by step,
// each event the same width); both are doubles here.
//
// Thread safety: pure functions of values.
// Invariants: a range is never empty; what is shown depends on the viewer's choice and the session
// only, so that scrubbing inside it never moves it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace poolscope::layout {

struct TimeRange {
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 1;
  [[nodiscard]] std::int64_t span_ns() const { return end_ns - begin_ns; }
  [[nodiscard]] bool contains(std::int64_t time_ns) const {
    return time_ns >= begin_ns && time_ns < end_ns;
  }
  bool operator==(const TimeRange&) const = default;
};

/// What the viewer has chosen. span_ns 0: the default, which is the last kLiveSpan_ns of a live
/// session and the whole of a replay.
struct TimelineChoice {
  std::int64_t span_ns = 0;
  std::int64_t begin_ns = 0;
  bool follows = true;  // the playhead stays in sight
  bool operator==(const TimelineChoice&) const = default;
};

/// What there is to be shown.
struct SessionTimes {
  std::int64_t first_ns = 0;
  std::int64_t last_ns = 0;
  std::int64_t playhead_ns = 0;
  bool live = true;  // the session may still grow
};

/// A live session begins with a third of it, and has all of it when it needs it.
inline constexpr std::int64_t kLiveSpan_ns = 30'000'000'000;
inline constexpr std::int64_t kShortestSpan_ns = 200;
/// Part of a live range that is kept free right of now.
inline constexpr double kLead = 0.04;

/// The part of the session to be drawn.
TimeRange shown_range(const TimelineChoice& choice, const SessionTimes& session);

/// The choice after zooming in by `factor` (below 1: out), with `around_ns` staying where it is; a
/// live range that follows keeps now at its right end instead.
TimelineChoice zoomed(const TimelineChoice& choice, const SessionTimes& session, double factor,
                      std::int64_t around_ns);
/// The choice that goes on showing what is shown now, while a live session runs on: for a playhead
/// that is dragged.
TimelineChoice held(const TimelineChoice& choice, const SessionTimes& session);
/// The choice after moving what is shown later by `by_ns`; it does not follow any more.
TimelineChoice panned(const TimelineChoice& choice, const SessionTimes& session,
                      std::int64_t by_ns);

/// The choice that shows this stretch, as far as the session has it. A live session goes on being
/// followed where its end is shown.
TimelineChoice chosen_stretch(const SessionTimes& session, const TimeRange& stretch);

struct Axis {
  double from = 0;
  double to = 1;
  float left_px = 0;
  float right_px = 1;

  [[nodiscard]] float x_of(double value) const {
    return left_px + static_cast<float>((value - from) / (to - from)) * (right_px - left_px);
  }
  /// Beyond the ends too: a drag that leaves the plot goes on.
  [[nodiscard]] double value_at(float x) const {
    return from +
           static_cast<double>(x - left_px) / static_cast<double>(right_px - left_px) * (to - from);
  }
  [[nodiscard]] double per_px() const {
    return (to - from) / static_cast<double>(right_px - left_px);
  }
};

/// 1, 2 or 5 times a power of ten; the least such number of events, 1 or more, that is at least
/// `least`.
double nice_step(double least);
/// The least round time that is at least `least_ns`: as nice_step below 10 s, then quarters and
/// halves of minutes, minutes and hours. At least 1 ns.
double nice_time_step(double least_ns);

/// The multiples of `step`, counted from `zero`, within the axis, in order.
std::vector<double> ticks_of(const Axis& axis, double step, double zero = 0);

/// "5 ms", "12.480 ms", "3.2 s", "2:05", "1:02:05": a time, never negative, cut off after as many
/// decimals as `resolution_ns` needs, in the unit of `scale_ns`, the largest time beside it.
std::string format_time(std::int64_t time_ns, std::int64_t resolution_ns, std::int64_t scale_ns);

/// A label that wants to stand at x .. x + w in a row shared with others, or else at else_x.
struct LabelWish {
  float x = 0;
  float w = 0;
  int rank = 0;  // less goes first; 0 lies over signs too
  std::optional<float> else_x;
  std::optional<float> own_sign;  // the middle of the sign that it names
};
/// A sign on the ruler that stands whatever is said beside it.
struct RulerSign {
  float x = 0;  // its middle
  float w = 0;
};
/// Where each of them stands, if it has a place at all, so that no two come closer than `gap` px
/// and none lies over the sign of another one; by rank, then in order.
std::vector<std::optional<float>> place_labels(const std::vector<LabelWish>& wishes, float gap,
                                               std::span<const RulerSign> signs = {});

}  // namespace poolscope::layout
