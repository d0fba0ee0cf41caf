#include "app/control/lane_details.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/control/stretch_store.h"

namespace poolscope {
namespace {

/// So much more than is shown is looked through at each side, so that a drag finds it there.
constexpr std::int64_t kMargins = 2;

/// An index of a long session knows the time of an event only so closely.
constexpr std::uint64_t kSpare = 4'096;

bool has_sums(const Lanes& lanes, const ShownTimes& shown) {
  return std::ranges::any_of(lanes.lanes(), [&](const std::vector<Span>& lane) {
    auto span = std::ranges::upper_bound(lane, shown.begin_ns, {}, &Span::end_ns);
    for (; span != lane.end() && span->begin_ns < shown.end_ns; ++span) {
      if (span->summed()) return true;
    }
    return false;
  });
}

std::uint64_t events_in(const Lanes& lanes, const ShownTimes& stretch) {
  const std::uint64_t first = lanes.index().seq_at(stretch.begin_ns);
  return lanes.index().seq_at(stretch.end_ns) - first;
}

}  // namespace

struct LaneDetails::Scan {
  Scan(ShownTimes of, PastScan::Open open) : stretch(of), past(std::move(open), {lanes}) {}

  ShownTimes stretch;
  std::shared_ptr<Gathered<Lanes>> lanes = std::make_shared<Gathered<Lanes>>();
  PastScan past;  // last: it ends before what it fills
};

void LaneDetails::begin(const ShownTimes& shown, const Lanes& whole, PastScan::Open past) {
  ShownTimes stretch = shown;
  const std::int64_t margin = (shown.end_ns - shown.begin_ns) / kMargins;
  const ShownTimes wide{shown.begin_ns - margin, shown.end_ns + margin};
  if (events_in(whole, wide) <= kMostEvents) stretch = wide;
  // What goes on at the beginning has begun before it.
  const std::uint64_t first = whole.index().seq_at(stretch.begin_ns);
  const std::uint64_t last = whole.index().seq_at(stretch.end_ns);
  scan_ = std::make_shared<Scan>(
      stretch, stretch_of(std::move(past), first - std::min(first, kSpare), last + kSpare));
}

bool LaneDetails::update(const std::optional<ShownTimes>& shown, const Lanes& whole,
                         const std::function<PastScan::Open()>& past) {
  bool more = false;
  if (scan_ != nullptr && scan_->past.done() && scan_->lanes->latest() != lanes_) {
    lanes_ = scan_->lanes->latest();
    stretch_ = scan_->stretch;
    more = true;
  }
  if (!shown) return more;
  if (needed_ != shown) {
    needed_ = shown;
    summed_ = events_in(whole, *shown) <= kMostEvents && has_sums(whole, *shown);
  }
  if (!summed_ || lanes_of(*shown) != nullptr) return more;
  const bool comes = scan_ != nullptr && (scan_->stretch.holds(*shown) || !scan_->past.done());
  if (!comes) begin(*shown, whole, past());
  return more;
}

}  // namespace poolscope
