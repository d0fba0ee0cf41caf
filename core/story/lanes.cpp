#include "core/story/lanes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/trace/event_table.h"

namespace poolscope {
namespace {

using SpanKind = Span::Kind;

// Spans that an operation may leave behind before it ends. More come about only when it is moved
// from P to P again and again; the oldest of those keep the kind "under way".
constexpr std::size_t kPiecesKept = 64;

constexpr std::uint16_t bit_of(SpanKind kind) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
}

SpanKind kind_of_outcome(const Operation& op) {
  if (op.kind == Operation::Kind::kPut) return SpanKind::kPut;
  switch (op.where) {
    case Where::kPrivate:
    case Where::kShared:
    case Where::kVictimPrivate: return SpanKind::kHit;
    case Where::kSteal:
    case Where::kOrphanSteal:
    case Where::kVictimSteal: return SpanKind::kSteal;
    case Where::kNew: return SpanKind::kNew;
    case Where::kNil: return SpanKind::kNil;
    case Where::kNone:
    case Where::kOrphan:
    case Where::kDropped: break;
  }
  return SpanKind::kGet;
}

// What `gs` does as far as a lane shows it; nothing when it is asleep or gone.
std::optional<SpanKind> activity_of(const GState& gs) {
  if (gs.status == GState::Status::kAbsent) return std::nullopt;
  if (gs.op.kind != Operation::Kind::kNone) {
    if (gs.waits_for_lock) return SpanKind::kLockWait;
    return gs.op.kind == Operation::Kind::kPut ? SpanKind::kPut : SpanKind::kGet;
  }
  if (gs.status == GState::Status::kRunning) return SpanKind::kUser;
  const bool stands = gs.status == GState::Status::kParked && gs.park_reason == ParkReason::kStep;
  return stands ? std::optional(SpanKind::kUser) : std::nullopt;
}

}  // namespace

std::size_t Lanes::limit_of(std::size_t lanes) {
  return std::min(kSpansKept, kSpansKeptInAll / std::max<std::size_t>(lanes, 1));
}

void Lanes::add(const Event& event, const Model& model) {
  end_ns_ = event.time_ns;
  end_seq_ = event.seq;
  index_.add(event.seq, event.time_ns);
  if (event.g.valid() && info_of(event.kind).changes_lane) {
    update_goroutine(event, model);
  }
  update_marks(event, model);
}

void Lanes::make_levels() {
  levels_.clear();
  for (const std::vector<Span>& lane : lanes_) levels_.emplace_back(lane);
}

std::span<const Span> Lanes::drawn_by_time(std::size_t p, double longest_ns) const {
  const auto level = p < levels_.size() ? levels_[p].by_time(longest_ns) : std::span<const Span>();
  return level.empty() ? std::span<const Span>(lanes_[p]) : level;
}

std::span<const Span> Lanes::drawn_by_step(std::size_t p, double most_events) const {
  const auto level = p < levels_.size() ? levels_[p].by_step(most_events) : std::span<const Span>();
  return level.empty() ? std::span<const Span>(lanes_[p]) : level;
}

void Lanes::begin_part(const Model& first) {
  for (std::size_t p = 0; p < states_.size(); ++p) {
    if (states_[p].now.g.valid())
      close_span(PId{static_cast<std::uint16_t>(p)}, {end_seq_, end_ns_});
  }
  states_.assign(states_.size(), {});
  goroutines_.clear();
  end_ns_ = first.time_ns;
  end_seq_ = first.seq;
  index_.add(first.seq, first.time_ns);
}

void Lanes::update_goroutine(const Event& event, const Model& model) {
  static const GState kForgotten;
  const GState* known = model.gs.find(event.g);
  const GState& gs = known != nullptr ? *known : kForgotten;
  const std::size_t wanted = std::max<std::size_t>(
      model.ps.size(), gs.p.valid() ? gs.p.value + std::size_t{1} : std::size_t{0});
  if (lanes_.size() < wanted) {
    lanes_.resize(wanted);
    states_.resize(wanted);
  }
  Goroutine& g = goroutines_[event.g];
  if (event.kind == EventKind::kPutEnd || event.kind == EventKind::kGetEnd) {
    end_operation(event, model);
  }
  if (event.kind == EventKind::kPutBegin || event.kind == EventKind::kGetBegin) {
    g.op_seq = event.seq;
  }
  if (gs.status == GState::Status::kRunning && gs.p.valid()) states_[gs.p.value].last = event.g;
  const PId before = g.lane;
  g.lane = gs.p;
  if (before.valid() && before != gs.p) update_lane(before, event, model);
  if (gs.p.valid()) update_lane(gs.p, event, model);
  if (known == nullptr) goroutines_.erase(event.g);
}

void Lanes::update_lane(PId p, const Event& event, const Model& model) {
  const Activity next = activity_on(p, model);
  Activity& now = states_[p.value].now;
  if (next == now) return;
  if (now.g.valid()) close_span(p, {event.seq, event.time_ns});
  now = next;
  if (now.g.valid()) open_span(p, now, event, model);
}

Lanes::Activity Lanes::activity_on(PId p, const Model& model) const {
  GId g = p.value < model.ps.size() ? model.ps[p.value].g : GId::none();
  if (!g.valid()) g = states_[p.value].last;
  const GState* gs = model.gs.find(g);
  const auto known = goroutines_.find(g);
  if (gs == nullptr || known == goroutines_.end() || gs->p != p) return {};
  const std::optional<SpanKind> kind = activity_of(*gs);
  if (!kind) return {};
  return {g, *kind, known->second.op_seq};
}

void Lanes::open_span(PId p, const Activity& activity, const Event& event, const Model& model) {
  Span span;
  span.begin_ns = event.time_ns;
  span.begin_seq = event.seq;
  span.g = activity.g;
  span.op_seq = activity.kind == SpanKind::kUser ? 0 : activity.op_seq;
  span.kind = activity.kind;
  span.kinds = bit_of(activity.kind);
  if (activity.kind == SpanKind::kPut) span.object = model.gs.find(activity.g)->op.object;
  lanes_[p.value].push_back(span);
  if (activity.kind != SpanKind::kGet) return;
  std::vector<Piece>& pieces = goroutines_[activity.g].pieces;
  if (pieces.size() == kPiecesKept) pieces.erase(pieces.begin());
  pieces.push_back({p.value, event.seq});
}

void Lanes::close_span(PId p, Position end) {
  std::vector<Span>& lane = lanes_[p.value];
  Span& span = lane.back();
  span.end_ns = end.time_ns;
  span.end_seq = end.seq;
  span.kind_ns = span.end_ns - span.begin_ns;
  if (span.kind == SpanKind::kUser) {
    if (span.kind_ns == 0) lane.pop_back();
  } else {
    span.busy_ns = span.kind_ns;
  }
  if (lane.size() >= limit_of(lanes_.size())) compact(lane);
}

void Lanes::end_operation(const Event& event, const Model& model) {
  static const Operation kUnknown;
  const GState* gs = model.gs.find(event.g);
  const Operation& op = gs != nullptr ? gs->last_op : kUnknown;
  Goroutine& g = goroutines_[event.g];
  const SpanKind kind = event.kind == EventKind::kPutEnd ? SpanKind::kPut : kind_of_outcome(op);
  for (const Piece& piece : g.pieces) {
    std::vector<Span>& lane = lanes_[piece.lane];
    const auto it = std::ranges::lower_bound(lane, piece.begin_seq, {}, &Span::begin_seq);
    if (it == lane.end() || it->begin_seq != piece.begin_seq || it->summed()) continue;
    it->kind = kind;
    it->kinds = bit_of(kind);
    it->object = event.object;
  }
  g.pieces.clear();
  g.op_seq = 0;
}

// Merges neighbours in all but the newest quarter, greedily, up to a length that leaves at most
// half of the limit: of two spans that stay apart, begin to end is longer than it.
void Lanes::compact(std::vector<Span>& lane) const {
  const std::size_t limit = limit_of(lanes_.size());
  const std::size_t older = lane.size() - lane.size() / 4;
  const std::int64_t extent = lane[older - 1].end_ns - lane.front().begin_ns;
  const std::int64_t longest =
      4 * extent / static_cast<std::int64_t>(std::max<std::size_t>(limit, 1));
  std::size_t kept = 0;
  for (std::size_t i = 1; i < older; ++i) {
    if (lane[i].end_ns - lane[kept].begin_ns <= longest) {
      lane[kept] = merged(lane[kept], lane[i]);
    } else {
      lane[++kept] = lane[i];
    }
  }
  lane.erase(lane.begin() + static_cast<std::ptrdiff_t>(kept + 1),
             lane.begin() + static_cast<std::ptrdiff_t>(older));
}

void Lanes::update_marks(const Event& event, const Model& model) {
  const StopState& stop = model.stop;
  if (event.kind == EventKind::kStopRequested) {
    if (event.stop_cause() == StopCause::kCheck) return;
    const bool gc = event.stop_cause() == StopCause::kGc;
    Mark mark{.kind = gc ? Mark::Kind::kGc : Mark::Kind::kResize,
              .time_ns = event.time_ns,
              .seq = event.seq,
              .procs_before = model.procs,
              .procs = gc ? model.procs : event.number()};
    marks_.push_back(mark);
    if (marks_.size() > kMarksKept) thin_marks();
    return;
  }
  if (event.kind != EventKind::kWorldStopped && event.kind != EventKind::kWorldStarted) return;
  if (stop.cause == StopCause::kCheck || marks_.empty()) return;
  Mark& mark = marks_.back();
  if (event.kind == EventKind::kWorldStopped) {
    mark.stopped_ns = event.time_ns;
    return;
  }
  mark.started_ns = event.time_ns;
  mark.procs = model.procs;
  mark.dropped += stop.cause == StopCause::kGc ? stop.dropped : 0;
}

// Joins each second mark of the older half to the one of its kind before it.
void Lanes::thin_marks() {
  const std::size_t older = marks_.size() / 2;
  std::vector<Mark> kept;
  kept.reserve(marks_.size());
  std::array<std::optional<std::size_t>, 2> partner;  // by kind: kept, and not joined to yet
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const Mark& mark = marks_[i];
    std::optional<std::size_t>& place = partner[static_cast<std::size_t>(mark.kind)];
    if (i >= older || !place) {
      place = kept.size();
      kept.push_back(mark);
      continue;
    }
    Mark& sum = kept[*place];
    sum.started_ns = mark.started_ns;
    sum.procs = mark.procs;
    sum.dropped += mark.dropped;
    sum.count += mark.count;
    place.reset();
  }
  marks_ = std::move(kept);
}

}  // namespace poolscope
