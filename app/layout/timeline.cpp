#include "app/layout/timeline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope::layout {
namespace {

using theme::FontRole;

// In px at scale 1.
constexpr float kLowestRow = 7;
constexpr float kLowestRowOfLow = 3;
constexpr float kLowPanel = 105;  // a lower one has no heading
constexpr float kHighestRow = 30;
constexpr float kMapHeight = 1.1F;    // of the smallest letters
constexpr float kMapGap = 3;          // under it
constexpr float kLongestName = 4.6F;  // ems of the mono font: "P255" and a gap
constexpr float kSwitchWidth = 5;     // ems: "by time" and its margins

double begin_of(const Span& span, AxisKind kind) {
  return axis_value(kind, span.begin_ns, span.begin_seq);
}
double end_of(const Span& span, AxisKind kind, double now) {
  return span.open() ? now : axis_value(kind, span.end_ns, span.end_seq);
}

// The first span that ends after `value`.
std::size_t first_after(std::span<const Span> lane, AxisKind kind, double value, double now) {
  const auto it = std::ranges::upper_bound(
      lane, value, {}, [kind, now](const Span& span) { return end_of(span, kind, now); });
  return static_cast<std::size_t>(it - lane.begin());
}

// Spans that share a bar, summed by the px that each kind takes.
class Pile {
 public:
  [[nodiscard]] bool empty() const { return spans_ == 0; }
  [[nodiscard]] float x0() const { return x0_; }
  [[nodiscard]] float x1() const { return x1_; }

  void add(const Span& span, float x0, float x1) {
    if (empty()) x0_ = x0;
    x1_ = x1;
    ++spans_;
    single_ = &span;
    const float w = x1 - x0;
    const std::int64_t length_ns = span.end_ns - span.begin_ns;
    float busy = span.kind == Span::Kind::kUser ? 0.0F : w;
    if (span.summed() && length_ns > 0) {
      busy = w *
             static_cast<float>(static_cast<double>(span.busy_ns) / static_cast<double>(length_ns));
    }
    busy_ += busy;
    by_kind_[static_cast<std::size_t>(span.kind)] += std::max(busy, 1e-3F * w);
  }

  [[nodiscard]] Bar bar(float narrowest_px) const {
    Bar result;
    result.x0 = x0_;
    result.x1 = std::max(x1_, x0_ + narrowest_px);
    std::size_t most = 0;
    for (std::size_t i = 1; i < by_kind_.size(); ++i) {
      const bool more = by_kind_[i] > by_kind_[most];
      if (by_kind_[i] > 0 && (most == 0 || more)) most = i;  // user code only where nothing else is
    }
    result.kind = static_cast<Span::Kind>(most);
    result.busy = x1_ > x0_ ? std::min(1.0F, busy_ / (x1_ - x0_)) : (most == 0 ? 0.0F : 1.0F);
    result.single = spans_ == 1 && !single_->summed() ? single_ : nullptr;
    return result;
  }

 private:
  float x0_ = 0;
  float x1_ = 0;
  float busy_ = 0;
  std::array<float, 8> by_kind_{};
  std::size_t spans_ = 0;
  const Span* single_ = nullptr;
};

// Whether the panel has no room for a heading, and needs none: all lanes have a row.
bool is_low(const Rect& panel, std::size_t lanes, const theme::Sizes& sizes,
            const theme::FontSpecs& fonts) {
  const float rows_h =
      panel.h - sizes.panel_inset - std::round(spec_of(fonts, FontRole::kMicro).size_px * 1.5F);
  return panel.h < kLowPanel * sizes.scale &&
         static_cast<float>(lanes) * std::max(1.0F, kLowestRowOfLow * sizes.scale) <= rows_h;
}

}  // namespace

std::vector<std::size_t> rows_of(std::span<const std::vector<Span>> lanes, std::size_t procs,
                                 const TimeRange& shown) {
  std::vector<std::size_t> rows;
  const auto begin = static_cast<double>(shown.begin_ns);
  const auto end = static_cast<double>(shown.end_ns);
  for (std::size_t p = 0; p < std::max(lanes.size(), procs); ++p) {
    bool has_row = p < procs;
    if (!has_row) {
      const std::size_t i = first_after(lanes[p], AxisKind::kTime, begin, end);
      has_row = i < lanes[p].size() && lanes[p][i].begin_ns < shown.end_ns;
    }
    if (has_row) rows.push_back(p);
  }
  return rows;
}

bool is_gone(std::span<const Span> lane, std::int64_t playhead_ns) {
  return !lane.empty() && lane.front().begin_ns < playhead_ns;
}

TimelineLayout timeline_layout(const Rect& panel, std::size_t lanes, std::size_t focus,
                               const theme::Sizes& sizes, const theme::FontSpecs& fonts,
                               bool clicked, float longest_name_px) {
  const auto em = [&fonts](FontRole role) { return spec_of(fonts, role).size_px; };
  TimelineLayout at;
  const bool low = is_low(panel, lanes, sizes, fonts);
  Rect rest = panel.inset(sizes.panel_inset, sizes.panel_inset * (low ? 0.5F : 0.75F));
  if (low && clicked) {
    at.switches = rest.cut_right(std::round(em(FontRole::kMicro) * kSwitchWidth));
    rest.cut_right(sizes.gap);
  }
  if (!low) {
    at.heading = rest.cut_top(std::round(em(FontRole::kBodyStrong) * 1.35F));
    at.switches = at.heading;
  }
  const float names_w =
      std::round(std::max(em(FontRole::kMonoMicro) * 0.6F * kLongestName, longest_name_px));
  const float ruler_h = std::round(em(FontRole::kMicro) * 1.5F);
  const float gap_h = std::round(kMapGap * sizes.scale);
  const float map_h = std::round(em(FontRole::kMicro) * kMapHeight) + gap_h;
  const float lowest = std::max(1.0F, (low ? kLowestRowOfLow : kLowestRow) * sizes.scale);
  const float all_h = lowest * static_cast<float>(std::max<std::size_t>(lanes, 1));
  const float rows_h = rest.h - ruler_h;
  // For the map no P loses its row.
  const bool takes_no_row = all_h <= rows_h - map_h || all_h > rows_h;
  if (!low && clicked && takes_no_row && rows_h - map_h >= 2 * lowest) {
    at.map = rest.cut_top(map_h);
    at.map.cut_left(names_w);
    at.map.cut_bottom(gap_h);
  }
  Rect ruler = rest.cut_top(ruler_h);
  ruler.cut_left(names_w);
  at.ruler = ruler;
  at.names = rest.cut_left(names_w);
  at.plot = rest;
  lanes = std::max<std::size_t>(lanes, 1);
  focus = std::min(focus, lanes - 1);

  const auto fit = static_cast<std::size_t>(std::max(1.0F, std::floor(at.plot.h / lowest)));
  if (lanes <= fit) {
    at.count = lanes;
  } else {
    const float roomy = std::max(lowest, sizes.timeline_row_h);
    at.count = static_cast<std::size_t>(std::max(1.0F, std::floor(at.plot.h / roomy)));
    at.first = focus / at.count * at.count;
    at.count = std::min(at.count, lanes - at.first);
  }
  at.row_h = std::min(at.plot.h / static_cast<float>(at.count), kHighestRow * sizes.scale);
  at.bar_h = std::max(2.0F, std::round(at.row_h * 0.78F));
  at.thin_h = std::max(1.0F, std::round(std::min(at.bar_h * 0.3F, 3 * sizes.scale)));
  at.name_every = static_cast<std::size_t>(
      std::max(1.0F, std::ceil(em(FontRole::kMonoMicro) * 1.1F / std::max(at.row_h, 1.0F))));
  return at;
}

Axis timeline_axis(AxisKind kind, const TimeRange& range, const TimeIndex& index,
                   std::int64_t last_ns, const Rect& plot) {
  Axis axis;
  axis.left_px = plot.x;
  axis.right_px = std::max(plot.right(), plot.x + 1);
  if (kind == AxisKind::kTime) {
    axis.from = static_cast<double>(range.begin_ns);
    axis.to = static_cast<double>(range.end_ns);
    return axis;
  }
  axis.from = static_cast<double>(index.seq_at(range.begin_ns));
  axis.to = static_cast<double>(index.seq_at(range.end_ns));
  if (range.end_ns > last_ns && last_ns > range.begin_ns) {
    axis.to = axis.from + (axis.to - axis.from) * static_cast<double>(range.span_ns()) /
                              static_cast<double>(last_ns - range.begin_ns);
  }
  axis.to = std::max(axis.to, axis.from + 1);
  return axis;
}

const Span& last_of_operation(std::span<const std::vector<Span>> lanes, const Span& span) {
  const Span* last = &span;
  if (span.op_seq == 0) return *last;
  for (const std::vector<Span>& lane : lanes) {
    auto next = std::ranges::lower_bound(lane, span.begin_seq, {}, &Span::begin_seq);
    // As far as its goroutine has not begun another one.
    for (; next != lane.end() && (next->g != span.g || next->op_seq == span.op_seq); ++next) {
      const bool same = next->g == span.g && next->op_seq == span.op_seq;
      if (same && next->begin_seq > last->begin_seq) last = &*next;
    }
  }
  return *last;
}

std::vector<Bar> bars_of(std::span<const Span> lane, AxisKind kind, const Axis& axis, double now,
                         float narrowest_px) {
  std::vector<Bar> bars;
  Pile pile;
  const auto flush = [&] {
    if (!pile.empty()) bars.push_back(pile.bar(narrowest_px));
    pile = Pile();
  };
  for (std::size_t i = first_after(lane, kind, axis.from, now); i < lane.size(); ++i) {
    const double begin = begin_of(lane[i], kind);
    if (begin >= axis.to) break;
    const float x0 = std::max(axis.left_px, axis.x_of(begin));
    const float x1 = std::min(axis.right_px, axis.x_of(end_of(lane[i], kind, now)));
    // A pile ends where it is as wide as a bar must be, and before a span that can stand alone.
    const bool full = !pile.empty() && std::max(pile.x1(), x0) - pile.x0() >= narrowest_px;
    if (full || x1 - x0 >= narrowest_px) flush();
    // The bar before may reach into this span, having been made wide enough to be seen.
    const float last = bars.empty() ? axis.left_px : bars.back().x1;
    pile.add(lane[i], std::max(x0, last), std::max(x1, last));
  }
  flush();
  return bars;
}

const Span* span_at(std::span<const Span> lane, AxisKind kind, double value, double now) {
  const std::size_t i = first_after(lane, kind, value, now);
  if (i >= lane.size() || begin_of(lane[i], kind) > value) return nullptr;
  return &lane[i];
}

std::vector<PlacedMark> marks_of(std::span<const Mark> marks, AxisKind kind, const Axis& axis,
                                 const TimeIndex& index, double now, float closest_px) {
  const auto x_at = [&](std::int64_t time_ns, float least) {
    if (time_ns <= 0) return std::max(least, axis.x_of(now));  // not yet
    return std::max(
        least, axis.x_of(kind == AxisKind::kTime ? static_cast<double>(time_ns)
                                                 : static_cast<double>(index.seq_at(time_ns))));
  };
  std::array<std::uint64_t, 2> numbers{};
  std::vector<PlacedMark> placed;
  for (const Mark& mark : marks) {
    PlacedMark next;
    next.number = numbers[static_cast<std::size_t>(mark.kind)] += mark.count;
    next.x = axis.x_of(axis_value(kind, mark.time_ns, mark.seq));
    next.stopped_x = x_at(mark.stopped_ns, next.x);
    next.started_x = x_at(mark.started_ns, next.stopped_x);
    next.mark = mark;
    if (next.started_x < axis.left_px || next.x > axis.right_px) continue;
    if (!placed.empty() && placed.back().mark.kind == mark.kind &&
        next.x - placed.back().x < closest_px) {
      next.mark.count += placed.back().mark.count;
      next.mark.dropped += placed.back().mark.dropped;
      next.mark.procs_before = placed.back().mark.procs_before;
      next.x = placed.back().x;
      next.stopped_x = placed.back().stopped_x;
      placed.back() = next;
    } else {
      placed.push_back(next);
    }
  }
  return placed;
}

}  // namespace poolscope::layout
