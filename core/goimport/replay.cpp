#include "core/goimport/replay.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/goimport/log_merge.h"

namespace poolscope::goimport {

Replay::Replay(LogFile& log, const Survey& found, ImportEvents& events, ImportSummary& summary)
    : log_(log),
      found_(found),
      events_(events),
      summary_(summary),
      mirror_(found.pools.size()),
      gs_(found.goroutines.size()),
      procs_(log.header().procs) {
  for (RecordStream& stream : log.streams()) {
    while (ps_.size() <= stream.p()) {
      const PId p{static_cast<std::uint16_t>(ps_.size())};
      ps_.emplace_back().p = p;
    }
    ps_[stream.p()].stream = &stream;
  }
}

Expected<void> Replay::run(const std::function<bool()>& goes_on) {
  constexpr std::uint64_t kAskEach = 1U << 14U;  // records
  for (LogMerge merge(log_.streams()); merge.stream() != nullptr; merge.advance()) {
    const Record& record = *merge.stream()->next();
    events_.set_time(log_.to_ns(record.time));
    take(ps_[merge.stream()->p()], record);
    if (!error_.empty()) return bad_input(error_);
    if (goes_on && record_ % kAskEach == 0 && !goes_on()) return failed("the import was given up");
    ++record_;
  }
  return {};
}

void Replay::take(OnP& on, const Record& record) {
  const Kind kind = record.kind();
  if (is_use(kind)) {
    if (on.p.value >= procs_) change_procs(coming_procs(on.p.value + std::uint32_t{1}));
    if (announced_ != 0) publish_where_used(on, record);
    take_about_place(on, record);
    const GId g = goroutine(record);
    if (record_ == found_.goroutines[g.value].last_record) leave_if_last(on, g);
    return;
  }
  if (kind >= Kind::kCleanup && kind <= Kind::kCleanupEnd) return take_cleanup(record);
  if (kind == Kind::kProcs && record.extra != procs_) change_procs(record.extra);
}

void Replay::take_about_place(OnP& on, const Record& record) {
  switch (record.kind()) {
    case Kind::kCalled: return call(on, record);
    case Kind::kReturned: return return_from(on, record);
    case Kind::kMadeNew: return made_new(on, record);
    case Kind::kRaceDrop: return drop_by_dice(on, record);
    case Kind::kArray: return announce_array(on, record);
    case Kind::kDequeueMade: return make_dequeue(on, record);
    case Kind::kDequeueUnlinked: return unlink_dequeue(on, record);
    default: return take_final(on, record);
  }
}

GId Replay::goroutine(const Record& record) const {
  const std::uint32_t* number = found_.goroutine_numbers.find(std::uint64_t{record.g} + 1);
  return number == nullptr ? GId() : GId{*number};
}

PoolId Replay::pool_at(std::uint64_t address) const {
  const std::uint16_t* number = found_.pool_numbers.find(address);
  return number == nullptr ? PoolId() : PoolId{*number};
}

Event& Replay::add(EventKind kind, const OnP& on, GId g) { return events_.add(kind, g, on.p); }

Event& Replay::add_at(EventKind kind, const OnP& on, GId g, ArrayId array, std::size_t index) {
  Event& event = add(kind, on, g);
  event.array = array;
  event.index = static_cast<std::uint16_t>(index);
  return event;
}

void Replay::fail(const Record& record, const std::string& what) {
  if (error_.empty()) {
    error_ = fmt::format("the log is damaged: record {} of P{}: {}; record the program again",
                         record_, record.p(), what);
  }
}

void Replay::run_on(OnP& on, GId g) {
  if (on.runs == g) return;
  if (on.runs.valid()) park(on, ParkReason::kPreempt);
  if (const PId before = gs_[g.value].p; before.valid()) {
    park(ps_[before.value], ParkReason::kPreempt);
  }
  add(EventKind::kGoRun, on, g);
  on.runs = g;
  gs_[g.value].p = on.p;
}

void Replay::park(OnP& on, ParkReason why) {
  add(EventKind::kGoPark, on, on.runs).detail = static_cast<std::uint8_t>(why);
  gs_[on.runs.value].p = PId::none();
  on.runs = GId::none();
}

/// Nothing will be heard of the goroutine again.
void Replay::leave_if_last(OnP& on, GId g) {
  if (gs_[g.value].in_new || open_call(g) != nullptr ||
      (on.op.stage != Stage::kNone && on.op.g == g))
    return;
  if (const PId p = gs_[g.value].p; p.valid()) park(ps_[p.value], ParkReason::kPreempt);
  add(EventKind::kGoExit, on, g);
}

void Replay::stop_world(StopCause cause, std::uint32_t procs) {
  for (OnP& on : ps_) {
    if (on.runs.valid()) park(on, ParkReason::kStop);
  }
  Event& request = events_.add(EventKind::kStopRequested, {}, {});
  request.detail = static_cast<std::uint8_t>(cause);
  if (cause == StopCause::kResize) request.object = ObjectId{procs};
  events_.add(EventKind::kWorldStopped, {}, {});
}

void Replay::start_world(StopCause cause) {
  events_.add(EventKind::kWorldStarted, {}, {}).detail = static_cast<std::uint8_t>(cause);
}

void Replay::change_procs(std::uint32_t procs) {
  if (procs == procs_ || procs == 0) return;
  stop_world(StopCause::kResize, procs);
  events_.add(EventKind::kProcsChanged, {}, {}).object = ObjectId{procs};
  start_world(StopCause::kResize);
  procs_ = procs;
}

/// The GOMAXPROCS that some P is about to record, at least `least`.
std::uint32_t Replay::coming_procs(std::uint32_t least) const {
  constexpr std::size_t kAhead = 64;
  for (const OnP& on : ps_) {
    for (std::size_t i = 0; on.stream != nullptr && i < kAhead; ++i) {
      const Record* record = on.stream->peek(i);
      if (record == nullptr) break;
      if (record->kind() == Kind::kProcs && record->extra >= least) return record->extra;
    }
  }
  return least;
}

}  // namespace poolscope::goimport
