#include "app/layout/timeline_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace poolscope::layout {
namespace {

constexpr double kSecond_ns = 1e9;

TimeRange whole_session(const SessionTimes& session) {
  return {session.first_ns, std::max(session.last_ns, session.first_ns + kShortestSpan_ns)};
}

std::int64_t default_span_ns(const SessionTimes& session) {
  return session.live ? kLiveSpan_ns : whole_session(session).span_ns();
}

// A live range: now stands kLead before its right end. While the past is viewed the range stays,
// and gives way only where the playhead would leave it to the left.
TimeRange live_range(std::int64_t span_ns, const SessionTimes& session) {
  const auto lead_ns = static_cast<std::int64_t>(static_cast<double>(span_ns) * kLead);
  const std::int64_t now_ns = std::max(session.last_ns, session.playhead_ns);
  std::int64_t begin_ns = std::max(session.first_ns, now_ns + lead_ns - span_ns);
  begin_ns = std::min(begin_ns, std::max(session.first_ns, session.playhead_ns));
  return {begin_ns, begin_ns + span_ns};
}

// A replay turns pages, so that a playhead that is dragged does not drag the range along.
TimeRange page_with_playhead(const TimelineChoice& choice, const SessionTimes& session) {
  const double pages = std::floor(static_cast<double>(session.playhead_ns - choice.begin_ns) /
                                  static_cast<double>(choice.span_ns));
  const std::int64_t begin_ns = choice.begin_ns + static_cast<std::int64_t>(pages) * choice.span_ns;
  return {begin_ns, begin_ns + choice.span_ns};
}

std::string with_decimals(double value, int decimals) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  return buffer.data();
}

}  // namespace

TimeRange shown_range(const TimelineChoice& choice, const SessionTimes& session) {
  if (choice.span_ns <= 0 && !session.live) return whole_session(session);
  TimelineChoice set = choice;
  if (set.span_ns <= 0) set.span_ns = default_span_ns(session);
  if (!set.follows) return {set.begin_ns, set.begin_ns + set.span_ns};
  return session.live ? live_range(set.span_ns, session) : page_with_playhead(set, session);
}

TimelineChoice zoomed(const TimelineChoice& choice, const SessionTimes& session, double factor,
                      std::int64_t around_ns) {
  const TimeRange shown = shown_range(choice, session);
  const std::int64_t longest_ns =
      std::max(default_span_ns(session), whole_session(session).span_ns());
  const double wanted_ns = static_cast<double>(shown.span_ns()) / std::max(factor, 1e-6);
  if (wanted_ns >= static_cast<double>(longest_ns) && !session.live) return {};
  TimelineChoice result = choice;
  result.span_ns = std::clamp(static_cast<std::int64_t>(wanted_ns), kShortestSpan_ns, longest_ns);
  if (session.live && choice.follows) return result;
  const double part =
      static_cast<double>(around_ns - shown.begin_ns) / static_cast<double>(shown.span_ns());
  result.begin_ns =
      around_ns - static_cast<std::int64_t>(part * static_cast<double>(result.span_ns));
  // Pages begin where the range begins: only a range with the playhead in it can follow it without
  // a jump now.
  result.follows =
      TimeRange{result.begin_ns, result.begin_ns + result.span_ns}.contains(session.playhead_ns) &&
      !session.live;
  return result;
}

TimelineChoice panned(const TimelineChoice& choice, const SessionTimes& session,
                      std::int64_t by_ns) {
  const TimeRange shown = shown_range(choice, session);
  const std::int64_t half_ns = shown.span_ns() / 2;
  const std::int64_t least_ns = session.first_ns - half_ns;
  const std::int64_t most_ns = std::max(least_ns, session.last_ns - half_ns);
  TimelineChoice result;
  result.span_ns = shown.span_ns();
  result.begin_ns = std::clamp(shown.begin_ns + by_ns, least_ns, most_ns);
  result.follows = false;
  return result;
}

double nice_step(double least) {
  double power = 1;
  while (power * 10 <= least) power *= 10;
  for (const double times : {1.0, 2.0, 5.0}) {
    if (power * times >= least) return power * times;
  }
  return power * 10;
}

double nice_time_step(double least_ns) {
  if (least_ns <= 10 * kSecond_ns) return nice_step(least_ns);
  for (const double seconds : {15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0}) {
    if (seconds * kSecond_ns >= least_ns) return seconds * kSecond_ns;
  }
  return nice_step(least_ns / (3600 * kSecond_ns)) * 3600 * kSecond_ns;
}

std::vector<double> ticks_of(const Axis& axis, double step) {
  std::vector<double> ticks;
  const double first = std::ceil(axis.from / step);
  const double last = std::floor(axis.to / step);
  for (double i = first; i <= last; ++i) ticks.push_back(i * step);
  return ticks;
}

std::string format_time(std::int64_t time_ns, std::int64_t resolution_ns, std::int64_t scale_ns) {
  const auto ns = static_cast<double>(time_ns);
  const auto decimals_in = [resolution_ns](double unit_ns) {
    const double parts = unit_ns / static_cast<double>(std::max<std::int64_t>(resolution_ns, 1));
    return std::max(0, static_cast<int>(std::ceil(std::log10(parts) - 1e-9)));
  };
  if (scale_ns < 1'000'000) return with_decimals(ns / 1e3, std::min(decimals_in(1e3), 3)) + " µs";
  if (scale_ns < 1'000'000'000)
    return with_decimals(ns / 1e6, std::min(decimals_in(1e6), 6)) + " ms";
  const int decimals = std::min(decimals_in(kSecond_ns), 9);
  if (scale_ns < 120 * std::int64_t{1'000'000'000})
    return with_decimals(ns / kSecond_ns, decimals) + " s";
  // Rounded first, so that 59.96 s does not become 0:60.
  const double unit_ns = std::pow(10.0, 9 - decimals);
  const double rounded_ns = std::round(ns / unit_ns) * unit_ns;
  const double minutes = std::floor(rounded_ns / (60 * kSecond_ns));
  std::string seconds =
      with_decimals((rounded_ns - minutes * 60 * kSecond_ns) / kSecond_ns, decimals);
  const std::size_t whole = std::min(seconds.find('.'), seconds.size());
  if (whole < 2) seconds.insert(0, 2 - whole, '0');
  return with_decimals(minutes, 0) + ":" + seconds;
}

std::vector<bool> place_labels(const std::vector<LabelWish>& wishes, float gap) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&wishes](std::size_t i) { return wishes[i].rank; });
  // Placed ones by their left end; a new one must end before the next and begin after the last.
  std::vector<const LabelWish*> placed;
  std::vector<bool> result(wishes.size(), false);
  for (const std::size_t i : order) {
    const LabelWish& wish = wishes[i];
    const auto next = std::ranges::lower_bound(placed, wish.x, {}, &LabelWish::x);
    if (next != placed.end() && wish.x + wish.w + gap > (*next)->x) continue;
    if (next != placed.begin() && (*(next - 1))->x + (*(next - 1))->w + gap > wish.x) continue;
    placed.insert(next, &wish);
    result[i] = true;
  }
  return result;
}

}  // namespace poolscope::layout
