#include "app/layout/timeline_axis.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace poolscope::layout {
namespace {

constexpr double kSecond_ns = 1e9;

TimeRange whole_session(const SessionTimes& session) {
  return {session.first_ns, std::max(session.last_ns, session.first_ns + kShortestSpan_ns)};
}

std::int64_t default_span_ns(const SessionTimes& session) {
  if (!session.live) return whole_session(session).span_ns();
  const auto so_far = static_cast<double>(session.last_ns - session.first_ns);
  for (const std::int64_t span_ns : {kLiveSpan_ns / 3, kLiveSpan_ns / 3 * 2}) {
    if (so_far <= static_cast<double>(span_ns) * (1 - kLead)) return span_ns;
  }
  return kLiveSpan_ns;
}

std::int64_t lead_of(std::int64_t span_ns) {
  return static_cast<std::int64_t>(static_cast<double>(span_ns) * kLead);
}

// A live range: now stands kLead before its right end. While the past is viewed the range stays,
// and gives way only where the playhead would leave it to the left.
TimeRange live_range(std::int64_t span_ns, const SessionTimes& session) {
  const std::int64_t now_ns = std::max(session.last_ns, session.playhead_ns);
  std::int64_t begin_ns = std::max(session.first_ns, now_ns + lead_of(span_ns) - span_ns);
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

// `ns` in units of `unit_ns`, cut off after as many decimals as `resolution_ns` needs.
std::string in_units(std::int64_t ns, std::int64_t unit_ns, std::int64_t resolution_ns) {
  const std::int64_t whole = ns / unit_ns;
  std::string text = std::to_string(whole);
  std::int64_t rest = ns - whole * unit_ns;
  std::string decimals;
  for (std::int64_t digit_ns = unit_ns; digit_ns > resolution_ns && digit_ns > 1;) {
    digit_ns /= 10;
    decimals += static_cast<char>('0' + rest / digit_ns);
    rest %= digit_ns;
  }
  if (!decimals.empty()) text += "." + decimals;
  return text;
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

TimelineChoice held(const TimelineChoice& choice, const SessionTimes& session) {
  if (!session.live || !choice.follows) return choice;
  TimelineChoice result = choice;
  result.begin_ns = shown_range(choice, session).begin_ns;
  result.follows = false;
  return result;
}

TimelineChoice panned(const TimelineChoice& choice, const SessionTimes& session,
                      std::int64_t by_ns) {
  const TimeRange shown = shown_range(choice, session);
  const std::int64_t end_ns = session.last_ns + (session.live ? lead_of(shown.span_ns()) : 0);
  TimelineChoice result;
  result.span_ns = shown.span_ns();
  result.begin_ns = std::clamp(shown.begin_ns + by_ns, session.first_ns,
                               std::max(session.first_ns, end_ns - shown.span_ns()));
  result.follows = false;
  return result;
}

TimelineChoice chosen_stretch(const SessionTimes& session, const TimeRange& stretch) {
  const std::int64_t span_ns = std::max(stretch.span_ns(), kShortestSpan_ns);
  const TimeRange whole = whole_session(session);
  if (!session.live && stretch.begin_ns <= whole.begin_ns && stretch.end_ns >= whole.end_ns) {
    return {};
  }
  TimelineChoice result =
      panned({.span_ns = span_ns, .begin_ns = stretch.begin_ns, .follows = false}, session, 0);
  result.follows =
      session.live
          ? result.begin_ns + span_ns >= session.last_ns
          : TimeRange{result.begin_ns, result.begin_ns + span_ns}.contains(session.playhead_ns);
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

std::vector<double> ticks_of(const Axis& axis, double step, double zero) {
  std::vector<double> ticks;
  const double first = std::ceil((axis.from - zero) / step);
  const double last = std::floor((axis.to - zero) / step);
  for (double i = first; i <= last; ++i) ticks.push_back(zero + i * step);
  return ticks;
}

std::string format_time(std::int64_t time_ns, std::int64_t resolution_ns, std::int64_t scale_ns) {
  constexpr std::int64_t kMicro = 1'000;
  constexpr std::int64_t kMilli = 1'000'000;
  constexpr std::int64_t kOne = 1'000'000'000;
  const std::int64_t ns = std::max<std::int64_t>(time_ns, 0);
  if (scale_ns < kMilli) return in_units(ns, kMicro, resolution_ns) + " µs";
  if (scale_ns < kOne) return in_units(ns, kMilli, resolution_ns) + " ms";
  if (scale_ns < 120 * kOne) return in_units(ns, kOne, resolution_ns) + " s";
  const std::int64_t minutes = ns / (60 * kOne);
  const std::int64_t rest_ns = ns % (60 * kOne);
  const std::string seconds =
      (rest_ns < 10 * kOne ? ":0" : ":") + in_units(rest_ns, kOne, resolution_ns);
  if (scale_ns < 3600 * kOne) return std::to_string(minutes) + seconds;
  const std::int64_t rest = minutes % 60;
  return std::to_string(minutes / 60) + (rest < 10 ? ":0" : ":") + std::to_string(rest) + seconds;
}

std::vector<std::optional<float>> place_labels(const std::vector<LabelWish>& wishes, float gap,
                                               std::span<const RulerSign> signs) {
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&wishes](std::size_t i) { return wishes[i].rank; });
  struct Placed {
    float x = 0;
    float w = 0;
  };
  std::vector<Placed> placed;  // from left to right
  // A new one must end before the next and begin after the one before.
  const auto place = [&](float x, float w) {
    const auto next = std::ranges::lower_bound(placed, x, {}, &Placed::x);
    if (next != placed.end() && x + w + gap > next->x) return false;
    if (next != placed.begin() && (next - 1)->x + (next - 1)->w + gap > x) return false;
    placed.insert(next, {x, w});
    return true;
  };
  const auto over_a_sign = [&](float x, const LabelWish& wish) {
    return wish.rank > 0 && std::ranges::any_of(signs, [&](const RulerSign& sign) {
             const bool own = wish.own_sign && std::abs(*wish.own_sign - sign.x) < 1;
             return !own && x < sign.x + sign.w / 2 && sign.x - sign.w / 2 < x + wish.w;
           });
  };
  std::vector<std::optional<float>> result(wishes.size());
  for (const std::size_t i : order) {
    const LabelWish& wish = wishes[i];
    if (!over_a_sign(wish.x, wish) && place(wish.x, wish.w)) {
      result[i] = wish.x;
    } else if (wish.else_x && !over_a_sign(*wish.else_x, wish) && place(*wish.else_x, wish.w)) {
      result[i] = wish.else_x;
    }
  }
  return result;
}

}  // namespace poolscope::layout
