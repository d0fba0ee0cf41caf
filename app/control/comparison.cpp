#include "app/control/comparison.h"

#include <utility>

namespace poolscope {
namespace {

// What the first event of a call of a script comes after the rest before it.
constexpr std::int64_t kBeforeCall_ns = 1'000'000;
// A recording ends with its last event; what that has moved comes to rest after it.
constexpr std::int64_t kLastRest_ns = 800'000'000;
// A session that is no longer than that is one moment.
constexpr std::int64_t kLeast_ns = 1;

/// The same operation on the same P and pool; of a Put its object may be another.
bool same_operation(const SeenCall& a, const SeenCall& b) {
  Call without = a.call;
  without.of = b.call.of;
  return without == b.call;
}

/// Whether both have called the same, all of which is known.
bool same_calls(const ComparedCalls& a, const ComparedCalls& b) {
  return !a.calls.empty() && !a.more && !b.more &&
         std::ranges::equal(a.calls, b.calls, &same_operation);
}

/// What a side goes through with call k: from the rest before it to the rest after it.
CommonStretch::Part part_of_call(const ComparedCalls& side, std::size_t k, std::int64_t begin_ns) {
  const SeenCall& call = side.calls[k];
  CommonStretch::Part part{.begin_ns = begin_ns};
  if (k + 1 == side.calls.size()) {
    part.end_ns = std::max(side.last.time_ns, call.end.time_ns + kLastRest_ns);
    part.last_seq = side.last.seq;
  } else {
    const SeenCall& next = side.calls[k + 1];
    part.end_ns = std::max(call.end.time_ns, next.begin.time_ns - kBeforeCall_ns);
    part.last_seq = std::max(call.end.seq, next.begin.seq - 1);
  }
  part.end_ns = std::max(part.end_ns, part.begin_ns);
  return part;
}

void add_stretch(Comparison& comparison, CommonStretch stretch) {
  stretch.begin_ns = comparison.stretches.empty() ? 0 : comparison.length_ns();
  const std::int64_t length_ns =
      std::max({stretch.parts[0].length_ns(), stretch.parts[1].length_ns(), kLeast_ns});
  stretch.end_ns = stretch.begin_ns + length_ns;
  comparison.stretches.push_back(stretch);
}

}  // namespace

Comparison compare(ComparedCalls a, ComparedCalls b) {
  Comparison comparison{.sides = {std::move(a), std::move(b)}, .stretches = {}};
  const auto& sides = comparison.sides;
  comparison.by_operation = same_calls(sides[0], sides[1]);
  if (!comparison.by_operation) {
    CommonStretch whole;
    for (std::size_t side = 0; side < kSides; ++side) {
      const ComparedCalls& of = sides[side];
      whole.parts[side] = {of.first.time_ns, of.last.time_ns, of.last.seq};
    }
    add_stretch(comparison, whole);
    return comparison;
  }
  std::array<std::int64_t, kSides> begin_ns = {sides[0].first.time_ns, sides[1].first.time_ns};
  for (std::size_t k = 0; k < sides[0].calls.size(); ++k) {
    CommonStretch stretch;
    for (std::size_t side = 0; side < kSides; ++side) {
      stretch.parts[side] = part_of_call(sides[side], k, begin_ns[side]);
      begin_ns[side] = stretch.parts[side].end_ns;
    }
    add_stretch(comparison, stretch);
  }
  return comparison;
}

std::size_t Comparison::stretch_at(std::int64_t time_ns) const {
  const auto it = std::ranges::lower_bound(stretches, time_ns, {}, &CommonStretch::end_ns);
  return std::min(static_cast<std::size_t>(it - stretches.begin()), stretches.size() - 1);
}

Position Comparison::on(std::size_t side, std::int64_t time_ns) const {
  if (time_ns <= 0) return sides[side].first;
  const CommonStretch& stretch = stretches[stretch_at(time_ns)];
  const CommonStretch::Part& part = stretch.parts[side];
  return {part.last_seq, std::min(part.begin_ns + (time_ns - stretch.begin_ns), part.end_ns)};
}

std::int64_t Comparison::time_of(std::size_t side, std::int64_t own_ns) const {
  const auto it = std::ranges::lower_bound(
      stretches, own_ns, {}, [side](const CommonStretch& s) { return s.parts[side].end_ns; });
  if (it == stretches.end()) return length_ns();
  const std::int64_t into_ns = own_ns - it->parts[side].begin_ns;
  return std::clamp(it->begin_ns + into_ns, it->begin_ns, it->end_ns);
}

}  // namespace poolscope
